"""Transposes tables, or splits them into several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from llmnotes.export.answer import AnswerTable, Cell, Row


def transposed(table: AnswerTable) -> AnswerTable:
    """A row for each column but the first; headings are dropped, marks stay with their row's name."""
    columns = (_corner(table), *(_named(row.cells[0]) for row in table.rows))
    rows = [
        Row((Cell(_detailed(table, column)), *(row.cells[column] for row in table.rows)))
        for column in range(1, len(table.columns))
    ]
    return table._replace(columns=columns, rows=rows, details=(), numeric=frozenset())


def stacked(table: AnswerTable) -> AnswerTable:
    """Every row as a group of its own with a line for each column: the narrowest form."""
    rows = (
        list(_group("Sizes", table, list(map(Cell, table.details)))) if any(table.details) else []
    )
    for row in table.rows:
        rows += _group(_named(row.cells[0]), table, row.cells)
    columns = (_corner(table), "Value")
    return table._replace(columns=columns, rows=rows, details=(), numeric=frozenset())


def _group(heading: str, table: AnswerTable, cells: Sequence[Cell]) -> Iterator[Row]:
    """A line for each column under a heading; columns without a text are left out."""
    first: str | None = heading
    for name, cell in zip(table.columns[1:], cells[1:], strict=True):
        if cell.text:
            yield Row((Cell(name), cell), first)
            first = None


def in_columns(table: AnswerTable, most: int) -> Iterator[AnswerTable]:
    """The table in parts of the first column and at most `most` others each."""
    count = len(table.columns)
    for start in range(1, max(count, 2), most):
        yield with_columns(table, [0, *range(start, min(start + most, count))])


def with_columns(table: AnswerTable, chosen: Sequence[int]) -> AnswerTable:
    """The table with only these columns and their notes."""
    rows = [Row(tuple(row.cells[index] for index in chosen), row.heading) for row in table.rows]
    used = {number for row in rows for cell in row.cells for number in cell.notes}
    return table._replace(
        columns=tuple(table.columns[index] for index in chosen),
        rows=rows,
        details=tuple(table.details[index] for index in chosen) if table.details else (),
        numeric=frozenset(chosen.index(index) for index in table.numeric if index in chosen),
        footnotes=[note for note in table.footnotes if note.number in used],
    )


def _corner(table: AnswerTable) -> str:
    return "Model" if table.columns[0] == "Attribute" else table.columns[0]


def _named(cell: Cell) -> str:
    return f"{cell.text} {cell.mark}" if cell.mark else cell.text


def _detailed(table: AnswerTable, column: int) -> str:
    name, detail = table.columns[column], table.details[column] if table.details else ""
    return f"{name} ({detail})" if detail else name
