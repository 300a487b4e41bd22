"""Columns of parameters that somebody counted by a formula, which leaves out embeddings, norms or biases."""

from __future__ import annotations

from collections.abc import Sequence

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import withdrawn

_FEWEST = 3
"""Cells of a column that fall short by little."""
_FINE = 4
"""Digits that a counted number has at least."""
_LEFT_OUT = 0.05
"""Share of the parameters that such a formula leaves out at most."""


def leave_own_counts(judged_cells: Sequence[JudgedCell]) -> None:
    """Withdraw wrong sizes a little below the base's, several in one column: 5,849M for GPT-J's 6.05B."""
    columns: dict[int, list[JudgedCell]] = {}
    for cell in judged_cells:
        if cell.judgement.is_false and cell.spot.headers[0].attribute in SIZES and _is_short(cell):
            columns.setdefault(cell.column, []).append(cell)
    for cells in columns.values():
        for cell in cells if len(cells) >= _FEWEST else ():
            why = "with others of its column it may be counted by a formula that leaves parts out"
            cell.judgement = withdrawn(cell.judgement, why)


def _is_short(cell: JudgedCell) -> bool:
    """Whether a cell has one finely written number, and it is a little less than each that the base has."""
    items = cell.judgement.false_items
    if len(items) != 1 or items[0].digits < _FINE or items[0].low is None:
        return False
    counts = [claim.value for known in cell.judgement.known for claim in known.claims]
    numbers = [count for count in counts if isinstance(count, int | float)]
    return any(0 < one - float(items[0].value) <= _LEFT_OUT * one for one in numbers)
