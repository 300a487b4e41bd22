"""The files to check: named ones, all of a directory, or standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from llmnotes.errors import InputError
from llmnotes.tables.reader import decoded, text_of
from llmnotes.tables.source import LARGEST_FILE

SUFFIXES = frozenset(
    {".md", ".markdown", ".mdown", ".myst", ".qmd", ".rmd", ".html", ".htm", ".xhtml", ".tex", ".latex",
     ".csv", ".tsv", ".txt"}
)  # fmt: skip
"""Ends of the names that are looked for in a directory; a file that is named is read in any case."""

STANDARD_INPUT = "-"
STANDARD_INPUT_NAME = "standard input"


class Document(NamedTuple):
    """A file's name and text; `named` tells that the user named it and did not only name its folder."""

    name: str
    text: str
    named: bool


def documents(paths: Iterable[str]) -> Iterator[Document]:
    """The texts of the files, each once.

    Raises `InputError` for a file that is missing, too large or no text, and for a directory without
    any file of a known kind. Files found in a directory that are no text are passed over.
    """
    seen: set[str] = set()
    for path in paths:
        if path == STANDARD_INPUT:
            yield Document(STANDARD_INPUT_NAME, _standard_input(), True)
            continue
        if not os.path.isdir(path):
            if os.path.realpath(path) not in seen:
                seen.add(os.path.realpath(path))
                yield Document(path, text_of(path), True)
            continue
        found = _inside(Path(path))
        if not found:
            raise InputError(f"{path} holds no file with tables ({', '.join(sorted(SUFFIXES))})")
        for file in found:
            if os.path.realpath(file) in seen:
                continue
            seen.add(os.path.realpath(file))
            try:
                yield Document(str(file), text_of(file), False)
            except InputError:
                continue


def _inside(folder: Path) -> list[Path]:
    found = []
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [
            Path(root) / name for name in sorted(files) if Path(name).suffix.lower() in SUFFIXES
        ]
    return found


def _standard_input() -> str:
    data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise InputError(
            f"standard input is larger than {LARGEST_FILE >> 20} MiB; give the table alone"
        )
    return decoded(data, "standard input")
