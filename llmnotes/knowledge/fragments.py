"""SQL expressions with their bound parameters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple


class Fragment(NamedTuple):
    """An SQL expression and the parameters of its question marks, in order."""

    sql: str
    parameters: tuple[Any, ...] = ()

    def negated(self) -> Fragment:
        """The negation; for an unknown value neither is true."""
        return Fragment(f"NOT {self.sql}", self.parameters)


def all_of(parts: Iterable[Fragment]) -> Fragment:
    """The conjunction of the parts; true for no parts."""
    return _joined(" AND ", parts, "1")


def any_of(parts: Iterable[Fragment]) -> Fragment:
    """The disjunction of the parts; false for no parts."""
    return _joined(" OR ", parts, "0")


def _joined(word: str, parts: Iterable[Fragment], none: str) -> Fragment:
    found = list(parts)
    parameters = tuple(value for part in found for value in part.parameters)
    return Fragment(f"({word.join(part.sql for part in found) or none})", parameters)
