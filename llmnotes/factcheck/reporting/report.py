"""The findings in files as plain data: the JSON shape, and rows for every other format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from llmnotes.factcheck.judging.check import Checker
from llmnotes.factcheck.judging.checked_table import CheckedTable
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import PASSED_OVER
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS, VERDICTS
from llmnotes.tables import read
from llmnotes.tables.model import Place

if TYPE_CHECKING:
    from llmnotes.documents.rendition import Rendition
    from llmnotes.factcheck.references import EntryFinding

QUIET = TRUE_VERDICTS - {"misspelt", "disputed"} | {"blank", "unsupported"}
"""Verdicts omitted from reports for people unless all cells are requested."""


@dataclass(slots=True)
class Checked:
    """A file with its tables that have something to report.

    `found` is the number of all tables, `understood` of those with models and attributes.
    """

    name: str
    text: str
    tables: list[CheckedTable] = field(default_factory=list)
    ignored: int = 0
    found: int = 0
    understood: int = 0
    rendition: Rendition | None = None
    entries: list[EntryFinding] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """The line of the file for a place of the text."""
        return self.rendition.origin(place).line if self.rendition else place.line

    def where(self, place: Place) -> str:
        """The file's own name of a place besides its line: a sheet and cell, a page; else empty."""
        return self.rendition.origin(place).at(place.column) if self.rendition else ""

    @property
    def passed_over(self) -> int:
        """The number of cells skipped because the file is too large."""
        return sum(
            judged.judgement.cause == PASSED_OVER
            for table in self.tables
            for judged in table.judged_cells
        )


def check_text(
    checker: Checker,
    name: str,
    text: str,
    *,
    heed: bool = True,
    rendition: Rendition | None = None,
) -> Checked:
    """A file's text with its tables checked; `heed` honours its ignore comments.

    `rendition` has the origins of the lines of a document, which is then Markdown. For a bibliography the
    entries are checked.
    """
    if name.lower().endswith(".bib"):
        return _check_entries(checker, name, text)
    tables = read(text, name, "markdown" if rendition else None)
    understood = checker.check_all(tables)
    file = Checked(name, text, [one for one in understood if one.speaks], rendition=rendition)
    file.found, file.understood = len(tables), len(understood)
    if heed and "llmnotes-ignore" in text:
        from llmnotes.factcheck.reporting.ignore import apply, comments

        rules = comments(text)
        file.ignored = sum(apply(one, rules) for one in file.tables)
    return file


def _check_entries(checker: Checker, name: str, text: str) -> Checked:
    from llmnotes.documents.bibtex import read_entries
    from llmnotes.factcheck.references import KnownPapers

    entries = read_entries(text, name)
    found = list(KnownPapers(checker.base.connection).check(entries))
    understood = sum(entry.verdict != "unsupported" for entry in found)
    return Checked(name, text, found=len(entries), understood=understood, entries=found)


def summary(files: Iterable[Checked]) -> dict[str, int]:
    """The number of cells of all files by verdict, zeros included."""
    counted = Counter[str]()
    for file in files:
        counted.update(one.judgement.verdict for table in file.tables for one in table.judged_cells)
        counted.update(entry.verdict for entry in file.entries)
    return {name: counted[name] for name in VERDICTS}


def failing(files: Iterable[Checked], verdicts: Iterable[str]) -> int:
    """The number of cells with one of the verdicts for exit code 1."""
    counted = summary(files)
    return sum(counted[name] for name in set(verdicts))


def used_sources(files: Iterable[Checked]) -> list[str]:
    """Ids of the sources of the expected values of the reported cells and fields."""
    used: dict[str, None] = {}
    for file in files:
        for table in file.tables:
            for judged in table.judged_cells:
                if judged.judgement.verdict not in QUIET:
                    used.update(dict.fromkeys(judged.judgement.sources))
        for entry in reported_entries(file, everything=False):
            used.update(dict.fromkeys(entry.sources))
    return list(used)


def as_json(files: Sequence[Checked], sources: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The stable JSON shape of `factcheck`."""
    return {
        "tables": [_table_json(file, table) for file in files for table in file.tables],
        "entries": [
            {"file": file.name, **entry._asdict(), "sources": list(entry.sources)}
            for file in files
            for entry in file.entries
        ],
        "summary": summary(files),
        "sources": list(sources),
    }


def _table_json(file: Checked, checked: CheckedTable) -> dict[str, Any]:
    return {
        "file": file.name,
        "line": file.line(checked.table.place),
        "place": file.where(checked.table.place) or None,
        "orientation": checked.layout.orientation,
        "taken": checked.layout.taken or None,
        "unread": checked.layout.unread,
        "formulas": checked.layout.formulas,
        "rows": [
            {
                "row": finding.row,
                "label": finding.label.strip(),
                "finding": finding.finding,
                "cause": finding.cause,
                "text": finding.text,
            }
            for finding in checked.findings
        ],
        "columns": [
            {
                "header": column.header,
                "attribute": column.attribute,
                "misread": column.misread,
                "text": column.text,
            }
            for column in checked.columns
        ],
        "cells": [cell_json(file, judged) for judged in checked.judged_cells],
        "summary": checked.summary,
    }


def cell_json(file: Checked, judged: JudgedCell) -> dict[str, Any]:
    """One judged cell; rows and columns count from 0, the header row included."""
    found, place = judged.judgement, judged.cell.place
    return {
        "row": judged.row,
        "column": judged.column,
        "line": file.line(place),
        "place": file.where(place) or None,
        "text": judged.cell.text,
        "model": judged.subject.id if judged.subject else None,
        "name": judged.spot.name.strip(),
        "attribute": judged.spot.headers[0].attribute,
        "judged_as": found.attribute,
        "verdict": found.verdict,
        "cause": found.cause,
        "expected": found.expected or None,
        "reason": found.reason or None,
        "sources": found.sources,
    }


def reported(checked: CheckedTable, everything: bool) -> list[JudgedCell]:
    """The cells that a report shows, row by row; of a column with the wrong header only the first."""
    repeated = {
        id(judged)
        for column in checked.columns
        if not everything and not column.misread
        for judged in column.cells[1:]
    }
    return [
        judged
        for judged in checked.judged_cells
        if everything or (judged.judgement.verdict not in QUIET and id(judged) not in repeated)
    ]


def reported_entries(file: Checked, everything: bool) -> list[EntryFinding]:
    """The fields of a bibliography that a report shows."""
    return [entry for entry in file.entries if everything or entry.verdict not in QUIET]


def where(checked: CheckedTable, judged: JudgedCell) -> tuple[str, str]:
    """The names of a cell's row and column."""
    label = checked.layout.labels.get(judged.row, "")
    if checked.layout.orientation.endswith("columns"):
        return label, judged.spot.name.strip()
    return label, judged.spot.headers[0].text.strip()
