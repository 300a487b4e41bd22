"""Tables with aligned columns only, as in text extracted from a PDF or printed by a program.

Words separated by single blanks are one cell; a table is a run of lines with vertically aligned cells. A
line with fewer cells has blanks where the others have words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from llmnotes.pattern import late
from llmnotes.tables.model import Table, TableCell
from llmnotes.tables.source import SourceText

_WORDS = late(r"\S+(?: \S+)*")
_RULE = late(r"[\s\-=_—─━+|]*")
_MOST_WORDS = 60
_FEWEST_ROWS = 2


class AlignedRow(NamedTuple):
    """One line of a table: its number in the text, and its cells from left to right.

    `spans` are the columns at which each cell begins and ends; a blank one has those of its column.
    """

    line: int
    words: list[str]
    spans: list[tuple[int, int]]


def read(source: SourceText) -> list[Table]:
    """The aligned tables of a text, each with the line above it as its caption."""
    found, before = list[Table](), ""
    for item in blocks(source.text):
        if isinstance(item, PlainLine):
            before = item.text.strip() or before
            continue
        rows = [
            [_cell(source, row.line, *span, header=number == 0) for span in row.spans]
            for number, row in enumerate(item.rows)
        ]
        place = source.place(rows[0][0].place.start, rows[-1][-1].place.end)
        found.append(Table("text", "table", place, rows, (), before))
        before = ""
    return found


def _cell(source: SourceText, line: int, first: int, last: int, *, header: bool) -> TableCell:
    begin = source.line_start(line)
    end = min(begin + last, max(source.line_start(line + 1) - 1, begin))
    start = min(begin + first, end)
    return source.cell(start, end, source.text[start:end], header=header)


class AlignedTable(NamedTuple):
    """A table in the text."""

    rows: list[AlignedRow]


class PlainLine(NamedTuple):
    """A line outside of tables."""

    line: int
    text: str


class _Span(NamedTuple):
    start: int
    end: int
    text: str


def blocks(text: str) -> Iterator[AlignedTable | PlainLine]:
    """The lines of a text in order, with those of a table grouped."""
    run: list[tuple[int, list[_Span]]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        spans = [_Span(*match.span(), match[0]) for match in _WORDS.finditer(line)]
        if 2 <= len(spans) <= _MOST_WORDS and not _RULE.fullmatch(line):
            run.append((number, spans))
        elif run and (_RULE.fullmatch(line) and line.strip()):
            continue  # a rule between the rows of a table
        else:
            yield from _run(run)
            run = []
            yield PlainLine(number, line)
    yield from _run(run)


def _run(run: list[tuple[int, list[_Span]]]) -> Iterator[AlignedTable | PlainLine]:
    columns = _columns(run) if len(run) >= _FEWEST_ROWS else []
    if len(columns) < 2:
        for number, spans in run:
            yield PlainLine(number, "  ".join(span.text for span in spans))
        return
    rows = []
    for number, spans in run:
        words = [""] * len(columns)
        places = [(first, first) for first, _ in columns]
        for span in spans:
            at = min(range(len(columns)), key=lambda i: _apart(span, columns[i]))
            places[at] = (places[at][0] if words[at] else span.start, span.end)
            words[at] = f"{words[at]} {span.text}".strip()
        rows.append(AlignedRow(number, words, places))
    yield AlignedTable(rows)


def _apart(span: _Span, column: tuple[int, int]) -> int:
    """The distance of words from a column; 0 where they overlap. The nearest column is theirs."""
    return max(column[0] - span.end + 1, span.start - column[1] + 1, 0)


def _columns(run: list[tuple[int, list[_Span]]]) -> list[tuple[int, int]]:
    """The columns of a table: stretches with words, separated by blanks in nearly all rows.

    In a table of at least five rows one in five may span several columns, as a heading does.
    """
    width = max(span.end for _, spans in run for span in spans)
    changes = [0] * (width + 2)
    for _, spans in run:
        for span in spans:
            changes[span.start] += 1
            changes[span.end] -= 1
    few, found, begun, depth = len(run) // 5, list[tuple[int, int]](), -1, 0
    for position, change in enumerate(changes):
        depth += change
        if depth > few and begun < 0:
            begun = position
        elif depth <= few and begun >= 0:
            found.append((begun, position))
            begun = -1
    return found
