"""Which cells of an attribute differ, precomputed for any pair that a script compares."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from llmnotes.knowledge.differences import apart, comparable, known_values, meaning
from llmnotes.knowledge.folding import FoldedCell
from llmnotes.schema import Attribute

_DETAILED = frozenset({"date", "results", "datasets"})
"""Kinds with values that may be compatible without being equal."""


class CellRelations:
    """Numbers the distinct meanings of an attribute's cells, and finds the compatible ones."""

    def __init__(self, item: Attribute) -> None:
        self._item = item
        self._cells: dict[str, tuple[int, FoldedCell]] = {}

    def number(self, cell: FoldedCell) -> int | None:
        """The number of a cell's meaning; None where no value is known."""
        if not known_values(cell):
            return None
        return self._cells.setdefault(meaning(self._item, cell), (len(self._cells), cell))[0]

    def pairs(self) -> tuple[str, list[tuple[int, list[int]]]]:
        """The pairs of different meanings that are `compatible`, or those that are `apart`: the fewer ones.

        Each meaning is listed with the later ones that it makes a pair with. The results of two models
        seldom have a benchmark in common, and other values seldom agree.
        """
        compatible = self.compatible()
        count = len(self._cells)
        if len(compatible) * 4 <= count * (count - 1):
            return "compatible", _by_first(compatible)
        others = set(compatible)
        every = combinations(range(count), 2)
        return "apart", _by_first([pair for pair in every if pair not in others])

    def compatible(self) -> list[tuple[int, int]]:
        """Pairs of different meanings that are compatible.

        All others differ. Plain values without details are compatible only where they are equal, so only
        the rest are compared pairwise.
        """
        cells = list(self._cells.values())
        if self._item.kind not in _DETAILED and not _any_details([cell for _, cell in cells]):
            plain = [(number, _plain(self._item, cell)) for number, cell in cells]
            return [(one, other) for (one, a), (other, b) in combinations(plain, 2) if a == b]
        known = [(number, comparable(self._item, known_values(cell))) for number, cell in cells]
        return [
            (one, other)
            for (one, a), (other, b) in combinations(known, 2)
            if not apart(self._item, a, b)
        ]


def _by_first(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, list[int]]]:
    found: dict[int, list[int]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
    return list(found.items())


def _any_details(cells: Sequence[FoldedCell]) -> bool:
    return any(value.parameters for cell in cells for value in cell.values)


def _plain(item: Attribute, cell: FoldedCell) -> frozenset[str]:
    """The known values of a cell as texts."""
    return frozenset(
        repr((one.absent, one.meaning)) for one in comparable(item, known_values(cell))
    )
