"""Every table of a text in any format."""

from __future__ import annotations

import re
from pathlib import Path

from llmnotes.errors import InputError
from llmnotes.pattern import late
from llmnotes.tables.model import Table
from llmnotes.tables.source import LARGEST_FILE, SourceText

FORMATS = ("markdown", "html", "latex", "csv", "tsv", "org", "text")
_SUFFIXES = {
    "md": "markdown", "markdown": "markdown", "mdown": "markdown", "myst": "markdown",
    "qmd": "markdown", "rmd": "markdown", "html": "html", "htm": "html", "xhtml": "html",
    "tex": "latex", "latex": "latex", "ltx": "latex", "csv": "csv", "tsv": "tsv", "tab": "tsv",
    "org": "org",
}  # fmt: skip
_HTML = late(r"<table\b", re.IGNORECASE)
_LATEX = late(r"\\begin\s*\{(?:tabular|longtable|tabu|xltabular|NiceTabular|tblr|longtblr)")
_PAGE = late(r"\s*(?:<!doctype html|<html|<table|<\?xml)", re.IGNORECASE)
_DOCUMENT = late(r"\s*(?:%[^\n]*\n\s*)*\\(?:documentclass|begin|section|input|usepackage)\b")


def read_file(path: str | Path, format: str | None = None) -> list[Table]:
    """The tables of a file. Raises `InputError` as `text_of` and `read` do."""
    return read(text_of(path), str(path), format)


def text_of(path: str | Path) -> str:
    """The text of a file.

    Raises `InputError` where it cannot be read, exceeds the size limit, or is not text.
    """
    return decoded(bytes_of(path), str(path))


def bytes_of(path: str | Path) -> bytes:
    """The bytes of a file; raises `InputError` where it cannot be read or is too large."""
    path = Path(path)
    if path.is_dir():
        raise InputError(f"{path} is a directory; name a file")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise InputError(f"{str(path)!r} is not the name of a file") from error
    if len(data) > LARGEST_FILE:
        raise InputError(f"{path} is larger than {LARGEST_FILE >> 20} MiB; give the table alone")
    return data


def decoded(data: bytes, name: str = "the input") -> str:
    """Bytes as text: UTF-8, or UTF-16 with a byte order mark; raises `InputError` for anything else."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not text in UTF-8 (byte {error.start}); convert it or name another file"
        ) from error
    if "\0" in text:
        raise InputError(f"{name} is a binary file, not a table in text")
    return text


def read(text: str, name: str = "", format: str | None = None) -> list[Table]:
    """Every table of `text`, in order.

    The format is inferred from the suffix of `name` and from the text where it is not given. A Markdown
    text may contain HTML and LaTeX tables too. Raises `InputError` for an unknown format and for a text
    over the limits.
    """
    if len(text) > LARGEST_FILE:
        raise InputError(f"{name or 'the input'} is larger than {LARGEST_FILE >> 20} MiB")
    if format is not None and format not in FORMATS:
        raise InputError(f"unknown table format {format!r}; known: {', '.join(FORMATS)}")
    source = SourceText(text, name)
    chosen = format or recognized(text, name)
    if chosen in {"csv", "tsv"}:
        from llmnotes.tables import delimited

        return delimited.read(source, chosen)
    found = _marked_up(source, chosen)
    if chosen == "text" and not any(table.kind == "table" for table in found):
        from llmnotes.tables import aligned

        found += aligned.read(source)
    return sorted(found, key=lambda table: table.place.start)


def _marked_up(source: SourceText, format: str) -> list[Table]:
    found: list[Table] = []
    reading = None
    if format == "org":
        from llmnotes.tables import org

        source = SourceText(org.as_markdown(source.text), source.name)
    if format in {"markdown", "org", "text"}:
        from llmnotes.tables import markdown

        reading = markdown.read(source, format)
        found += reading.tables
    covered = reading.covered if reading else []
    others: list[Table] = []
    if format == "html" or (format != "latex" and _HTML.search(source.text)):
        from llmnotes.tables import html

        others += html.read(source, covered)
    if format == "latex" or _LATEX.search(source.text):
        from llmnotes.tables import latex

        others += latex.read(source, covered)
    if reading:
        others = [
            table if table.headings
            else table._replace(headings=reading.headings_at(table.place.start))
            for table in others
        ]  # fmt: skip
    return found + others


def recognized(text: str, name: str = "") -> str:
    """The format of a text, inferred from the suffix of its name, else from its content."""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    head = text.lstrip("\ufeff")
    if _PAGE.match(head):
        return "html"
    if _DOCUMENT.match(head):
        return "latex"
    from llmnotes.tables import delimited, markdown

    if _HTML.search(text) or _LATEX.search(text) or markdown.looks_like(head):
        return "markdown"
    delimiter = delimited.sniff(head, least=2)
    if delimiter == "\t":
        return "tsv"
    return "csv" if delimiter else "text"
