"""An index of the base's numbers by model and attribute."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from llmnotes.attributes.relations import MISPLACED
from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.judging.fused_numbers import parts_of
from llmnotes.values import kinds_of

_FLOAT = 1e-9

Models = tuple[str, ...]


class KnownValues:
    """All values of some models' attributes, with lists by element."""

    def __init__(self, base: BaseClaims) -> None:
        self._base = base
        self._numbers: dict[tuple[Models, str], list[Any]] = {}
        self._ordered: dict[Models, tuple[list[float], list[str]]] = {}
        self._parts: dict[tuple[Models, str], list[tuple[str, frozenset[str]]]] = {}

    def numbers(self, models: Models, attribute: str) -> list[Any]:
        """All values of one attribute."""
        key = models, attribute
        if key not in self._numbers:
            self._numbers[key] = [
                value
                for model in models
                for claim in self._base.known(model, attribute).claims
                for value in _values(claim.value)
            ]
        return self._numbers[key]

    def near(self, models: Models, item: Item) -> list[str]:
        """The attributes with a number that `item` covers, the likeliest first."""
        if models not in self._ordered:
            self._ordered[models] = _in_order(
                (float(value), name)
                for name in MISPLACED
                for value in self.numbers(models, name)
                if isinstance(value, int | float)
            )
        sizes, names = self._ordered[models]
        found = {
            name
            for low, high in spans(item)
            for name in names[bisect_left(sizes, low) : bisect_right(sizes, high)]
        }
        return [name for name in MISPLACED if name in found]

    def parts(self, models: Models, attribute: str) -> list[tuple[str, frozenset[str]]]:
        """The attributes, the given one first, whose values may be fused, with their digits."""
        key = models, attribute
        if key not in self._parts:
            every = dict.fromkeys((attribute, *MISPLACED))
            found = [(name, parts_of(self.numbers(models, name))) for name in every]
            self._parts[key] = [(name, parts) for name, parts in found if len(parts) > 1]
        return self._parts[key]


def _in_order(pairs: Iterator[tuple[float, str]]) -> tuple[list[float], list[str]]:
    ordered = sorted(pairs)
    return [size for size, _ in ordered], [name for _, name in ordered]


def _values(value: Any) -> list[Any]:
    if isinstance(value, dict) and "stages" in value:
        return list(value["stages"])
    return value if isinstance(value, list) else list(kinds_of(value))


def spans(item: Item) -> list[tuple[float, float]]:
    """The intervals of a number's readings, widened by the rounding of floats."""
    return [
        (float(one.low) * (1 - _FLOAT), float(one.high) * (1 + _FLOAT))
        for one in (item, *item.others)
        if one.low is not None and one.high is not None
    ]


def within(covered: Sequence[tuple[float, float]], value: float) -> bool:
    """Whether a number is in one of the intervals."""
    return any(low <= value <= high for low, high in covered)
