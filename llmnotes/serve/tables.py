"""Checks a pasted or uploaded table against the base."""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple

from llmnotes.errors import InputError

LARGEST = 2_000_000
"""Size limit of a table in bytes."""


class CheckedCell(NamedTuple):
    """One cell as the page shows it."""

    line: int | None
    row: str
    column: str
    text: str
    verdict: str
    reason: str


class CheckedPage(NamedTuple):
    """The result of checking a text."""

    says: str
    cells: list[CheckedCell]


def factcheck(connection: sqlite3.Connection, text: str, name: str) -> dict[str, Any]:
    """The JSON answer of `factcheck` for one text; raises `InputError` where it has no table."""
    from llmnotes.factcheck.judging.check import Checker
    from llmnotes.factcheck.reporting.report import Checked, used_sources
    from llmnotes.knowledge.sources import sources
    from llmnotes.tables import read
    from llmnotes.views.factcheck import factcheck_answer

    checker = Checker(connection)
    tables = read(text, name)
    if not tables:
        raise InputError("no table was found; paste Markdown, CSV, TSV, LaTeX or HTML")
    file = Checked(name, text, [one for one in checker.check_all(tables) if one.speaks])
    if not file.tables:
        raise InputError("no table names a model that the base knows and an attribute of it")
    used = sources(connection, used_sources([file]))
    found: dict[str, Any] = factcheck_answer([file], used, everything=True).data
    return found


def page_of(found: dict[str, Any]) -> CheckedPage:
    """The cells of an answer, those with findings first."""
    cells = [
        CheckedCell(
            cell.get("line"), str(cell["row"]), str(cell["column"]), cell["text"], cell["verdict"],
            cell["reason"] or "",
        )
        for table in found["tables"]
        for cell in table["cells"]
    ]  # fmt: skip
    counts = ", ".join(f"{count} {verdict}" for verdict, count in found["summary"].items() if count)
    return CheckedPage(counts or "Nothing was judged", sorted(cells, key=_gravity))


_QUIET = ("agrees", "agrees-normalised", "blank", "unsupported")


def _gravity(cell: CheckedCell) -> int:
    return _QUIET.index(cell.verdict) + 1 if cell.verdict in _QUIET else 0
