"""A table as it was interpreted: its orientation, its lines, and the subject and attribute of each cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.tables.model import Table, TableCell


def asked(header: Header | None) -> tuple[Header, ...]:
    """The headers of a spot: the given one, or none."""
    return (header,) if header is not None else ()


class Spot(NamedTuple):
    """The subject and attribute of a cell: the model, its name in the table, and the header."""

    subject: TableSubject | None
    name: str
    headers: tuple[Header, ...]
    column: int


@dataclass(slots=True)
class Line:
    """A row of the table: its cells as written, and the spots of its columns.

    A ragged line has fewer or more cells than spots. `label` names the row's subject.
    """

    number: int
    label: str
    cells: list[TableCell | None]
    spots: list[Spot]
    head: TableCell | None = None

    @property
    def ragged(self) -> int:
        """The number of missing cells (negative: surplus ones)."""
        return len(self.spots) - len(self.cells)


Unit = tuple[str, int, int]


@dataclass
class Layout:
    """The interpretation of a table: its orientation and its lines.

    `unread` are the headers of columns (or labels of rows) without a known attribute, `formulas` those of
    computed values; the cells below are not judged. `naming` are the columns of
    model names, several where tables stand side by side.
    """

    table: Table
    orientation: str
    lines: list[Line] = field(default_factory=list)
    taken: str = ""
    unread: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    naming: list[int] = field(default_factory=list)

    def owner(self, column: int) -> int:
        """The column of names that speaks for a column: the next to its left; -1 where none does."""
        before = (name for name in self.naming if name <= column)
        return max(before, default=self.naming[0] if self.naming else -1)

    def unit(self, row: int, column: int) -> Unit:
        """The row or the column of one model; of tables side by side the row of one of them."""
        if self.orientation.endswith("columns"):
            return "column", column, -1
        return "row", row, self.owner(column)

    @cached_property
    def labels(self) -> dict[int, str]:
        """The label of each row by number."""
        return {line.number: line.label.strip() for line in self.lines}

    @property
    def families(self) -> set[str]:
        """Ids of all families and models named."""
        return {spot.subject.id for line in self.lines for spot in line.spots if spot.subject}
