"""Names with more in them than the base's, which may mean another form or any of several models.

A value is true of such a name where it is true of one of the models, and never false.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping

from llmnotes.factcheck.layout.joined_names import joined_names
from llmnotes.factcheck.layout.name_forms import (
    goes_on_with_size,
    is_hub_id,
    is_size,
    range_of,
    turned,
    versioned,
    without_form,
)
from llmnotes.factcheck.layout.name_rewritings import longer_names, rewritten
from llmnotes.pattern import late
from llmnotes.quantities.sizes import find_sizes
from llmnotes.spelling import is_slip
from llmnotes.vocabulary import fold

Search = Callable[[str], tuple[str, ...]]
"""The models of a name by itself; empty without one."""

_BEHIND = late(
    r"(?P<name>.{2,60}?)(?:\s[-–—|·]\s|\sby\s|\sfrom\s)(?P<publisher>[^-–—|]{2,40})", re.IGNORECASE
)
"""A publisher behind a name: `MPT-7B - MosaicML`, `Dolly by Databricks`."""
_LAST_WORD = late(r"(?P<start>[^\W\d_][\w.-]{3,40}?)[-_ ](?P<end>[^\W\d_]{2,12})")
_SIZED = late(r"(?P<name>[^\W\d_]{5,30})(?P<size>[\s-]\d{1,3}(?:\.\d{1,2})?[bm])", re.IGNORECASE)
_TAG = late(r"(?<=\w):e?\d", re.IGNORECASE)
_SHORTEST_TITLE = 3
"""Words behind a name and a colon that are the title of its paper."""
_LONG, _LONGEST = 7, 30
"""Letters of a name that may be misspelt: shorter names are one letter apart."""
_ASIDE = late(r"\s{0,3}[(（][^()（）\d]{0,30}[)）]$")
_LONG_END = 12
"""Characters of the end of a name that is told from others' by it."""
_SHORTEST_BEGINNING = 6
"""Characters of a name that other names may go on from."""


