"""Converts files to the text of a copy: pages of a PDF, the displayed text of HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from llmnotes.documents import pdf

_HIDDEN = frozenset({"script", "style", "template", "noscript", "svg", "head"})
_WITHIN_LINE = frozenset(
    {"a", "abbr", "b", "code", "em", "i", "s", "small", "span", "strong", "sub", "sup", "u"}
)
_CELLS = frozenset({"td", "th"})
_PAGE = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)


def is_pdf(content: bytes) -> bool:
    """Whether a file is a PDF, whatever its name."""
    return content.startswith(b"%PDF")


def text_of(content: bytes, name: str) -> str:
    """The text of a file; raises `InputError` where it is an unreadable PDF."""
    if is_pdf(content):
        return "\n".join(pdf.pages(content, name))
    text = content.decode("utf-8", "replace")
    return shown(text) if _PAGE.match(content) else text


def shown(page: str) -> str:
    """The displayed text of an HTML page, each block on its own lines, the cells of a row on one."""
    reader = _ShownText()
    reader.feed(page)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


class _ShownText(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Track hidden elements, cells and blocks."""
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _CELLS:
            self.parts.append(" | ")
        elif tag not in _WITHIN_LINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Track the end of an element."""
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag not in _WITHIN_LINE and tag not in _CELLS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Collect displayed text; line breaks in the source have no meaning."""
        if not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))
