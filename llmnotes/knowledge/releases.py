"""Names that denote the same model: dated releases, and repackaged weights."""

from __future__ import annotations

import re
import sqlite3
from datetime import date

from llmnotes.pattern import late

_DAY = late(r"[-_@ ](?P<year>20\d\d)-?(?P<month>0[1-9]|1[0-2])-?(?P<day>0[1-9]|[12]\d|3[01])$")
_DAYS_APART = 31
"""Tolerance in days: publishers date a model's id by its last training run or its release."""

_PACKING = (
    r"awq|gptq|gguf|mlx|bnb|autoround|onnx|exl[23]?|quantized|(?:nv|mx)?fp\d+|bf16|int\d+|nf4|\d+-?bits?"
    r"|w\d+a\d+|i?q\d+(?:_[a-z\d]+)*"
)
_MARK = late(rf"(?:^|[-_.\s:@])(?:{_PACKING})(?=$|[-_.\s])", re.IGNORECASE)
"""Words in a name by which the same weights in another form are marked."""
_ALSO_SAID = late(
    rf"(?:[-_.\s]+(?:{_PACKING}|dynamic|static|block|mixed|group|asym|sym|hf|ct|ov|g\d+|lm-?head))*$",
    re.IGNORECASE,
)
"""Words after such a mark that only describe the packaging."""


def is_repacked(name: str) -> bool:
    """Whether a name marks packed weights, or a file of another format, of a model."""
    return _MARK.search(_own(name)) is not None


def without_packing(name: str) -> str:
    """A name up to the first word that marks packed weights, its publisher kept; empty without one."""
    own = _own(name)
    mark = _MARK.search(own)
    if mark is None or not mark.start():
        return ""
    return name[: len(name) - len(own)] + own[: mark.start()]


def is_only_repacked(name: str) -> bool:
    """Whether the words after that mark only describe the packaging."""
    own = _own(name)
    mark = _MARK.search(own)
    return mark is not None and _ALSO_SAID.match(own, mark.end()) is not None


def _own(name: str) -> str:
    """The repository's own name, without its publisher."""
    return name.rpartition("/")[2]


def dated(name: str) -> tuple[str, date] | None:
    """A name without its final date, and that date; None where it ends in none."""
    match = _DAY.search(name)
    if match is None:
        return None
    try:
        return name[: match.start()], date(*(int(match[part]) for part in ("year", "month", "day")))
    except ValueError:
        return None


def released_then(connection: sqlite3.Connection, model: str, day: date) -> bool:
    """Whether a day lies within a month of a model's release."""
    row = connection.execute("SELECT release_date FROM models WHERE id = ?", (model,)).fetchone()
    text = str(row[0]) if row and row[0] else ""
    if len(text) == len("2025-09-29"):
        return abs((date.fromisoformat(text) - day).days) <= _DAYS_APART
    return len(text) == len("2025-09") and text == day.isoformat()[:7]
