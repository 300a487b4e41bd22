"""Pages as plain text, wrapped to the terminal or, for a pipe, to eighty columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from llmnotes import console
from llmnotes.escapes import one_line, printable
from llmnotes.export.footnote import footnote_text
from llmnotes.export.page import Block, Drawing, Formula, Items, Page, Paragraph

_WIDEST = 100
"""Characters of a line, also on a wider terminal."""
_LABEL = 26
"""Longest label with its text beside it; longer ones have it below."""


def render_pages(pages: Sequence[Page]) -> str:
    """All pages, a blank line between them."""
    width = min(console.width(), _WIDEST) if console.is_terminal() else 80
    return "\n\n".join("\n".join(_lines(page, width)) for page in pages) + "\n"


def _lines(page: Page, width: int) -> Iterator[str]:
    title = one_line(page.title)
    yield _bold(title) + (f"  {one_line(page.detail)}" if page.detail else "")
    for block in page.blocks:
        yield ""
        yield from _block(block, width)
    if page.footnotes:
        yield ""
        for note in page.footnotes:
            yield from _wrap(footnote_text(note), f"[{note.number}] ", width)


def _block(block: Block, width: int) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from _wrap(one_line(block.text), "", width)
    elif isinstance(block, Formula):
        yield from _wrap(printable(block.text), "    ", width, after="      ")
    elif isinstance(block, Drawing):
        yield from (printable(line).rstrip() for line in block.lines)
    else:
        yield from _items(block, width)


def _items(block: Items, width: int) -> Iterator[str]:
    if block.heading:
        yield _bold(one_line(block.heading))
    labels = [one_line(item.label) for item in block.items]
    room = max((len(label) for label in labels if len(label) <= _LABEL), default=0) + 2
    for label, item in zip(labels, block.items, strict=True):
        text = one_line(item.text)
        if item.notes:
            text += f" [{','.join(map(str, item.notes))}]"
        if block.below:
            yield from _wrap(label, "", width)
            yield from _wrap(text, "    ", width) if text else ()
        elif len(label) > _LABEL:
            yield label
            yield from _wrap(text, " " * room, width)
        else:
            yield from _wrap(text, label.ljust(room), width)


def _wrap(text: str, first: str, width: int, after: str | None = None) -> list[str]:
    """Lines of at most `width` columns without cutting; a longer word stays whole."""
    lines = textwrap.wrap(
        text,
        max(width, len(first) + 20),
        initial_indent=first,
        subsequent_indent=" " * len(first) if after is None else after,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [first.rstrip()]


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if console.colour_allowed() else text
