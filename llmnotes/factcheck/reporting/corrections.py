"""Corrections of a checked table: shifted rows are moved back, wrong cells rewritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from llmnotes.factcheck.judging.check import Checker
from llmnotes.factcheck.judging.checked_table import CheckedTable
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.notation import swapped
from llmnotes.factcheck.judging.slipped_rows import RowFinding
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.lines import Line
from llmnotes.factcheck.reporting.proposals import Surroundings, proposals
from llmnotes.tables import Raw, blank_before
from llmnotes.tables.model import Place, TableCell

_STANDING = TRUE_VERDICTS | {"partly-wrong", "blank", "rumour", "unsupported"}


_WHOLE = frozenset({"shifted-row", "misheaded-column"})
"""Causes that concern more than a single cell."""


class Correction(NamedTuple):
    """One correction: its place, the new text, and its description in a list of changes.

    `judged` is the rewritten cell; None where a whole row is moved. `sources` are those of the new value,
    `before` is the old text. `inserted` marks an empty cell put before the one of `before`.
    """

    place: Place
    words: str
    row: int
    before: str = ""
    judged: JudgedCell | None = None
    sources: tuple[str, ...] = ()
    moved: bool = False
    inserted: bool = False


def corrections(
    checker: Checker,
    checked: CheckedTable,
    text: str,
    verdicts: Iterable[str],
    *,
    fill: bool = False,
) -> list[Correction]:
    """The corrections of a table of `text`; an empty cell is filled only with `fill`.

    Shifted rows are moved first and not changed otherwise: what is still wrong is found when the table is
    checked again. Cells are only rewritten where the new text is judged to be true.
    """
    wanted = set(verdicts)
    rows = {finding.row: finding for finding in checked.findings}
    lines = {line.number: line for line in checked.layout.lines}
    moves = [
        found
        for number, finding in rows.items()
        if number in lines
        for found in _moved(checked, lines[number], finding, text)
    ]
    held = {number for number, finding in rows.items() if finding.undecided}
    held |= {found.row for found in moves} | {n for n, f in rows.items() if f.missing or f.moves}
    around = Surroundings(checked)
    cells: dict[int, Correction] = {}
    for judged in checked.judged_cells:
        spelling = judged.judgement.verdict == "misspelt"
        if (spelling or judged.row not in held) and judged.cell.place.start not in cells:
            for found in _cell(checker, checked, around, judged, wanted, fill, held):
                cells.setdefault(found.place.start, found)
    return [*moves, *(c for c in cells.values() if c.row not in {m.row for m in moves})]


def _moved(
    checked: CheckedTable, line: Line, finding: RowFinding, text: str
) -> Iterator[Correction]:
    """Insert a row's missing cells, or move its cells by one column."""
    cells = [cell for cell in line.cells if cell is not None]
    if len(cells) != len(line.cells) or any(c.colspan > 1 or c.rowspan > 1 for c in cells):
        return
    for position, count in finding.missing:
        edit = blank_before(text, cells[position], checked.table.format)
        if edit is None:
            return
        yield Correction(
            edit[0],
            Raw(edit[1] * count),
            line.number,
            cells[position].text,
            moved=True,
            inserted=True,
        )
    targets = {column: position for position, column in finding.moves}
    for position in sorted({*targets, *targets.values()}):
        source = cells[targets[position]] if position in targets else None
        words = Raw(_raw(source, text) if source is not None else "")
        yield Correction(
            cells[position].place, words, line.number, cells[position].text, moved=True
        )


def _raw(cell: TableCell, text: str) -> str:
    return text[cell.place.start : cell.place.end]


def _cell(
    checker: Checker,
    checked: CheckedTable,
    around: Surroundings,
    judged: JudgedCell,
    wanted: set[str],
    fill: bool,
    held: set[int],
) -> Iterator[Correction]:
    """Rewrite a cell; a value that belongs to an empty cell of the table is moved there."""
    judgement = judged.judgement
    if judged.column in checked.layout.naming or checked.layout.orientation == "crossed":
        return  # the size behind or beside a name may be the true part of it
    if judgement.verdict == "blank":
        if not (fill and judgement.expected):
            return
    elif judgement.verdict not in {*wanted, "misspelt"} or judgement.cause in {
        "shifted-row",
        "misheaded-column",
    }:
        return
    words = _words(checker, checked, around, judged, _STANDING - wanted)
    if words is not None and checked.decimal_comma:
        words = swapped(words)
    home = _home(checker, around, judged, held)
    if home is not None:
        yield Correction(home.cell.place, judged.cell.text, home.row, "", home, moved=True)
        words = words or ""
    if words is None or words == judged.cell.text:
        return
    sources = () if judgement.verdict == "misspelt" or not words else tuple(judgement.sources)
    place = judged.cell.core if judged.filled else judged.cell.place
    yield Correction(place, words, judged.row, judged.cell.text, judged, sources)


def _words(
    checker: Checker,
    checked: CheckedTable,
    around: Surroundings,
    judged: JudgedCell,
    allowed: frozenset[str],
) -> str | None:
    """The first proposal that is true; else the first that is acceptable."""
    second = None
    for text in proposals(checker, checked, around, judged):
        verdict = _verdict(checker, judged, text)
        if verdict in TRUE_VERDICTS - {"misspelt"}:
            return text
        if verdict in allowed and text.strip() and second is None:
            second = text
    return second


def _verdict(checker: Checker, judged: JudgedCell, text: str) -> str:
    """The verdict on a new text for the models that the cell was judged for."""
    subject, models = judged.subject, judged.judgement.models
    if subject is not None and models:
        subject = subject._replace(models=models)
    return checker.spots.judgement(text, judged.spot, subject).verdict


def _home(
    checker: Checker, around: Surroundings, judged: JudgedCell, held: set[int]
) -> JudgedCell | None:
    """The empty cell of the table that a misplaced value is true of, where no other has it."""
    found = judged.judgement
    if found.cause not in {"other-column", "other-attribute", "other-generation"}:
        return None
    headed = judged.spot.headers[0].attribute
    if found.cause == "other-generation":
        # The generation it is true of has no cell here; an adjacent model may have one.
        there = [cell for cell in around.blank(headed) if _is_true(checker, judged, cell)]
    else:
        wanted = headed if found.cause == "other-column" else found.true_as
        there = around.of(found.true_of, wanted) if found.true_of else []
    if len(there) != 1 or there[0].filled or there[0].row in held:
        return None
    return there[0] if _is_true(checker, judged, there[0]) else None


def _is_true(checker: Checker, judged: JudgedCell, other: JudgedCell) -> bool:
    """Whether a cell's text is true in the place of another one."""
    return (
        checker.spots.judgement(judged.cell.text, other.spot, other.subject).verdict
        in TRUE_VERDICTS
    )
