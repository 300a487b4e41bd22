"""A table in a file: cells with their positions, rows as long as written."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A position in a text: line and column count from 1, `start` and `end` are offsets."""

    line: int
    column: int
    start: int
    end: int


class TableCell(NamedTuple):
    """One cell: its plain text without markup, its source text, and its position.

    `text` keeps explicit line breaks (`<br>`). `marks` are the footnote marks and citations at its end
    (`*`, `†`, `[3]`, `(Rae et al., 2021)`), which `text` omits.
    """

    text: str
    raw: str
    place: Place
    header: bool = False
    colspan: int = 1
    rowspan: int = 1
    marks: tuple[str, ...] = ()

    @property
    def core(self) -> Place:
        """The place of the text alone, so that writing there keeps bold, links and footnotes.

        The place of the whole cell where the text differs from the source.
        """
        inside = self.raw.find(self.text) if self.text else -1
        if inside < 0 or "\n" in self.raw[:inside]:
            return self.place
        start = self.place.start + inside
        return Place(self.place.line, self.place.column + inside, start, start + len(self.text))


class Table(NamedTuple):
    """A table: rows as written (a ragged row stays ragged), and its context.

    `headings` are the headings above it, outermost first; `caption` is its caption or the line that
    introduces it; `notes` are the footnotes below it. A list of facts under a heading that names a model is
    a table of kind `facts`: each row is a key and a value, or one cell where they cannot be separated.
    """

    format: str
    kind: str
    place: Place
    rows: list[list[TableCell]]
    headings: tuple[str, ...] = ()
    caption: str = ""
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Columns of the widest row, spans counted."""
        return max((sum(cell.colspan for cell in row) for row in self.rows), default=0)
