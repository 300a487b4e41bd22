"""The report on checked files as a table with footnotes, for every format but the terminal's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llmnotes.escapes import one_line
from llmnotes.export.answer import Answer, AnswerTable, Cell, Row
from llmnotes.export.footnote import Footnote
from llmnotes.factcheck.judging.checked_table import CheckedTable
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.reporting.report import (
    Checked,
    as_json,
    reported,
    reported_entries,
    where,
)
from llmnotes.knowledge.sources import short_reference
from llmnotes.views.factcheck_report import counts

if TYPE_CHECKING:
    from llmnotes.factcheck.references import EntryFinding

COLUMNS = ("file", "line", "row", "column", "text", "verdict", "cause", "expected", "reason")


def factcheck_answer(
    files: Sequence[Checked], sources: list[dict[str, Any]], *, everything: bool = False
) -> Answer:
    """The reported cells as one table with footnotes, and all cells as JSON."""
    numbers = {source["id"]: number for number, source in enumerate(sources, start=1)}
    rows = [
        _row(file, checked, judged, numbers)
        for file in files
        for checked in file.tables
        for judged in reported(checked, everything)
    ]
    rows += [
        _entry(file, entry, numbers)
        for file in files
        for entry in reported_entries(file, everything)
    ]
    notes = [
        Footnote(numbers[source["id"]], short_reference(source), source["url"], source["id"])
        for source in sources
    ]
    columns = (*COLUMNS, "place") if any(file.rendition for file in files) else COLUMNS
    rows = [row if len(columns) > len(COLUMNS) else Row(row.cells[:-1]) for row in rows]
    table = AnswerTable(
        columns, rows, numeric=frozenset({1}), footnotes=notes, caption=counts(files)
    )
    return Answer([table], as_json(files, sources), records="tables")


def _entry(file: Checked, entry: EntryFinding, numbers: dict[str, int]) -> Row:
    texts = (
        file.name, str(entry.line), entry.key, entry.field, entry.text, entry.verdict, "",
        entry.expected, entry.reason, "",
    )  # fmt: skip
    cells = [Cell(one_line(text), text) for text in texts]
    notes = tuple(numbers[key] for key in entry.sources if key in numbers)
    cells[7] = Cell(one_line(entry.expected), entry.expected, notes)
    return Row(tuple(cells))


def _row(file: Checked, checked: CheckedTable, judged: JudgedCell, numbers: dict[str, int]) -> Row:
    found = judged.judgement
    label, column = where(checked, judged)
    texts = (
        file.name, str(file.line(judged.cell.place)), label, column, judged.cell.text, found.verdict,
        found.cause or "", found.expected, found.reason, file.where(judged.cell.place),
    )  # fmt: skip
    cells = [Cell(one_line(text), text) for text in texts]
    notes = tuple(numbers[key] for key in found.sources[:3] if key in numbers)
    cells[7] = Cell(one_line(found.expected), found.expected, notes)
    return Row(tuple(cells))
