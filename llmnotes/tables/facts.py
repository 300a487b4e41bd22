"""Facts as lines: bullets under a heading that names a model, and `key: value` lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from llmnotes.pattern import late
from llmnotes.tables.inline import plain
from llmnotes.tables.model import TableCell
from llmnotes.tables.source import SourceText

if TYPE_CHECKING:
    from markdown_it.token import Token

    from llmnotes.tables.blocks import MarkdownBlock

_MARKED = r"(?:\*\*|__|`|\*|_)"
_SEPARATED = late(
    rf"\s*{_MARKED}?(?P<key>[^\s:：=|][^:：=|\n]{{0,79}}?)\s*{_MARKED}?\s*"
    rf"(?:[:：](?!//)|=(?!=)|\s[–—-]\s|\s→\s|\sis\s|\sof\s(?=[~≈]?\d))\s*{_MARKED}?\s*(?P<value>\S.*?)\s*$",
    re.DOTALL,
)
_LISTED = late(rf"\s*{_MARKED}?(?P<key>[^\W\d][^:：=|]{{0,60}}?)\s*{_MARKED}?\s*[:：=](?!//)\s*\S")
_NUMBERED = late(r"\s*(?P<key>[^\W\d][^|\n]{0,79}?)\s+(?P<value>[~≈<>≤≥±]?\s?\d.*?)\s*$", re.DOTALL)


@dataclass
class FactList:
    """The facts of one list, and the bullets above it that give their subject."""

    rows: list[list[TableCell]]
    span: tuple[int, int]
    under: tuple[str, ...]


def row(source: SourceText, start: int, end: int) -> list[TableCell]:
    """A line of text as key and value; as one cell where they cannot be separated."""
    start, end = source.trimmed(start, end)
    raw = source.text[start:end]
    match = _SEPARATED.match(raw) or _NUMBERED.match(raw)
    if match is None:
        return [source.cell(start, end, plain(raw, source.markup))]
    spans = [match.span("key"), match.span("value")]
    return [
        source.cell(
            start + first,
            start + last,
            plain(raw[first:last], source.markup),
            header=first == spans[0][0],
        )
        for first, last in spans
    ]


def lines(source: SourceText, inline: MarkdownBlock | Token) -> list[list[TableCell]]:
    """The rows of a paragraph whose lines are all `key: value`; empty for any other paragraph.

    A single such line is often a sentence, so its value must then be short.
    """
    texts = inline.content.split("\n")
    matches = [_LISTED.match(text) for text in texts]
    if not all(match and len(match["key"].split()) <= 5 for match in matches):
        return []
    if len(texts) == 1 and len(texts[0]) > 60:
        return []
    assert inline.map is not None
    return [
        row(source, *_content(source, inline.map[0] + number + 1, text))
        for number, text in enumerate(texts)
    ]


def _content(source: SourceText, line: int, text: str) -> tuple[int, int]:
    """The offsets of a line's words, without quotation marks and bullets before them."""
    first = source.line_start(line)
    found = source.text.find(text, first) if text else first
    start = max(found, first)
    return start, start + len(text)


def groups(source: SourceText, tokens: Sequence[MarkdownBlock | Token]) -> list[FactList]:
    """The fact lists among nested lists: those in which at least one line has a key and a value."""
    found: list[FactList] = []
    open_lists: list[FactList] = []
    parents: list[str] = []
    for position, token in enumerate(tokens):
        if token.type in {"bullet_list_open", "ordered_list_open"} and token.map:
            span = source.line_start(token.map[0] + 1), source.line_start(token.map[1] + 1)
            open_lists.append(FactList([], span, tuple(filter(None, parents))))
            found.append(open_lists[-1])
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            open_lists.pop()
        elif token.type == "list_item_open":
            parents.append("")
        elif token.type == "list_item_close":
            parents.pop()
        elif token.type == "inline" and token.map and open_lists and not parents[-1]:
            parents[-1] = plain(token.content)
            first = token.content.split("\n")[0]
            start, end = _content(source, token.map[0] + 1, first)
            if "\n" in token.content:
                end = source.trimmed(start, source.line_start(token.map[1] + 1))[1]
            open_lists[-1].rows.append(row(source, start, end))
        if position > 1_000_000:
            break
    return [group for group in found if any(len(cells) > 1 for cells in group.rows)]
