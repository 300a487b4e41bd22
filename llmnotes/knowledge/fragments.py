"""Pieces of SQL that carry their bound parameters with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple


class Fragment(NamedTuple):
    """An SQL expression and the parameters of its question marks, in order."""

    sql: str
    parameters: tuple[Any, ...] = ()

    def negated(self) -> Fragment:
        """The opposite; of an unknown value neither is true."""
        return Fragment(f"NOT {self.sql}", self.parameters)


def all_of(parts: Iterable[Fragment]) -> Fragment:
    """All parts hold; true of no parts."""
    return _joined(" AND ", parts, "1")


def any_of(parts: Iterable[Fragment]) -> Fragment:
    """At least one part holds; false of no parts."""
    return _joined(" OR ", parts, "0")


def _joined(word: str, parts: Iterable[Fragment], none: str) -> Fragment:
    found = list(parts)
    parameters = tuple(value for part in found for value in part.parameters)
    return Fragment(f"({word.join(part.sql for part in found) or none})", parameters)
