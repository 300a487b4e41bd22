"""reStructuredText: headings, paragraphs, lists and tables of every kind, as docutils reads them."""

from __future__ import annotations

from typing import Any

from llmnotes.documents.rendition import LineOrigin, RenderedCell, Rendition, plain_words
from llmnotes.errors import InputError
from llmnotes.tables.reader import decoded

_LARGEST = 2 * 2**20
"""Characters of a text."""
_LONGEST_LINE = 50_000
_SETTINGS = {
    "file_insertion_enabled": False, "raw_enabled": False, "report_level": 5, "halt_level": 5,
    "_disable_config": True, "warning_stream": False, "traceback": True, "syntax_highlight": "none",
    "smart_quotes": False, "doctitle_xform": False, "line_length_limit": _LONGEST_LINE,
}  # fmt: skip
"""Disables file inclusion and embedded settings."""


def read(data: bytes, name: str) -> Rendition:
    """The document's text; raises `InputError` where it is too large."""
    from docutils.core import publish_doctree

    text = decoded(data, name)
    if len(text) > _LARGEST:
        raise InputError(f"{name} is larger than {_LARGEST >> 20} MiB; give the tables alone")
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > _LONGEST_LINE:
            raise InputError(f"{name}:{number}: a line of more than {_LONGEST_LINE:,} characters")
    tree = publish_doctree(text, source_path=None, settings_overrides=_SETTINGS)
    walk = _DocumentWalk(text.splitlines(), Rendition(name))
    walk.children(tree, 1)
    return walk.made


class _DocumentWalk:
    """One pass over the document that tracks the current line of the file."""

    def __init__(self, lines: list[str], made: Rendition) -> None:
        self._lines = lines
        self._line = 1
        self.made = made

    def children(self, node: Any, level: int) -> None:
        """Add everything inside a node; `level` is the heading level there."""
        for child in node.children:
            kind = child.tagname
            if kind == "title" and node.tagname in {"document", "section"}:
                self.made.heading(
                    child.astext(), level - (node.tagname == "section"), self._at(child)
                )
            elif kind == "section":
                self.children(child, level + 1)
            elif kind == "table":
                self._table(child)
            elif kind == "paragraph":
                self.made.paragraph(plain_words(child.astext()), self._at(child))
            elif kind == "list_item":
                words = " ".join(child.astext().split())
                self.made.add(f"- {plain_words(words)}", self._at(child))
            elif kind in {"bullet_list", "enumerated_list"}:
                self.children(child, level)
                self.made.add("", self._at(child))
            elif kind == "field":
                name, body = (part.astext() for part in child.children[:2])
                self.made.add(
                    f"- {' '.join(name.split())}: {' '.join(body.split())}", self._at(child)
                )
            elif kind not in {"literal_block", "comment", "system_message"} and hasattr(
                child, "tagname"
            ):
                self.children(child, level)

    def _at(self, node: Any, words: str = "") -> LineOrigin:
        """The origin of a node; `words` are searched in the text, as some nodes have no correct line."""
        line = getattr(node, "line", None) or 0
        if words:
            first = words.split("\n")[0].strip()
            near = [line] if line >= self._line else []
            for number in [
                *near,
                *range(self._line, min(self._line + 2_000, len(self._lines)) + 1),
            ]:
                if 0 < number <= len(self._lines) and first in self._lines[number - 1]:
                    line = number
                    break
        if line > self._line:
            self._line = line
        return LineOrigin(min(self._line, max(len(self._lines), 1)), "")

    def _table(self, table: Any) -> None:
        self._at(table)
        rows, origins = [], []
        for child in table.children:
            if child.tagname == "title":
                words = " ".join(child.astext().split())
                self.made.paragraph(plain_words(words), self._at(child))
        for row in table.findall(lambda node: getattr(node, "tagname", "") == "row"):
            cells = [
                RenderedCell(
                    entry.astext(), "", int(entry.get("morecols", 0)) + 1,
                    int(entry.get("morerows", 0)) + 1,
                )
                for entry in row.children
            ]  # fmt: skip
            words = next((cell.text for cell in cells if cell.text.strip()), "")
            first = next((part for entry in row.children for part in entry.children), row)
            rows.append(cells)
            origins.append(self._at(first, words))
            if len(rows) > 1 and origins[-1].line == origins[-2].line:
                self._line += 1
        if rows:
            self.made.table(rows, origins)
