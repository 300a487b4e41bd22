"""A non-text document rendered as Markdown, with the origin of each line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from llmnotes.errors import InputError
from llmnotes.tables.model import Place
from llmnotes.tables.source import LARGEST_FILE, MOST_COLUMNS


class LineOrigin(NamedTuple):
    """The origin of a line: its line of the file, where there are lines, and its place in words.

    `addresses` name cells of the line: the first column, and the file's name of the place.
    """

    line: int
    where: str
    addresses: tuple[tuple[int, str], ...] = ()

    def at(self, column: int) -> str:
        """The place of a column of the line, in words."""
        before = bisect_right(self.addresses, column, key=lambda entry: entry[0])
        return f"{self.where}{self.addresses[before - 1][1]}" if before else self.where


class RenderedCell(NamedTuple):
    """A cell to render: its text, its address in the file, its spans."""

    text: str
    address: str = ""
    colspan: int = 1
    rowspan: int = 1


class Rendition:
    """Lines of Markdown with their origins, added line by line and table by table."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: list[str] = []
        self._size = 0
        self.origins: list[LineOrigin] = []

    @property
    def text(self) -> str:
        """All lines."""
        return "".join(f"{line}\n" for line in self._lines)

    def origin(self, place: Place) -> LineOrigin:
        """The origin of a place in the text."""
        return self.origins[min(place.line, len(self.origins)) - 1]

    def add(self, line: str, origin: LineOrigin) -> None:
        """Add one line; raises `InputError` where the text exceeds the file size limit."""
        self._size += len(line) + 1
        if self._size > LARGEST_FILE:
            raise InputError(
                f"{self._name} holds more than {LARGEST_FILE >> 20} MiB of text; give the tables alone"
            )
        self._lines.append(_one_line(line))
        self.origins.append(origin)

    def paragraph(self, text: str, origin: LineOrigin) -> None:
        """Add lines as a paragraph, followed by a blank line."""
        for line in text.splitlines():
            self.add(line, origin)
        self.add("", origin)

    def heading(self, text: str, level: int, origin: LineOrigin) -> None:
        """Add a heading of level 1 to 6."""
        if words := " ".join(text.split()):
            self.paragraph("#" * min(max(level, 1), 6) + " " + plain_words(words), origin)

    def table(self, rows: Sequence[Sequence[RenderedCell]], origins: Sequence[LineOrigin]) -> None:
        """Add a table: with pipes where no cell spans others, else in HTML.

        Raises `InputError` for a row of more columns than a table may have.
        """
        if any(len(row) > MOST_COLUMNS for row in rows):
            raise InputError(f"{self._name}: a row of more than {MOST_COLUMNS:,} columns")
        spanned = any(cell.colspan > 1 or cell.rowspan > 1 for row in rows for cell in row)
        if spanned:
            self.add("<table>", origins[0])
        for number, (row, origin) in enumerate(zip(rows, origins, strict=True)):
            line, addresses = (_html if spanned else _pipes)(row)
            self.add(line, origin._replace(addresses=tuple(addresses)))
            if number == 0 and not spanned:
                self.add("|" + "---|" * max(len(row), 1), origin)
        self.paragraph("</table>" if spanned else "", origins[-1])


def _pipes(row: Sequence[RenderedCell]) -> tuple[str, list[tuple[int, str]]]:
    line, addresses = "|", []
    for cell in row:
        addresses.append((len(line) + 1, cell.address))
        line += f" {_words(cell.text)} |"
    return line, [entry for entry in addresses if entry[1]]


def _html(row: Sequence[RenderedCell]) -> tuple[str, list[tuple[int, str]]]:
    from llmnotes.escapes import html

    line, addresses = "<tr>", []
    for cell in row:
        addresses.append((len(line) + 1, cell.address))
        spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        line += f"<td{spans}>{html(_one_line(cell.text), quoted=False)}</td>"
    return f"{line}</tr>", [entry for entry in addresses if entry[1]]


def _words(text: str) -> str:
    """A cell's text escaped for Markdown, so that it neither ends the cell nor is markup."""
    from llmnotes.escapes import markdown_cell

    return markdown_cell(_one_line(text))


def plain_words(text: str) -> str:
    """Lines without markup: neither Markdown nor tags."""
    from llmnotes.escapes import markdown_block

    return "\n".join(markdown_block(line).replace("\\<", "&lt;") for line in text.splitlines())


def _one_line(text: str) -> str:
    """A text without line separators and characters that some readers ignore."""
    return "".join(char if char.isprintable() or char == "\t" else " " for char in text)
