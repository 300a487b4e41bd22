"""Files turned into the text that a copy holds: pages of a PDF, what an HTML page shows."""

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
    """The text of a file; raises `InputError` where it is a PDF that cannot be read."""
    if is_pdf(content):
        return "\n".join(pdf.pages(content, name))
    text = content.decode("utf-8", "replace")
    return shown(text) if _PAGE.match(content) else text


def shown(page: str) -> str:
    """What an HTML page shows, each block on lines of its own, the cells of a row on one."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A hidden element begins, a cell, or a block."""
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _CELLS:
            self.parts.append(" | ")
        elif tag not in _WITHIN_LINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Likewise at its end."""
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag not in _WITHIN_LINE and tag not in _CELLS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Text, unless it is hidden; where its source breaks lines says nothing."""
        if not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))
