"""The cells of a comma-separated list: `Meena, Parameters` is that column in the row that begins so."""

from __future__ import annotations

import csv
import io
import sys

Rows = dict[str, dict[str, str]]
"""The cells of each row by column, under the row's first cell."""


def rows_of(text: str) -> Rows:
    """The rows of a comma-separated text with a line of headers; the first of two that begin alike."""
    csv.field_size_limit(sys.maxsize)
    found: Rows = {}
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
        cells = {column: cell for column, cell in row.items() if isinstance(cell, str) and column}
        if cells:
            found.setdefault(next(iter(cells.values())).strip(), cells)
    return found


def cell(locator: str, rows: Rows) -> tuple[str, str | None] | None:
    """The place that a locator names and its text, which is None where the row has no such column.

    None where the locator does not begin with a row and a comma.
    """
    for start in range(len(locator), 0, -1):
        if locator[start : start + 2] == ", " and locator[:start] in rows:
            column = locator[start + 2 :]
            return locator, rows[locator[:start]].get(column)
    return None
