"""HTML tables, well formed or not.

The tags are parsed here: the available parsers either do not report positions or, as the standard one, take
minutes for a text of unclosed tags. Implied end tags follow the HTML standard.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from llmnotes.pattern import late
from llmnotes.tables.inline import without_math
from llmnotes.tables.model import Table, TableCell
from llmnotes.tables.plain import squeeze, superscript
from llmnotes.tables.source import MOST_COLUMNS, SourceText, blanked

_LINE_TAGS = frozenset({"br", "p", "div", "li", "tr"})
_ASIDES = frozenset({"span", "small"})
_NOTE = late(
    r"class\s*=\s*[\"']?[\w\s-]{0,80}(?:note|caption|detail|hint|muted|subtext|secondary)", re.I
)
"""The class of a remark that a page sets below the words of its cell."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_UNREAD = late(
    r"<!--.*?(?:-->|\Z)|<(?P<tag>script|style|template|textarea|title)\b.*?(?:</(?P=tag)\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = late(
    r"""<(?P<shut>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]{0,30}+)
    (?P<attributes>(?:[^<>"']|"[^"]{0,2000}+"|'[^']{0,2000}+')*+)>""",
    re.VERBOSE,
)
_UNCLOSED = late(r"</[A-Za-z][A-Za-z0-9]{0,10}+\s{0,9}+(?=</)")
"""An end tag whose bracket is missing before another one: `</th</th>`."""
_SPAN = r"(?<![\w-]){}\s*=\s*[\"']?\s*(\d{{1,6}})"
_LARGEST_SPAN = 1000
_DEEPEST = 20


@dataclass
class _OpenCell:
    start: int
    header: bool
    colspan: int
    rowspan: int
    parts: list[str] = field(default_factory=list)


@dataclass
class _OpenTable:
    start: int
    rows: list[list[TableCell]] = field(default_factory=list)
    row: list[TableCell] | None = None
    cell: _OpenCell | None = None
    caption: list[str] | None = None
    heading: str = ""


def read(source: SourceText, covered: list[tuple[int, int]] | None = None) -> list[Table]:
    """The tables of an HTML text; `covered` stretches (code, other tables) are skipped.

    Raises `InputError` for a row of more columns than a table may have.
    """
    text = blanked(source.text, covered or [])
    text = blanked(text, [match.span() for match in _UNREAD.finditer(text)])
    text = blanked(text, [match.span() for match in _UNCLOSED.finditer(text)])
    reader = _TableParser(source)
    position = 0
    for match in _TAG.finditer(text):
        reader.words(text[position : match.start()])
        position = match.end()
        reader.at, reader.behind = match.span()
        if match["shut"]:
            reader.end_tag(match["name"].lower())
        else:
            reader.start_tag(match["name"].lower(), match["attributes"])
    reader.words(text[position:])
    return reader.finish()


