"""Expands merged cells into a grid."""

from __future__ import annotations

from collections.abc import Sequence

from llmnotes.tables.model import Table, TableCell

Grid = list[list[TableCell | None]]

_WIDEST = 2_000
"""Maximum number of columns that a merged cell is expanded to, against hostile spans."""


def grid(table: Table) -> Grid:
    """The table's rows with every merged cell repeated over its spans.

    A short row stays short; None marks a hole left by a merged cell.
    """
    hanging: dict[int, tuple[TableCell, int]] = {}
    rows: Grid = []
    for row in table.rows:
        laid: list[TableCell | None] = []
        cells = iter(row)
        for cell in cells:
            _hang(laid, hanging)
            for _ in range(min(cell.colspan, _WIDEST - len(laid))):
                if cell.rowspan > 1:
                    hanging[len(laid)] = (cell, cell.rowspan - 1)
                laid.append(cell)
        _hang(laid, hanging)
        rows.append(laid)
    return rows


def _hang(laid: list[TableCell | None], hanging: dict[int, tuple[TableCell, int]]) -> None:
    """Insert cells of earlier rows that span this row into the next free columns."""
    while (found := hanging.get(len(laid))) is not None:
        cell, left = found
        if left > 1:
            hanging[len(laid)] = (cell, left - 1)
        else:
            del hanging[len(laid)]
        laid.append(cell)


def text_of(row: Sequence[TableCell | None], index: int) -> str:
    """The text of a cell of a row; empty beyond its end."""
    cell = row[index] if index < len(row) else None
    return cell.text if cell is not None else ""


def spans_all(row: Sequence[TableCell | None]) -> bool:
    """Whether a row is one heading over all columns."""
    filled = {id(cell): cell for cell in row if cell is not None and cell.text.strip()}
    return len(filled) == 1 and (len(row) == 1 or row[0] in filled.values())
