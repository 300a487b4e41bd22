"""BibTeX files: their entries with the line of each field."""

from __future__ import annotations

import logging
from typing import NamedTuple

from llmnotes.documents.reader import EXTRA, MissingReaderError

SUFFIX = ".bib"
_MOST_ENTRIES = 20_000


class BibField(NamedTuple):
    """A field's text as written, and its line."""

    text: str
    line: int


class BibEntry(NamedTuple):
    """An entry: its key, its kind in lower case, its line, its fields by their names in lower case."""

    key: str
    kind: str
    line: int
    fields: dict[str, BibField]


def read_entries(text: str, name: str) -> list[BibEntry]:
    """The entries that can be parsed; broken ones are skipped.

    Raises `MissingReaderError` where the parser is not installed.
    """
    try:
        from bibtexparser.entrypoint import parse_string
        from bibtexparser.middlewares import (
            RemoveEnclosingMiddleware,
            ResolveStringReferencesMiddleware,
        )
    except ImportError as error:
        raise MissingReaderError(
            f"{name}: reading {SUFFIX} files needs bibtexparser, which is not installed: "
            f"`pip install 'llmnotes[{EXTRA}]'`"
        ) from error
    for logger in ("bibtexparser", "bibtexparser.splitter"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)  # it logs every broken entry
    stack = [ResolveStringReferencesMiddleware(), RemoveEnclosingMiddleware()]
    library = parse_string(text, parse_stack=stack)
    return [
        BibEntry(
            str(entry.key), str(entry.entry_type).lower(), (entry.start_line or 0) + 1,
            {
                str(field.key).lower(): BibField(str(field.value), (field.start_line or 0) + 1)
                for field in entry.fields
            },
        )
        for entry in library.entries[:_MOST_ENTRIES]
    ]  # fmt: skip
