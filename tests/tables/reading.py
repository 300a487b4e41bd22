"""What the tests of each format read: the texts of a table's cells, and the one table of a text."""

from __future__ import annotations

from llmnotes.tables import Table, read


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def only(text: str, format: str | None = None, name: str = "") -> Table:
    tables = [table for table in read(text, name, format) if table.kind == "table"]
    assert len(tables) == 1
    return tables[0]
