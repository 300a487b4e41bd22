"""What was found in the files, as plain data: the JSON shape, and rows for every other format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from llmnotes.factcheck.judging.check import CheckedTable, Checker
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import PASSED_OVER
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS, VERDICTS
from llmnotes.tables import read

QUIET = TRUE_VERDICTS - {"misspelt", "disputed"} | {"blank", "unsupported"}
"""Verdicts that reports for people leave out unless all cells are asked for."""


@dataclass(slots=True)
class Checked:
    """A file with those of its tables that something can be said of.

    `found` and `understood` count all tables, and those that speak of models and attributes.
    """

    name: str
    text: str
    tables: list[CheckedTable] = field(default_factory=list)
    ignored: int = 0
    found: int = 0
    understood: int = 0

    @property
    def passed_over(self) -> int:
        """How many cells were not looked at, as the file holds too much."""
        return sum(
            judged.judgement.cause == PASSED_OVER
            for table in self.tables
            for judged in table.judged_cells
        )


def check_text(checker: Checker, name: str, text: str, *, heed: bool = True) -> Checked:
    """A file's text with its tables judged; `heed` keeps out what its comments say to ignore."""
    tables = read(text, name)
    understood = checker.check_all(tables)
    file = Checked(name, text, [one for one in understood if one.speaks])
    file.found, file.understood = len(tables), len(understood)
    if heed and "llmnotes-ignore" in text:
        from llmnotes.factcheck.reporting.ignore import apply, comments

        rules = comments(text)
        file.ignored = sum(apply(one, rules) for one in file.tables)
    return file


def summary(files: Iterable[Checked]) -> dict[str, int]:
    """How many cells of all files got each verdict; every verdict is there."""
    counted = Counter(
        judged.judgement.verdict
        for file in files
        for table in file.tables
        for judged in table.judged_cells
    )
    return {name: counted[name] for name in VERDICTS}


def failing(files: Iterable[Checked], verdicts: Iterable[str]) -> int:
    """How many cells have one of the verdicts that end the command with 1."""
    counted = summary(files)
    return sum(counted[name] for name in set(verdicts))


def used_sources(files: Iterable[Checked]) -> list[str]:
    """Ids of the sources of the values that were expected of the cells reported."""
    return list(
        dict.fromkeys(
            source
            for file in files
            for table in file.tables
            for judged in table.judged_cells
            if judged.judgement.verdict not in QUIET
            for source in judged.judgement.sources
        )
    )


def as_json(files: Sequence[Checked], sources: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The stable JSON shape of `factcheck`."""
    return {
        "tables": [_table_json(file.name, table) for file in files for table in file.tables],
        "summary": summary(files),
        "sources": list(sources),
    }


def _table_json(name: str, checked: CheckedTable) -> dict[str, Any]:
    return {
        "file": name,
        "line": checked.table.place.line,
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
        "cells": [cell_json(judged) for judged in checked.judged_cells],
        "summary": checked.summary,
    }


def cell_json(judged: JudgedCell) -> dict[str, Any]:
    """One judged cell; rows and columns count from 0, the header row included."""
    found, place = judged.judgement, judged.cell.place
    return {
        "row": judged.row,
        "column": judged.column,
        "line": place.line,
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
    """The cells a report shows, row by row; of a column with the wrong header the first alone."""
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


def where(checked: CheckedTable, judged: JudgedCell) -> tuple[str, str]:
    """What the row and the column of a cell are called."""
    label = checked.layout.labels.get(judged.row, "")
    if checked.layout.orientation.endswith("columns"):
        return label, judged.spot.name.strip()
    return label, judged.spot.headers[0].text.strip()
