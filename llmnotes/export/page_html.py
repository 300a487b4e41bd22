"""Pages as HTML sections; a formula is shown as text, with its LaTeX in the title attribute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from llmnotes.escapes import html
from llmnotes.export.footnote import footnote_html
from llmnotes.export.page import Block, Drawing, Formula, Page, Paragraph


def render_pages(pages: Sequence[Page]) -> str:
    """All pages, each a section with anchors of its own."""
    return "\n".join("\n".join(_lines(page, f"p{n}-")) for n, page in enumerate(pages))


def _lines(page: Page, prefix: str) -> Iterator[str]:
    detail = f" <small>{html(page.detail)}</small>" if page.detail else ""
    yield f"<section>\n<h2>{html(page.title)}{detail}</h2>"
    for block in page.blocks:
        yield from _block(block, prefix)
    if page.footnotes:
        yield "<ol>"
        yield from (footnote_html(note, prefix) for note in page.footnotes)
        yield "</ol>"
    yield "</section>"


def _block(block: Block, prefix: str) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield f"<p>{html(block.text)}</p>"
    elif isinstance(block, Formula):
        yield f'<p><code title="{html(block.latex)}">{html(block.text)}</code></p>'
    elif isinstance(block, Drawing):
        yield "<pre>" + html("\n".join(block.lines)) + "</pre>"
    else:
        if block.heading:
            yield f"<h3>{html(block.heading)}</h3>"
        yield "<dl>"
        for item in block.items:
            notes = ",".join(f'<a href="#{prefix}{note}">{note}</a>' for note in item.notes)
            cited = f" <sup>{notes}</sup>" if notes else ""
            yield f"<dt>{html(item.label)}</dt><dd>{html(item.text)}{cited}</dd>"
        yield "</dl>"
