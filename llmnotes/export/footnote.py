"""Footnotes of tables and pages, and their rendering with links in each format."""

from __future__ import annotations

from typing import NamedTuple

from llmnotes.escapes import (
    html,
    latex,
    latex_address,
    markdown,
    markdown_block,
    one_line,
    web_address,
)


class Footnote(NamedTuple):
    """A footnote of a table, with its link.

    `key` is the source's id; `formula` says how a value was computed where there is no document.
    """

    number: int
    text: str
    url: str | None = None
    key: str = ""
    formula: str = ""

    @property
    def place(self) -> str:
        """The link, unless the text already contains it."""
        return self.url if self.url and self.url not in self.text else ""


def footnote_text(note: Footnote) -> str:
    """The footnote and its link as plain text, without the number."""
    return one_line(f"{note.text} {note.place}" if note.place else note.text)


def footnote_markdown(note: Footnote, *, with_id: bool = False) -> str:
    """The footnote with its number; web addresses become links.

    `with_id` prefixes the source's id, by which it can be looked up.
    """
    text = markdown_block(note.text)
    if with_id and note.key:
        text = f"`{one_line(note.key).replace('`', chr(39))}` {text}".rstrip()
    if not note.place:
        return f"{note.number}. {text}"
    address = web_address(note.place)
    target = f"<{address}>" if address else markdown(note.place)
    return f"{note.number}. {text} {target}"


def footnote_html(note: Footnote, prefix: str) -> str:
    """The footnote as a list item whose anchor begins with `prefix`; web addresses become links."""
    address = web_address(note.url)
    shown = f' <a href="{html(address)}" rel="noreferrer">{html(address)}</a>' if address else ""
    return f'<li id="{prefix}{note.number}">{html(note.text)}{shown}</li>'


def footnote_latex(note: Footnote) -> str:
    """The footnote and its link, without the number; web addresses may break anywhere."""
    text = f"{note.text} {note.place}" if note.place else note.text
    return " ".join(map(_latex_word, one_line(text).split(" ")))


def _latex_word(word: str) -> str:
    address = latex_address(word.rstrip(".,;)"))
    if address is None:
        return latex(word)
    return rf"\url{{{address}}}" + latex(word[len(word.rstrip(".,;)")) :])
