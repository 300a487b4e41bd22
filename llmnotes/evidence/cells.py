"""The cells of a comma-separated list: `Meena, Parameters` is that column in the row that begins so.

Several columns of a row are named one after another: `Meena, Parameters, Notes`.
"""

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
    """The place that a locator names and its text, which is None where the row lacks a column of it.

    None where the locator does not begin with a row and a comma.
    """
    for start in range(len(locator), 0, -1):
        if locator[start : start + 2] == ", " and locator[:start] in rows:
            return locator, _text(locator[start + 2 :], rows[locator[:start]])
    return None


def _text(columns: str, row: dict[str, str]) -> str | None:
    """The cells of a row in these columns, a line each; None where it lacks one.

    A column may have commas in its own name: the longest name that the row has is taken first.
    """
    if columns in row:
        return row[columns]
    for end in range(len(columns), 0, -1):
        if columns[end : end + 2] == ", " and columns[:end] in row:
            rest = _text(columns[end + 2 :], row)
            return None if rest is None else f"{row[columns[:end]]}\n{rest}"
    return None
