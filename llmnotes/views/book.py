"""The book as one Markdown text with internal links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from llmnotes.escapes import html, markdown, printable
from llmnotes.export.markdown import render
from llmnotes.export.page_markdown import render_pages
from llmnotes.study.book import Book, Chapter, Note
from llmnotes.views.comparison import comparison_answer
from llmnotes.views.explain import explained_page


def book_text(book: Book, title: str) -> str:
    """The whole book: contents, own notes, chapters of techniques, tables with their sources."""
    anchors = {page["id"] for chapter in book.chapters for page in chapter.pages}
    lines = [f"# {markdown(title)}", "", *_contents(book), ""]
    if book.notes:
        lines += ["## My notes", "", *_notes(book.notes)]
    for chapter in book.chapters:
        lines += _chapter(chapter, anchors)
    if book.tables:
        lines += ["## Models", ""]
    for name, comparison in book.tables:
        lines += [f"### {markdown(name)}", "", render(comparison_answer(comparison), "markdown")]
    return "\n".join(lines).rstrip("\n") + "\n"


def _contents(book: Book) -> Iterator[str]:
    titles = ["My notes"] if book.notes else []
    titles += [chapter.title for chapter in book.chapters]
    titles += ["Models"] if book.tables else []
    for title in titles:
        yield f"- [{markdown(title)}](#{_slug(title)})"


def _slug(title: str) -> str:
    """The anchor that Markdown renderers give a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _notes(notes: list[Note]) -> Iterator[str]:
    before = None
    for note in notes:
        if note.subject != before:
            yield from (f"### {markdown(note.subject)}", "")
        before = note.subject
        yield from (_own_text(note.text), "", f"*{markdown(note.created[:10])}*", "")


def _own_text(text: str) -> str:
    """A note with its Markdown; headings are lowered below the book's, and HTML is escaped.

    Where it has a link to anything but the web, all its brackets are escaped.
    """
    text = re.sub(r"<(?=[A-Za-z/!?])(?!https?://)", "&lt;", printable(text).strip())
    if not _harmless(text):
        text = re.sub(r"\\*([\[\]<])", r"\\\1", text)
    return re.sub(r"^(#{1,3})(?=\s)", "####", text, flags=re.M)


def _harmless(text: str) -> bool:
    """Whether every link and image leads to the web, to a mail address or to another part."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt()
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    defined: dict[str, Any] = {}
    inline = [child for token in reader.parse(text, defined) for child in token.children or ()]
    targets = [child.attrs.get("href") or child.attrs.get("src") for child in inline]
    targets += [link["href"] for link in defined.get("references", {}).values()]
    return all(
        not target or str(target).startswith(("http://", "https://", "mailto:", "#"))
        for target in targets
    )


def _chapter(chapter: Chapter, anchors: set[str]) -> Iterator[str]:
    yield from (f"## {markdown(chapter.title)}", "")
    if chapter.items:
        for name, ids in chapter.items:
            links = (f"[{key}](#{key})" if key in anchors else key for key in ids)
            yield f"- {markdown(name)}: {', '.join(links)}"
        yield ""
    for page in chapter.pages:
        yield from (f'<a id="{html(page["id"])}"></a>', "")
        yield render_pages([explained_page(page)], 3, anchors)
