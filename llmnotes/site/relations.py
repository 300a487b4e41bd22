"""Which cells of an attribute differ, worked out once for any pair that a script lines up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from llmnotes.knowledge.differences import apart, comparable, known_values, meaning
from llmnotes.knowledge.folding import FoldedCell
from llmnotes.schema import Attribute

_DETAILED = frozenset({"date", "results", "datasets"})
"""Kinds of which two values that are not equal may still both be meant."""


class CellRelations:
    """Numbers the meanings of an attribute's cells and tells which of them may both be meant."""

    def __init__(self, item: Attribute) -> None:
        self._item = item
        self._cells: dict[str, tuple[int, FoldedCell]] = {}

    def number(self, cell: FoldedCell) -> int | None:
        """The number of a cell's meaning; None where nothing is known."""
        if not known_values(cell):
            return None
        return self._cells.setdefault(meaning(self._item, cell), (len(self._cells), cell))[0]

    def compatible(self) -> list[tuple[int, int]]:
        """Pairs of different meanings between which there is no difference.

        All others differ. Plain values without details differ where they are not equal, so only the
        rest is looked at pair by pair.
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


def _any_details(cells: Sequence[FoldedCell]) -> bool:
    return any(value.parameters for cell in cells for value in cell.values)


def _plain(item: Attribute, cell: FoldedCell) -> frozenset[str]:
    """The known values of a cell: what is missing beside them makes no difference."""
    return frozenset(
        repr((one.absent, one.meaning)) for one in comparable(item, known_values(cell))
    )