class _TableParser:
    """Collects tables, cells and headings; `at` and `behind` are the offsets of the current tag."""

    def __init__(self, source: SourceText) -> None:
        self._source = source
        self.at = self.behind = 0
        self._open: list[_OpenTable] = []
        self._found: list[Table] = []
        self._headings: list[tuple[int, str]] = []
        self._into: list[str] | None = None
        self._level = 0
        self._raised: list[int] = []

    def start_tag(self, tag: str, attributes: str) -> None:
        """Open the element of a tag, closing the elements whose end it implies."""
        table = self._open[-1] if self._open else None
        if tag == "table" and len(self._open) < _DEEPEST:
            self._open.append(_OpenTable(self.at))
        elif tag in _HEADINGS and table is None:
            self._level, self._into = _HEADINGS[tag], []
        elif table is None:
            return
        elif tag in {"tr", "thead", "tbody", "tfoot"}:
            self._end_row(table)
            table.row = [] if tag == "tr" else None
        elif tag in {"td", "th"}:
            self._start_cell(table, tag, attributes)
        elif tag == "caption":
            table.caption = []
        elif tag in _LINE_TAGS or (tag in _ASIDES and _NOTE.search(attributes)):
            self._say("\n")
        elif tag == "sub":
            self._say("_")
        elif tag == "sup" and table.cell:
            self._raised.append(len(table.cell.parts))
        elif tag == "a" and self._raised and table.cell:
            table.cell.parts.insert(self._raised[-1], " ")  # a raised link leads to a note
            self._raised[-1] += 1

    def end_tag(self, tag: str) -> None:
        """Close the element of an end tag."""
        if tag in _HEADINGS and self._into is not None and not self._open:
            text = squeeze(" ".join("".join(self._into).split()))
            self._headings = [item for item in self._headings if item[0] < self._level]
            self._headings.append((self._level, text))
            self._into = None
        if not self._open:
            return
        table = self._open[-1]
        if tag == "table":
            self._end_table()
        elif tag in {"tr", "thead", "tbody", "tfoot"}:
            self._end_row(table)
        elif tag in {"td", "th"}:
            self._end_cell(table)
        elif tag == "caption" and table.caption is not None:
            table.heading, table.caption = squeeze("".join(table.caption)), None
        elif tag == "sup" and self._raised and table.cell:
            self._raise(table.cell, self._raised.pop())

    def words(self, text: str) -> None:
        """Add text to a cell, a caption or a heading."""
        if text and (self._open or self._into is not None):
            self._say(re.sub(r"\s+", " ", html.unescape(text)))

    def _say(self, words: str) -> None:
        table = self._open[-1] if self._open else None
        if table and table.caption is not None:
            table.caption.append(words)
        elif table and table.cell:
            table.cell.parts.append(words)
        elif self._into is not None:
            self._into.append(words)

    def _raise(self, cell: _OpenCell, since: int) -> None:
        """Convert a superscript into an exponent or a footnote mark."""
        before, text = "".join(cell.parts[:since]), "".join(cell.parts[since:]).strip()
        cell.parts[since:] = [superscript(before, text)]

    def _start_cell(self, table: _OpenTable, tag: str, attributes: str) -> None:
        self._end_cell(table)
        if table.row is None:
            table.row = []
        colspan, rowspan = _span(attributes, "colspan"), _span(attributes, "rowspan")
        table.cell = _OpenCell(self.behind, tag == "th", colspan, rowspan)
        self._raised = []

    def _end_cell(self, table: _OpenTable) -> None:
        cell = table.cell
        if cell is None:
            return
        table.cell, table.caption = None, None
        start, end = self._source.trimmed(cell.start, max(self.at, cell.start))
        if start == end:
            start = end = cell.start
        words = squeeze(without_math("".join(cell.parts)))
        assert table.row is not None
        if len(table.row) >= MOST_COLUMNS:
            raise self._source.refusal(start, f"a row of more than {MOST_COLUMNS:,} columns")
        table.row.append(
            self._source.cell(
                start, end, words, header=cell.header, colspan=cell.colspan, rowspan=cell.rowspan
            )
        )

    def _end_row(self, table: _OpenTable) -> None:
        self._end_cell(table)
        if table.row:
            table.rows.append(table.row)
        elif table.row is not None:
            _passed_by(table.rows)
        table.row = None

    def _end_table(self) -> None:
        table = self._open.pop()
        self._end_row(table)
        if table.rows:
            place = self._source.place(table.start, self.behind)
            headings = tuple(text for _, text in self._headings)
            self._found.append(Table("html", "table", place, table.rows, headings, table.heading))

    def finish(self) -> list[Table]:
        """The tables found, including unclosed ones."""
        self.at = self.behind = len(self._source.text)
        while self._open:
            self._end_table()
        return self._found


def _passed_by(rows: list[list[TableCell]]) -> None:
    """Shorten merged cells by a row that has no cells of its own."""
    for back, row in enumerate(reversed(rows[-_FARTHEST:]), 1):
        for position, cell in enumerate(row):
            if cell.rowspan > back:
                row[position] = cell._replace(rowspan=cell.rowspan - 1)


_FARTHEST = 50
"""Number of rows above an empty one whose merged cells are considered."""


def _span(attributes: str, name: str) -> int:
    digits = re.search(_SPAN.format(name), attributes, re.IGNORECASE)
    return min(max(int(digits[1]), 1), _LARGEST_SPAN) if digits else 1
