"""Replaces the content of cells, escaped for the format, and changes nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from llmnotes.errors import InputError
from llmnotes.escapes import html, latex_source, markdown_cell
from llmnotes.tables.model import Place, TableCell


class Raw(str):
    """Text that is already markup and is written unescaped, such as a footnote mark."""

    __slots__ = ()


def _delimited(text: str, old: str) -> str:
    quoted = old.startswith('"')
    if quoted or any(char in text for char in '",;\t|\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


_ESCAPES: dict[str, Callable[[str, str], str]] = {
    "markdown": lambda text, _: markdown_cell(text),
    "html": lambda text, _: html(" ".join(text.split()), quoted=False),
    "latex": lambda text, _: latex_source(text),
    "csv": _delimited,
    "tsv": _delimited,
    "org": lambda text, _: " ".join(text.split()).replace("|", "\\vert{}"),
    "text": lambda text, _: " ".join(text.split()),
}


def replace(text: str, edits: Iterable[tuple[Place, str]], format: str) -> str:
    """The text with the content of each place replaced, escaped for the table's format.

    Raises `InputError` for a format that cannot be written and for overlapping places.
    """
    escape = _ESCAPES.get(format)
    if escape is None:
        raise InputError(f"unknown table format {format!r}; known: {', '.join(_ESCAPES)}")
    parts: list[str] = []
    position = 0
    for place, words in sorted(edits, key=lambda edit: (edit[0].start, edit[0].end)):
        if place.start < position or place.end > len(text):
            raise InputError(f"line {place.line}: two edits of the same place, or a place outside")
        old = text[place.start : place.end]
        new = str(words) if isinstance(words, Raw) else escape(words, old)
        parts += [text[position : place.start], new]
        position = place.end
    return "".join([*parts, text[position:]])


_SEPARATORS = {"markdown": "| ", "org": "| ", "text": "| ", "latex": "& ", "tsv": "\t"}


def blank_before(text: str, cell: TableCell, format: str) -> tuple[Place, Raw] | None:
    """The edit that inserts an empty cell before one of the same row; None where that is not possible."""
    start = cell.place.start
    if format == "html":
        start = text.rfind("<", 0, start)
        tag = text[start + 1 : start + 3]
        return (_at(cell, start), Raw(f"<{tag}></{tag}>")) if tag.lower() in {"td", "th"} else None
    before = text[:start].rstrip(" ")[-1:]
    separator = before if format == "csv" and before in {",", ";", "\t", "|"} else None
    separator = separator or _SEPARATORS.get(format)
    return (_at(cell, start), Raw(separator)) if separator else None


def _at(cell: TableCell, offset: int) -> Place:
    return Place(cell.place.line, cell.place.column, offset, offset)
