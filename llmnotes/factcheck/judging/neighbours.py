"""The context of a cell: the other models of the table, and its row or column."""

from __future__ import annotations

from llmnotes.factcheck.judging.causes import Around
from llmnotes.factcheck.layout.lines import Layout, Line, Spot, Unit
from llmnotes.factcheck.layout.table_subject import TableSubject

_REACH = 15
"""Maximum distance in rows or columns of a neighbour."""
_REACH_OF_MANY = 2
_MANY = 500
"""In tables with more rows than people write by hand only adjacent rows are considered."""


class Neighbours:
    """Finds the other models near a cell, and its unit (row or column)."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._across = layout.orientation.endswith("columns")
        self._lines = layout.lines
        self._position = {line.number: index for index, line in enumerate(layout.lines)}
        self.attributes = frozenset(
            name
            for line in layout.lines
            for spot in line.spots
            for header in spot.headers
            for name in header.attributes
        )
        self._named: list[tuple[str, TableSubject | None]] = [
            (line.label, line.spots[0].subject) for line in layout.lines if line.spots
        ]

    def unit(self, line: Line, spot: Spot) -> Unit:
        """The row or the column of one model."""
        return self._layout.unit(line.number, spot.column)

    def around(self, line: Line, spot: Spot) -> Around:
        """The other models of the table, the nearest first, without duplicates."""
        named: list[tuple[str, TableSubject | None]] = self._named
        here = self._position.get(line.number, 0)
        if self._across:
            named = [(one.name, one.subject) for one in line.spots]
            here = line.spots.index(spot) if spot in line.spots else 0
        found: dict[str, tuple[str, TableSubject]] = {}
        reach = _REACH if len(named) <= _MANY else _REACH_OF_MANY
        for step in range(1, reach + 1):
            for index in (here - step, here + step):
                if 0 <= index < len(named) and (subject := named[index][1]) is not None:
                    found.setdefault(subject.id, (named[index][0], subject))
        return Around(tuple(found.values()), self.attributes)
