"""Numbered lines below tables and pages, and how each format shows where they lead."""

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
    """A numbered line below the table, with the place it leads to.

    `key` is the source's id; `formula` says how a value was computed where no document is meant.
    """

    number: int
    text: str
    url: str | None = None
    key: str = ""
    formula: str = ""

    @property
    def place(self) -> str:
        """Where it leads, unless its text says so already."""
        return self.url if self.url and self.url not in self.text else ""


def footnote_text(note: Footnote) -> str:
    """The line and its place as plain text, without the number."""
    return one_line(f"{note.text} {note.place}" if note.place else note.text)


def footnote_markdown(note: Footnote, *, with_id: bool = False) -> str:
    """The line with its number; a web address is a link, anything else is text.

    `with_id` puts the source's id before it, by which it can be asked for.
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
    """The line as an item of a list whose anchors begin with `prefix`; a web address is a link."""
    address = web_address(note.url)
    shown = f' <a href="{html(address)}" rel="noreferrer">{html(address)}</a>' if address else ""
    return f'<li id="{prefix}{note.number}">{html(note.text)}{shown}</li>'


def footnote_latex(note: Footnote) -> str:
    """The line and its place, without the number; web addresses may break anywhere."""
    text = f"{note.text} {note.place}" if note.place else note.text
    return " ".join(map(_latex_word, one_line(text).split(" ")))


def _latex_word(word: str) -> str:
    address = latex_address(word.rstrip(".,;)"))
    if address is None:
        return latex(word)
    return rf"\url{{{address}}}" + latex(word[len(word.rstrip(".,;)")) :])
