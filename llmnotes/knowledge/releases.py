"""Names of what is the same model again: its release of a day, and its weights in another form."""

from __future__ import annotations

import re
import sqlite3
from datetime import date

from llmnotes.pattern import late

_DAY = late(r"[-_@ ](?P<year>20\d\d)-?(?P<month>0[1-9]|1[0-2])-?(?P<day>0[1-9]|[12]\d|3[01])$")
_DAYS_APART = 31
"""Publishers date a model's id by its last training run or its release."""

_REPACKED = frozenset(
    {"awq", "gptq", "gguf", "mlx", "fp", "nvfp", "mxfp", "int", "nf", "bit", "bnb", "autoround", "onnx",
     "exl", "quantized"}
)  # fmt: skip
"""Words in a name by which the same weights in another form are marked."""
_WORD = late(r"[A-Za-z]+")


def is_repacked(name: str) -> bool:
    """Whether a name marks packed weights, or a file of another format, of a model."""
    own = name.rpartition("/")[2].lower()
    return not _REPACKED.isdisjoint(_WORD.findall(own))


def without_packing(name: str) -> str:
    """A repository's own name up to the first word that marks packed weights; empty without one."""
    own = name.rpartition("/")[2]
    for match in _WORD.finditer(own):
        if match[0].lower() in _REPACKED:
            return re.sub(r"[-_.\s]*\d*[-_.\s]*$", "", own[: match.start()])
    return ""


def dated(name: str) -> tuple[str, date] | None:
    """A name without the day at its end, and that day; None where it ends in none."""
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
