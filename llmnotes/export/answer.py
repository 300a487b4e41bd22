"""The input of all formats: tables of cells for people, and the same as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from llmnotes.export.footnote import Footnote

if TYPE_CHECKING:
    from llmnotes.export.page import Page
    from llmnotes.export.typesetting import Typesetting


class Cell(NamedTuple):
    """One cell: its text, the value behind it for raw formats, and its footnote numbers.

    `mark` follows a row's first cell and says how its other cells compare; `short` is a shorter text for a
    terminal.
    """

    text: str
    raw: Any = None
    notes: tuple[int, ...] = ()
    mark: str = ""
    short: str = ""


class Row(NamedTuple):
    """One row; `heading` opens a new group above it."""

    cells: tuple[Cell, ...]
    heading: str | None = None


class LaterRows(Sequence[Row]):
    """Rows of records, each made when it is asked for, and not kept: there may be many.

    JSON needs none of them, and delimited formats one at a time.
    """

    def __init__(self, records: Sequence[Any], make: Callable[[Any], Row]) -> None:
        self._records, self._make = records, make

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        found = self._records[index]
        return (
            [self._make(record) for record in found]
            if isinstance(index, slice)
            else self._make(found)
        )

    def __iter__(self) -> Iterator[Row]:
        return map(self._make, self._records)

    def __len__(self) -> int:
        return len(self._records)


class AnswerTable(NamedTuple):
    """Rows under columns; `details` are printed below a column's name, `numeric` columns align right."""

    columns: tuple[str, ...]
    rows: Sequence[Row]
    details: tuple[str, ...] = ()
    numeric: frozenset[int] = frozenset()
    footnotes: Sequence[Footnote] = ()
    caption: str = ""
    raw: bool = False
    """Whether delimited formats print the cells' values instead of their texts."""
    aside: bool = False
    """Whether it only annotates the first table, so that delimited formats leave it out."""
    turnable: bool = False
    """Whether it may be transposed where the columns do not fit."""
    dispensable: tuple[str, ...] = ()
    """Columns that a long table leaves out on a terminal too narrow for all, the first of these first."""
    typesetting: Typesetting | None = None


class Answer(NamedTuple):
    """The tables of an answer and its data; `records` names the list that JSON Lines prints.

    Where there are `pages`, the formats for people (table, markdown, latex, html) show them instead of the
    tables.
    """

    tables: list[AnswerTable]
    data: Any
    records: str | None = None
    pages: Sequence[Page] = ()


def is_list(value: Any) -> bool:
    """Whether data is a list, or records that are read as they are written."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def simple_table(
    columns: tuple[str, ...],
    rows: list[tuple[Any, ...]],
    caption: str = "",
    dispensable: tuple[str, ...] = (),
) -> AnswerTable:
    """A table of plain values, printed raw in delimited formats."""
    numeric = frozenset(
        index
        for index in range(len(columns))
        if rows and all(isinstance(row[index], int | float | None) for row in rows)
    )
    cells = [
        Row(tuple(Cell("" if value is None else str(value), value) for value in row))
        for row in rows
    ]
    return AnswerTable(
        columns, cells, numeric=numeric, caption=caption, raw=True, dispensable=dispensable
    )
