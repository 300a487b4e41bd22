"""Datasets by others that they were made of: CC-100 is of Common Crawl, MassiveWeb a part of MassiveText."""

from __future__ import annotations

import re
import sqlite3
from functools import cached_property
from typing import NamedTuple

from llmnotes.vocabulary import fold

ANOTHER_NAME = "another name of the same data"
_SHORTEST = 5
"""Letters of a name that is looked for inside other words."""


class _KnownData(NamedTuple):
    """A dataset's names, folded, with what is said of it."""

    id: str
    names: tuple[str, ...]
    about: str
    whole: str


class MadeOf:
    """Looks up what the base tells of one dataset in its remark on another."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @cached_property
    def _known(self) -> dict[str, _KnownData]:
        rows = self._connection.execute(
            "SELECT e.id, e.about, e.part_of, n.key FROM entity e "
            "JOIN names n ON n.kind = 'dataset' AND n.target = e.id WHERE e.kind = 'dataset'"
        )
        found: dict[str, _KnownData] = {}
        for id, about, whole, key in rows:
            one = found.get(id, _KnownData(id, (), about or "", whole or ""))
            found[id] = one._replace(names=(*one.names, key))
        return found

    def told(self, claimed: str, known: str) -> str | None:
        """How a claimed dataset agrees with a known one: by another name, as its source or as its whole."""
        mine, theirs = self._named_in(claimed), self._named_in(known)
        if mine is None or theirs is None:
            return None
        if mine.id == theirs.id:
            names = {fold(claimed), fold(known)}
            return ANOTHER_NAME if len(names) == 2 and names <= {*mine.names} else None
        if theirs.whole == mine.id or self._mentions(theirs, mine):
            return f"what {known} was made of"
        if self._mentions(mine, theirs) and re.search(r"\bparts?\b", mine.about):
            return f"the whole of which {known} is a part"
        return None

    def _named_in(self, text: str) -> _KnownData | None:
        """The dataset with the longest name in a text."""
        folded = fold(text)
        fitting = [
            (len(name), one)
            for one in self._known.values()
            for name in one.names
            if name == folded or (len(name) >= _SHORTEST and name in folded)
        ]
        return max(fitting, key=lambda one: one[0])[1] if fitting else None

    def _mentions(self, one: _KnownData, other: _KnownData) -> bool:
        about = fold(one.about)
        return any(len(name) >= _SHORTEST and name in about for name in other.names)
