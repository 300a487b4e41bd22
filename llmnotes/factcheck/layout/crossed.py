"""Tables of models by two of their sizes: `L=2` beside the rows, `H=128` above the columns, names between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from llmnotes.factcheck.layout.grid import Grid, text_of
from llmnotes.factcheck.layout.headers import Header, read_header
from llmnotes.factcheck.layout.lines import Layout, Line, Spot
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late
from llmnotes.tables.model import Table, TableCell

_FEWEST = 2
"""Rows and columns of such a table."""
_IN_BRACKETS = late(r"[(（]([^()（）]{2,60})[)）]")
_FIRST_WORD = late(r"[^\W\d_]{2,30}")


def crossed(table: Table, count: int, heads: Grid, body: Grid, names: Names) -> Layout | None:
    """The layout of such a table, in which each cell has two facts; None for any other table."""
    width = max((len(row) for row in heads), default=0)
    above = [_given(text_of(heads[-1], index)) for index in range(1, width)] if heads else []
    beside = [_given(text_of(row, 0)) for row in body]
    if not (_same(above) and _same(beside)) or above[0].attribute == beside[0].attribute:
        return None
    layout = Layout(table, "crossed")
    line = _line(body, names)
    for number, (row, side) in enumerate(zip(body, beside, strict=True), start=count):
        for index, (cell, top) in enumerate(zip(row[1:], above, strict=False), start=1):
            if cell is None or not cell.text.strip():
                continue
            subject = _subject(cell.text, line, side.text, top.text, names)
            layout.lines.append(_both(number, index, cell, subject, (side, top)))
    return layout if any(spot.subject for one in layout.lines for spot in one.spots) else None


def _given(text: str) -> Header:
    return read_header(text)._replace(text=text)


def _same(headers: Sequence[Header]) -> bool:
    """Whether all headers give a value of one attribute."""
    attributes = {header.attribute if header.given else None for header in headers}
    return len(headers) >= _FEWEST and len(attributes) == 1 and None not in attributes


def _both(
    number: int,
    index: int,
    cell: TableCell,
    subject: TableSubject | None,
    given: tuple[Header, ...],
) -> Line:
    """A line of the two values that stand beside and above a cell."""
    spots = [Spot(subject, cell.text, (one._replace(given=""),), index) for one in given]
    return Line(number, given[0].text, [cell._replace(text=one.given) for one in given], spots)


def _line(body: Grid, names: Names) -> str:
    """The first word of the first name among the cells: that of the line, `BERT`."""
    for text in _named(body):
        if names.find(text) is not None and (word := _FIRST_WORD.match(text)):
            return word[0]
    return ""


def _named(body: Grid) -> Iterator[str]:
    for row in body:
        for cell in row[1:]:
            if cell is not None:
                yield from _names_in(cell.text)


def _names_in(text: str) -> list[str]:
    return [*_IN_BRACKETS.findall(text), re.split(r"[(（]", text)[0].strip()]


def _subject(text: str, line: str, side: str, top: str, names: Names) -> TableSubject | None:
    """The model of a cell: by the name in it, else by its two sizes behind the name of the line."""
    for name in (*_names_in(text), f"{line} {side} {top}", f"{line} {top} {side}"):
        if len(name) > _LONGEST_OF_NONE and (found := names.find(name)) is not None:
            return found
    return None


_LONGEST_OF_NONE = 3
"""Characters of a cell that are no name."""
