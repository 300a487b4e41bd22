"""Tables for a pipe or a file: aligned, uncoloured, uncut, and fast to write.

Prose cells wrap; values that a script may search for stay on one line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from llmnotes.escapes import one_line
from llmnotes.export.answer import Answer, AnswerTable, Cell
from llmnotes.export.footnote import footnote_text

PROSE_WIDTH = 72
"""Width in columns after which a prose cell wraps."""


def render(answer: Answer) -> str:
    """Every table with its notes below it."""
    return "\n".join("\n".join(_lines(table)) + "\n" for table in answer.tables)


def _lines(table: AnswerTable) -> Iterator[str]:
    if table.caption:
        yield one_line(table.caption)
    header = [[one_line(name)] for name in table.columns]
    if any(table.details):
        for lines, detail in zip(header, table.details, strict=True):
            lines.append(one_line(detail))
    body = [
        [_cell(cell, number, table.raw) for number, cell in enumerate(row.cells)]
        for row in table.rows
    ]
    widths = [
        max(_width(line) for row in [header, *body] for line in row[column])
        for column in range(len(header))
    ]
    yield from _row(header, widths, table.numeric)
    yield "─" * (sum(widths) + 2 * (len(widths) - 1))
    for number, (row, cells) in enumerate(zip(table.rows, body, strict=True)):
        if row.heading:
            if number:
                yield ""
            yield one_line(row.heading)
        yield from _row(cells, widths, table.numeric)
    if table.footnotes:
        yield ""
        for note in table.footnotes:
            yield f"[{note.number}] {footnote_text(note)}"


def _cell(cell: Cell, column: int, raw: bool) -> list[str]:
    text = one_line(cell.text)
    if cell.mark and not column:
        text += f" {cell.mark}"
    if cell.notes:
        text += f" [{','.join(map(str, cell.notes))}]"
    return [text] if raw or len(text) <= PROSE_WIDTH else list(_wrapped(text))


def _wrapped(text: str) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > PROSE_WIDTH:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _row(cells: list[list[str]], widths: list[int], numeric: frozenset[int]) -> Iterator[str]:
    for number in range(max(map(len, cells))):
        parts = []
        for column, lines in enumerate(cells):
            text = lines[number] if number < len(lines) else ""
            blank = " " * (widths[column] - _width(text))
            parts.append(blank + text if column in numeric else text + blank)
        yield "  ".join(parts).rstrip()


def _width(text: str) -> int:
    """The display width of a text: wide characters take two columns, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


@cache
def _columns(char: str) -> int:
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return int(not unicodedata.combining(char))
