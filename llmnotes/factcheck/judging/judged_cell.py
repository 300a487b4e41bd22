"""One cell with its reading and its judgement."""

from __future__ import annotations

from dataclasses import dataclass

from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.layout.lines import Spot
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.tables.model import TableCell


@dataclass(slots=True)
class JudgedCell:
    """A judged cell: its row in the table, its column, its subject, the judgement."""

    row: int
    column: int
    cell: TableCell
    spot: Spot
    subject: TableSubject | None
    judgement: Judgement

    @property
    def filled(self) -> bool:
        """Whether the cell is not empty."""
        return bool(self.cell.text.strip())
