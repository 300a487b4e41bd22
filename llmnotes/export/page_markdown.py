"""Pages as Markdown sections; formulas in the syntax of GitHub and MyST."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from llmnotes.escapes import markdown, markdown_block, one_line, printable
from llmnotes.export.footnote import footnote_markdown
from llmnotes.export.page import Block, Drawing, Formula, Page, PageItem, Paragraph


def render_pages(
    pages: Sequence[Page], level: int = 2, anchors: Container[str] = (), *, with_ids: bool = False
) -> str:
    """All pages, each under a heading of the given level; names in `anchors` become links.

    `with_ids` adds the ids of sources.
    """
    return "\n".join("\n".join(_lines(page, level, anchors, with_ids)) + "\n" for page in pages)


def _lines(page: Page, level: int, anchors: Container[str], with_ids: bool) -> Iterator[str]:
    detail = f" ({markdown(page.detail)})" if page.detail else ""
    yield f"{'#' * level} {markdown(page.title)}{detail}"
    for block in page.blocks:
        yield ""
        yield from _block(block, anchors)
    if page.footnotes:
        yield from ("", "Sources:", "")
        for note in page.footnotes:
            yield footnote_markdown(note, with_id=with_ids)


def _block(block: Block, anchors: Container[str]) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield markdown_block(block.text)
    elif isinstance(block, Formula):
        yield from ("$$", one_line(block.latex), "$$")
    elif isinstance(block, Drawing):
        yield from ("```text", *(_unfenced(line) for line in block.lines), "```")
    else:
        if block.heading:
            yield from (f"**{markdown(block.heading)}**", "")
        for item in block.items:
            notes = f" <sup>{','.join(map(str, item.notes))}</sup>" if item.notes else ""
            label = f"**{markdown(item.label)}**: " if item.label.strip() else ""
            yield f"- {label}{_text(item, anchors, inside=bool(label))}{notes}"


def _text(item: PageItem, anchors: Container[str], *, inside: bool) -> str:
    if not item.refs:
        return markdown(item.text) if inside else markdown_block(item.text)
    return ", ".join(
        f"[{markdown(ref)}](#{ref})" if ref in anchors else markdown(ref) for ref in item.refs
    )


def _unfenced(line: str) -> str:
    """A line that cannot end the code block around it."""
    return printable(line).rstrip().replace("```", "'''")
