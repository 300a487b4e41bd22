"""Finds the files to check: named ones, all of a directory, or standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from llmnotes.documents import reader
from llmnotes.errors import InputError
from llmnotes.tables.reader import bytes_of, decoded
from llmnotes.tables.source import LARGEST_FILE

if TYPE_CHECKING:
    from llmnotes.documents.rendition import Rendition

SUFFIXES = frozenset(
    {".md", ".markdown", ".mdown", ".myst", ".qmd", ".rmd", ".html", ".htm", ".xhtml", ".tex", ".latex",
     ".csv", ".tsv", ".txt", ".org", ".bib"}
) | reader.SUFFIXES  # fmt: skip
"""Suffixes that are searched in a directory; a named file is read in any case."""

STANDARD_INPUT = "-"
STANDARD_INPUT_NAME = "standard input"


class Document(NamedTuple):
    """A file's name and text; `named` means that the user named the file itself rather than its folder.

    `rendition` has the origins of the lines of a document that is not plain text.
    """

    name: str
    text: str
    named: bool
    rendition: Rendition | None = None

    @property
    def is_binary(self) -> bool:
        """Whether the file has no lines that version control could compare."""
        return reader.suffix_of(self.name) in reader.BINARY


class Found(NamedTuple):
    """A file to be read: its path, and whether the user named it rather than its folder."""

    path: str
    named: bool


def documents(
    files: Iterable[Found], skipped: Callable[[str], None] = lambda sentence: None
) -> Iterator[Document]:
    """The texts of the files.

    Raises `InputError` for a named file that is missing, too large or of another kind than its suffix.
    Unreadable files in a directory are skipped; those whose reader is not installed are reported to
    `skipped`.
    """
    for found in files:
        try:
            yield read(found)
        except reader.MissingReaderError as error:
            if found.named:
                raise
            skipped(str(error))
        except InputError:
            if found.named:
                raise


def read(found: Found) -> Document:
    """The text of a file; raises `InputError` as `documents` does."""
    path, named = found
    if path == STANDARD_INPUT:
        return Document(STANDARD_INPUT_NAME, _standard_input(), named)
    data = bytes_of(path)
    if reader.suffix_of(path):
        rendition = reader.read_document(data, path)
        return Document(path, rendition.text, named, rendition)
    return Document(path, decoded(data, path), named)


def files_of(paths: Iterable[str]) -> Iterator[Found]:
    """The files of the paths, without duplicates; a directory gives all of a known kind in it.

    Raises `InputError` for a directory without any.
    """
    seen: set[str] = set()
    for path in paths:
        inside = [path]
        named = path == STANDARD_INPUT or not os.path.isdir(path)
        if not named:
            inside = [str(file) for file in _inside(Path(path))]
            if not inside:
                raise InputError(
                    f"{path} holds no file with tables ({', '.join(sorted(SUFFIXES))})"
                )
        for file in inside:
            key = file if file == STANDARD_INPUT else os.path.realpath(file)
            if key not in seen:
                seen.add(key)
                yield Found(file, named)


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


IGNORE_FILE = ".llmnotes-ignore"


def nearest_ignore_file(path: str) -> Path | None:
    """The exception list for a file: the first in its folder or above, up to a repository's root."""
    folder = Path(os.path.realpath(path)).parent
    for each in (folder, *folder.parents):
        if (each / IGNORE_FILE).is_file():
            return each / IGNORE_FILE
        if (each / ".git").exists():
            return None
    return None
