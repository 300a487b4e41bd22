"""Tables that write a comma for the decimal point: `6,74B` and `4.096`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.pattern import late
from llmnotes.schema import ATTRIBUTES
from llmnotes.tables.model import Table

_BETWEEN_DIGITS = late(r"(?<=\d)[.,](?=\d)")
_COMMA = late(r"(?<![\d.,])0,\d")
"""A zero before a comma: neither a list nor thousands."""
_ENOUGH = 2
"""So many numbers that come true are no chance; one is enough where none speaks for the other way."""


def swapped(text: str) -> str:
    """A text with points for commas between digits, and commas for points."""
    return _BETWEEN_DIGITS.sub(lambda match: "." if match[0] == "," else ",", text)


def not_as_written(cells: Iterable[JudgedCell]) -> set[int]:
    """Places of the numbers with commas or points that are false or unreadable as they are read."""
    return {c.cell.place.start for c in cells if _is_marked(c) and _is_amiss(c)}


def with_swapped(table: Table, places: set[int]) -> Table:
    """The table with the numbers at these places as if written the other way; the places stay."""
    rows = [
        [c._replace(text=swapped(c.text)) if c.place.start in places else c for c in row]
        for row in table.rows
    ]
    return table._replace(rows=rows)


def has_decimal_commas(
    places: set[int], first: Sequence[JudgedCell], second: Sequence[JudgedCell]
) -> bool:
    """Whether most of the numbers come true when they are read the other way."""
    healed = {c.cell.place.start for c in second if c.judgement.verdict in TRUE_VERDICTS} & places
    other_way = any(_is_marked(c) and c.judgement.verdict in TRUE_VERDICTS for c in first)
    if any(c.cell.place.start in healed and _COMMA.search(c.cell.text) for c in first):
        other_way = False
    return len(healed) * 2 >= len(places) and len(healed) >= (_ENOUGH if other_way else 1)


def keep_as_written(table: Table, cells: Iterable[JudgedCell]) -> None:
    """Give judged cells back the text that stands in the file."""
    written = {cell.place.start: cell for row in table.rows for cell in row}
    for judged in cells:
        judged.cell = written[judged.cell.place.start]


def _is_marked(cell: JudgedCell) -> bool:
    numeric = ATTRIBUTES[cell.judgement.attribute].is_numeric
    return numeric and _BETWEEN_DIGITS.search(cell.cell.text) is not None


def _is_amiss(cell: JudgedCell) -> bool:
    return cell.judgement.is_false or cell.judgement.verdict == "unreadable"
