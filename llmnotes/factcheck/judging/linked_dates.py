"""Dates that are those of the paper linked beside them."""

from __future__ import annotations

from collections.abc import Sequence

from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import withdrawn
from llmnotes.factcheck.layout.orientation import Layout
from llmnotes.pattern import late

_ARXIV = late(r"arxiv\.org/(?:abs|pdf|html)/(\d\d)(\d\d)\.\d{4,5}")


def leave_dates_of_papers(layout: Layout, judged_cells: Sequence[JudgedCell]) -> None:
    """Withdraw a wrong date where it is the month of a paper that its own row links to."""
    for cell in judged_cells:
        found = cell.judgement
        if not found.is_false or found.attribute != "release_date" or not found.false_items:
            continue
        linked = _months(layout, cell)
        if linked and all(str(item.value)[:7] in linked for item in found.false_items):
            cell.judgement = withdrawn(found, "it is the month of the paper linked beside it")


def _months(layout: Layout, cell: JudgedCell) -> set[str]:
    """The months of the papers linked in the row (the column, where models are columns) of a cell."""
    unit = layout.unit(cell.row, cell.column)
    beside = (
        one.raw
        for line in layout.lines
        for position, one in enumerate(line.cells)
        if one is not None
        and layout.unit(
            line.number, line.spots[position].column if position < len(line.spots) else -1
        )
        == unit
    )
    return {f"20{year}-{month}" for raw in beside for year, month in _ARXIV.findall(raw)}
