"""Pipe tables and fact lists in Markdown.

markdown-it-py finds headings, lists, quotations, code and tables; the rows are split here, because GitHub's
rules drop surplus cells and pad short rows, and such errors are what we look for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from llmnotes.pattern import late
from llmnotes.tables import facts
from llmnotes.tables.blocks import PIPE, RULER, MarkdownBlock, blocks
from llmnotes.tables.inline import plain
from llmnotes.tables.model import Table, TableCell
from llmnotes.tables.source import MOST_COLUMNS, SourceText

if TYPE_CHECKING:
    from markdown_it.token import Token

_NOTE = late(r"\s*(?:\[\^?\w{1,20}\]|[*†‡§¶](?!\*)|[¹²³⁰-⁹ᵃ-ᶠ]|\(\w\)|(?:Notes?|注)\s*[:：])")
_MYST = late(r"[:`~]{3,}\s*\{(?:table|list-table|csv-table|figure-md)\}\s*(?P<caption>.*)")
_CAPTION = late(r"\s*(?:Table\b|表\s*\d|:\s)", re.IGNORECASE)

_NUMBERED = late(r"\s*(?:Table|Tab\.|表)\s*[\dIVX.]+\s*[:：.]", re.IGNORECASE)
"""A numbered caption, which is not a fact."""


@dataclass
class Reading:
    """The tables of a Markdown text, and the stretches that readers of other formats must skip."""

    tables: list[Table] = field(default_factory=list)
    covered: list[tuple[int, int]] = field(default_factory=list)
    headings: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    def headings_at(self, offset: int) -> tuple[str, ...]:
        """The headings above an offset."""
        before = bisect_right(self.headings, offset, key=lambda entry: entry[0])
        return self.headings[before - 1][1] if before else ()


def looks_like(text: str) -> bool:
    """Whether a text has a Markdown heading, bullet or table."""
    lines = [re.sub(r"^[\s>]*>\s?", "", line) for line in text[:200_000].splitlines()]
    if any(re.match(r"\s{0,3}(?:#{1,6}\s|[-*+]\s+\S|```)", line) for line in lines):
        return True
    if any("|" in line and RULER.match(line) for line in lines):
        return True
    return any(
        first.lstrip().startswith("|") and second.lstrip().startswith("|")
        for first, second in pairwise(lines)
    )


def read(source: SourceText, format: str = "markdown") -> Reading:
    """The tables and fact lists of a Markdown text."""
    _refuse_wide_lines(source)
    # Line breaks become one character each without changing offsets.
    text = source.text.replace("\r\n", " \n").replace("\r", "\n")
    return _MarkdownWalk(source, format).over(blocks(text))


def _refuse_wide_lines(source: SourceText) -> None:
    """Raise `InputError` before parsing a row with more columns than a table may have."""
    start = 0
    for line in source.text.splitlines(keepends=True):
        if len(line) > 2 * MOST_COLUMNS and line.count("|") > 2 * MOST_COLUMNS:
            raise source.refusal(start, f"a row of more than {MOST_COLUMNS:,} columns")
        start += len(line)


def cells_of(source: SourceText, start: int, end: int, header: bool = False) -> list[TableCell]:
    """The cells of one row as written; a final pipe opens no cell."""
    text = source.text
    while end > start and text[end - 1].isspace():
        end -= 1
    if text.startswith("|", start):
        start += 1
    ends = [match.start() for match in PIPE.finditer(text, start, end)]
    if not ends or ends[-1] != end - 1:
        ends.append(end)
    if len(ends) > MOST_COLUMNS:
        raise source.refusal(start, f"a row of more than {MOST_COLUMNS:,} columns")
    cells = []
    for stop in ends:
        first, last = source.trimmed(start, stop)
        words = plain(text[first:last], source.markup)
        cells.append(source.cell(first, last, words, header=header))
        start = stop + 1
    return cells


@dataclass
class _MarkdownWalk:
    """One pass over the blocks that tracks the headings and the previous paragraph."""

    source: SourceText
    format: str
    reading: Reading = field(default_factory=Reading)
    headings: list[tuple[int, str]] = field(default_factory=list)
    before: str = ""
    last: Table | None = None

    def over(self, tokens: Sequence[MarkdownBlock | Token]) -> Reading:
        position = 0
        while position < len(tokens):
            position += self._block(tokens, position)
        return self.reading

    def _block(self, tokens: Sequence[MarkdownBlock | Token], at: int) -> int:
        """Process the block that begins at a token; returns the number of its tokens."""
        token = tokens[at]
        if token.type == "heading_open":
            self._heading(int(token.tag[1]), tokens[at + 1])
            return 3
        if token.type == "pipe_table":
            self._table(token)
        elif token.type in {"fence", "code_block"} and token.map:
            self._code(token)
        elif token.type == "paragraph_open":
            self._paragraph(tokens[at + 1])
            return 3
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            size = _size(tokens, at)
            self._list(tokens[at : at + size])
            return size
        return 1

    def _heading(self, level: int, inline: MarkdownBlock | Token) -> None:
        self.headings = [item for item in self.headings if item[0] < level]
        self.headings.append((level, plain(inline.content).strip(" *_:")))
        texts = tuple(text for _, text in self.headings)
        self.reading.headings.append((self._span(inline)[0], texts))
        self.before, self.last = "", None

    def _span(self, token: MarkdownBlock | Token) -> tuple[int, int]:
        assert token.map is not None
        return self.source.line_start(token.map[0] + 1), self.source.line_start(token.map[1] + 1)

    def _add(
        self, kind: str, rows: list[list[TableCell]], span: tuple[int, int], *under: str
    ) -> None:
        table = Table(
            self.format, kind, self.source.place(*span), rows,
            (*(text for _, text in self.headings), *under), self.before,
        )  # fmt: skip
        self.reading.tables.append(table)
        self.last, self.before = table, ""

    def _table(self, token: MarkdownBlock | Token) -> None:
        header = token.meta["header"]
        rows = [
            cells_of(self.source, span[0], span[1], header and number == 0)
            for number, span in enumerate(token.meta["lines"])
            if not (number and RULER.match(self.source.text[span[0] : span[1]]))
        ]
        span = self._span(token)
        self._add("table", rows, span)
        self.reading.covered.append(span)

    def _code(self, token: MarkdownBlock | Token) -> None:
        span = self._span(token)
        myst = _MYST.match(token.markup + token.info)
        if not myst:
            self.reading.covered.append(span)
            return
        first = self.source.line_start(self.source.line(span[0]) + 1)
        last = self.source.line_start(max(self.source.line(span[1] - 1), 1))
        blanked = re.sub(r"[^\r\n]", " ", self.source.text[:first]) + self.source.text[first:last]
        for table in read(SourceText(blanked, self.source.name), self.format).tables:
            headings = tuple(text for _, text in self.headings)
            caption = myst["caption"] or table.caption
            self.reading.tables.append(table._replace(headings=headings, caption=caption))
        self.reading.covered.append(span)

    def _paragraph(self, inline: MarkdownBlock | Token) -> None:
        text = inline.content
        myst = _MYST.match(text)
        if myst:
            self.before = myst["caption"]
            return
        rows = [] if _NUMBERED.match(text) else facts.lines(self.source, inline)
        if rows:
            self._add("facts", rows, self._span(inline))
            return
        if self.last and (_NOTE.match(text) or _CAPTION.match(text)):
            self._below(text)
            return
        bold = re.fullmatch(r"\s*(\*\*|__)[^*_\n]{1,80}\1\s*:?\s*", text)
        if bold:
            self._heading(7, inline)
            return
        self.before = plain(text) if text.count("\n") < 2 and len(text) < 300 else ""
        self.last = None

    def _below(self, text: str) -> None:
        """Attach a caption or footnotes that follow a table to it."""
        assert self.last is not None
        if _CAPTION.match(text) and not self.last.caption:
            changed = self.last._replace(caption=plain(text.strip().lstrip(": ")))
        else:
            lines = tuple(plain(line) for line in text.split("\n"))
            changed = self.last._replace(notes=(*self.last.notes, *lines))
        self.reading.tables[self.reading.tables.index(self.last)] = changed
        self.last = changed

    def _list(self, tokens: Sequence[MarkdownBlock | Token]) -> None:
        before = self.before
        for group in facts.groups(self.source, tokens):
            self.before = before
            self._add("facts", group.rows, group.span, *group.under)
        for token in tokens:
            if token.type == "pipe_table":
                self._table(token)
            elif token.type == "fence":
                self._code(token)
        self.last, self.before = None, ""


def _size(tokens: Sequence[MarkdownBlock | Token], at: int) -> int:
    depth: Any = 0
    for number in range(at, len(tokens)):
        depth += tokens[number].nesting
        if depth == 0:
            return number - at + 1
    return len(tokens) - at
