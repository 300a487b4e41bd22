"""A table with the judgements of its cells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from llmnotes.factcheck.judging.columns import ColumnFinding
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.slipped_rows import RowFinding
from llmnotes.factcheck.judging.verdicts import VERDICTS
from llmnotes.factcheck.layout.lines import Layout
from llmnotes.tables.model import Table


@dataclass(slots=True)
class CheckedTable:
    """A table with its judged cells and the findings on whole rows and columns."""

    layout: Layout
    judged_cells: list[JudgedCell]
    findings: list[RowFinding] = field(default_factory=list)
    columns: list[ColumnFinding] = field(default_factory=list)
    decimal_comma: bool = False

    @property
    def table(self) -> Table:
        """The table as in the file."""
        return self.layout.table

    @property
    def summary(self) -> dict[str, int]:
        """The number of cells by verdict, in the order of the verdicts."""
        counted = Counter(judged.judgement.verdict for judged in self.judged_cells)
        return {name: counted[name] for name in VERDICTS if counted[name]}

    @property
    def speaks(self) -> bool:
        """Whether there is anything to report: a known model, or a contradiction."""
        return self.names_models or any(judged.judgement.is_false for judged in self.judged_cells)

    @property
    def names_models(self) -> bool:
        """Whether any of its models is known."""
        return any(judged.subject for judged in self.judged_cells)
