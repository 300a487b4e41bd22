"""What stands around a cell: the other models of the table, and the row or column it belongs to."""

from __future__ import annotations

from llmnotes.factcheck.judging.causes import Around
from llmnotes.factcheck.layout.orientation import Layout, Line, Spot
from llmnotes.factcheck.layout.subjects import TableSubject

_REACH = 15
"""How many rows or columns away a neighbour may stand."""
_REACH_OF_MANY = 2
_MANY = 500
"""In a table of more rows than people write by hand only the rows right beside are looked at."""


class Neighbours:
    """Which other models stand near a cell, and to which unit (row or column) it belongs."""

    def __init__(self, layout: Layout) -> None:
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

    def unit(self, line: Line, spot: Spot) -> tuple[str, int]:
        """The row or the column that speaks of one model."""
        return ("column", spot.column) if self._across else ("row", line.number)

    def around(self, line: Line, spot: Spot) -> Around:
        """The other models of the table, the nearest first, each once."""
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
