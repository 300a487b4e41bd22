"""Columns of dates that give the first day of a month for the month: `2022-01-01`, `2022-05-01`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from llmnotes.factcheck.judging.columns import in_columns
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.layout.lines import Layout, Spot
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late

Ask = Callable[[str, Spot, TableSubject | None], Judgement]

_FIRST = late(r"\s?(?P<month>(?:19|20)\d\d-(?:0[1-9]|1[0-2]))-01\s?")
_DAY = late(r"\s*(?:19|20)\d\d-\d\d-\d\d\s*")
_FEWEST = 3
_SHARE = 0.3
"""Share of the days of such a column that are the first of a month; by chance a thirtieth is."""


def read_as_months(layout: Layout, judged_cells: Sequence[JudgedCell], ask: Ask) -> None:
    """Judge false first days as months, where many days of the column are such."""
    for cells in in_columns(layout, judged_cells):
        days = [cell for cell in cells if _DAY.fullmatch(cell.cell.text)]
        first = [cell for cell in days if _FIRST.fullmatch(cell.cell.text)]
        if len(first) < _FEWEST or len(first) < _SHARE * len(days):
            continue
        for cell in first:
            month = _FIRST.fullmatch(cell.cell.text)
            if cell.judgement.is_false and month is not None:
                found = ask(month["month"], cell.spot, cell.subject)
                cell.judgement = found if not found.is_false else cell.judgement