class LooseNames:
    """Resolves the names that no exact rule does."""

    def __init__(self, connection: sqlite3.Connection, search: Search) -> None:
        self._connection = connection
        self._search = search

    def models(self, text: str) -> tuple[str, ...]:
        """All models that a name may mean; empty where it is unknown."""
        plain = without_form(text)
        others = [plain, turned(text), *versioned(text)]
        for other in rewritten(text):
            others += [other, without_form(other)]
        name, _, title = text.partition(": ")
        if name and len(title.split()) >= _SHORTEST_TITLE and (found := self._search(name)):
            return found
        return (
            next(filter(None, (self._search(other) for other in others if other)), ())
            or self._in_range(text)
            or self._some(text)
            or self._begun(_ASIDE.sub("", text))
            or (self._begun(plain) if ":" in plain else ())  # a tag: `gemma3n:e4b-fp16`
            or self._sized_inside(text)
            or self._misspelt(text)
            or self._tagged(plain or text)
            or self._ended(text)
        )

    def _tagged(self, text: str) -> tuple[str, ...]:
        """The models of a name with the tag of a size, `stable-code:3b`, as of one without a colon."""
        return self._search(text.replace(":", " ")) if _TAG.search(text) else ()

    def _ended(self, text: str) -> tuple[str, ...]:
        """The only model whose name ends so, with a size: `Distill-Qwen-7B` of DeepSeek-R1.

        What it ends in names a family itself; `Coder-7B-Instruct` may be anyone's.
        """
        key = fold(text)
        if len(key) < _LONG_END or len(find_sizes(text)) != 1 or not text[0].isalpha():
            return ()
        if not any(map(self._search, filter(str.isalpha, re.split(r"[-_ ]", text)))):
            return ()
        rows = self._connection.execute(
            "SELECT DISTINCT target, text FROM names WHERE kind = 'model' AND key LIKE ?",
            (f"%{key}",),
        )
        whole = re.compile(rf"[-_ ]{re.escape(text.strip())}$", re.IGNORECASE)
        found = {str(model) for model, name in rows if whole.search(name)}
        return tuple(found) if len(found) == 1 else ()

    def longer(self, text: str) -> tuple[str, ...]:
        """The models whose names have one more word before the size, of which any may be meant."""
        return longer_names(text, self._keys_from)

    def _misspelt(self, text: str) -> tuple[str, ...]:
        """The models of the only name that a long word without figures is one slip away from: `Galatica`.

        A size may follow it: `Galatica-120B`.
        """
        sized = _SIZED.fullmatch(text)
        text, size = (sized["name"], sized["size"]) if sized else (text, "")
        key = fold(text)
        if not (text.isascii() and text.isalpha()) or not _LONG <= len(key) <= _LONGEST:
            return ()
        rows = self._connection.execute(
            "SELECT DISTINCT text FROM names WHERE kind IN ('model', 'family') AND key LIKE ? "
            "AND length(key) BETWEEN ? AND ?",
            (f"{key[:3]}%", len(key) - 1, len(key) + 1),
        )
        close = {fold(name): name for (name,) in rows if is_slip(key, fold(name))}
        return self._search(next(iter(close.values())) + size) if len(close) == 1 else ()

    def _in_range(self, text: str) -> tuple[str, ...]:
        """The first and the last of the generations in a name."""
        if (asked := range_of(text)) is None:
            return ()
        name, *ends = asked
        if float(ends[0]) >= float(ends[1]):
            return ()
        found = [self._search(f"{name} {end}") or self._search(f"{name}-V{end}") for end in ends]
        return _together(found) if all(found) else ()

    def _some(self, text: str) -> tuple[str, ...]:
        """The known ones of several names in a cell, where more than half are known."""
        parts = joined_names(text)
        if is_hub_id(text) or any(part.count("(") != part.count(")") for (*_, part) in parts):
            return ()
        found = [next(filter(None, map(self._search, names)), ()) for names in parts]
        known = [models for models in found if models]
        return _together(known) if known and len(known) * 2 > len(parts) else ()

    def _begun(self, text: str) -> tuple[str, ...]:
        """The models whose names go on with a size alone: `Nemotron 3 Nano`."""
        key = fold(text)
        if len(key) < _SHORTEST_BEGINNING:
            return ()
        rests = ((name.removeprefix(key), model) for name, model in self._keys_from(key))
        cut = key[-1].isdigit()  # `Llama 2-1` is no beginning of `Llama 2 13B`
        return _together(
            [
                (m,)
                for rest, m in rests
                if goes_on_with_size(rest.lstrip("-")) and not (cut and rest[0].isdigit())
            ]
        )

    def _sized_inside(self, text: str) -> tuple[str, ...]:
        """The models whose names have a size before the last word: `BLOOMZ-mt` for `BLOOMZ-7B1-mt`."""
        found = _LAST_WORD.fullmatch(text.strip())
        if found is None:
            return ()
        start, end = fold(found["start"]), fold(found["end"])
        keys = self._keys_from(start)
        between = ((key.removeprefix(start), model) for key, model in keys if key.endswith(end))
        return _together(
            [(m,) for rest, m in between if is_size(rest.removesuffix(end).strip("-"))]
        )

    def _keys_from(self, start: str) -> list[tuple[str, str]]:
        """The folded names of models that go on from a beginning, with their models."""
        rows = self._connection.execute(
            "SELECT key, target FROM names WHERE kind = 'model' AND key > ? AND key < ? ORDER BY key",
            (start, f"{start}{{"),
        )
        return [(str(key), str(model)) for key, model in rows]


def without_publisher(text: str, organizations: Mapping[str, str]) -> tuple[str, str]:
    """The id of the publisher that a name begins with or has behind a dash, and the rest; else empty."""
    if behind := _BEHIND.fullmatch(text.strip()):
        publisher = organizations.get(fold(behind["publisher"]), "")
        if publisher:
            return publisher, behind["name"].strip()
    first, _, rest = text.strip().partition(" ")
    publisher = organizations.get(fold(first), "")
    return (publisher, rest.strip()) if publisher and rest.strip() else ("", "")


def _together(found: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(model for models in found for model in models))
