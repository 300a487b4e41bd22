"""Tables with a decimal comma: `6,74B` and `4.096`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from llmnotes.factcheck.judging.effort import sample
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.lines import Spot
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late
from llmnotes.schema import ATTRIBUTES
from llmnotes.tables.model import Table

Ask = Callable[[str, Spot, TableSubject | None], Judgement]

_BETWEEN_DIGITS = late(r"[.,](?<=\d[.,])(?=\d)")
_COMMA = late(r"(?<![\d.,])0,\d")
"""A zero before a comma, which is neither a list nor a thousands separator."""
_ENOUGH = 2
"""Number of values which, if they become true, are no coincidence; one suffices without counter-evidence."""


def swapped(text: str) -> str:
    """A text with commas and points between digits exchanged."""
    return _BETWEEN_DIGITS.sub(lambda match: "." if match[0] == "," else ",", text)


def decimal_commas(cells: Sequence[JudgedCell], ask: Ask) -> set[int]:
    """Places of the numbers that are true only in the other notation.

    Empty unless most of the wrong or unreadable ones are true in it.
    """
    marked = [cell for cell in cells if _is_marked(cell)]
    amiss = [cell for cell in marked if _is_amiss(cell)]
    some = sample(amiss)
    healed = _healed(some, ask)
    if len(some) < len(amiss) and len(healed) * 2 >= len(some):
        healed = _healed(amiss, ask)
    if not healed:
        return set()
    true = sample([cell for cell in marked if cell.judgement.verdict in TRUE_VERDICTS])
    this_way = len(_healed(true, ask)) < len(
        true
    )  # a number that is true in either notation is evidence for neither
    if any(_COMMA.search(cell.cell.text) for cell in healed):
        this_way = False
    if len(healed) * 2 < len(amiss) or len(healed) < (_ENOUGH if this_way else 1):
        return set()
    return {cell.cell.place.start for cell in healed}


def _healed(cells: Sequence[JudgedCell], ask: Ask) -> list[JudgedCell]:
    """The cells that are true in the other notation."""
    return [cell for cell in cells if _holds(ask(swapped(cell.cell.text), cell.spot, cell.subject))]


def _holds(found: Judgement) -> bool:
    """Whether a number is that of the models, or of some of a family."""
    partly = found.verdict == "partly-wrong" and not found.false_items
    return partly or found.verdict in TRUE_VERDICTS


def with_swapped(table: Table, places: set[int]) -> Table:
    """The table with the numbers at these places in the other notation; positions are kept."""
    rows = [
        [c._replace(text=swapped(c.text)) if c.place.start in places else c for c in row]
        for row in table.rows
    ]
    return table._replace(rows=rows)


def keep_as_written(table: Table, cells: Iterable[JudgedCell]) -> None:
    """Restore the text of the file in judged cells."""
    written = {cell.place.start: cell for row in table.rows for cell in row}
    for judged in cells:
        judged.cell = written[judged.cell.place.start]


def _is_marked(cell: JudgedCell) -> bool:
    numeric = ATTRIBUTES[cell.judgement.attribute].is_numeric
    return numeric and _BETWEEN_DIGITS.search(cell.cell.text) is not None


def _is_amiss(cell: JudgedCell) -> bool:
    return cell.judgement.is_false or cell.judgement.verdict == "unreadable"
