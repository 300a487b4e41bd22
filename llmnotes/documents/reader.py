"""Readers of documents by file suffix."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from llmnotes.errors import InputError

if TYPE_CHECKING:
    from llmnotes.documents.rendition import Rendition

_READERS = {
    ".ipynb": "notebook", ".docx": "word", ".xlsx": "workbook", ".xlsm": "workbook", ".pdf": "pdf",
    ".rst": "restructured",
}  # fmt: skip
SUFFIXES = frozenset(_READERS)
"""Suffixes of documents."""

BINARY = SUFFIXES - {".ipynb", ".rst"}
"""Suffixes of documents without lines."""

_PACKAGES = {"docx": "python-docx"}
EXTRA = "documents"


class MissingReaderError(InputError):
    """The library that reads a kind of document is not installed."""


def suffix_of(name: str) -> str:
    """The suffix of a file's name in lower case where it is a document's, else empty."""
    end = name[name.rfind(".") :].lower() if "." in name else ""
    return end if end in _READERS else ""


def read_document(data: bytes, name: str) -> Rendition:
    """The text of a document, whose kind is given by the suffix of its name.

    Raises `InputError` where its content is of another kind, too large, or over a limit;
    `MissingReaderError` with what to install where its reader is not installed.
    """
    end = suffix_of(name)
    module = importlib.import_module(f"llmnotes.documents.{_READERS[end]}")
    read: Callable[[bytes, str], Rendition] = module.read
    try:
        return read(data, name)
    except ImportError as error:
        package = _PACKAGES.get(error.name or "", error.name)
        raise MissingReaderError(
            f"{name}: reading {end} files needs {package}, which is not installed: "
            f"`pip install 'llmnotes[{EXTRA}]'`"
        ) from error
    except InputError:
        raise
    except Exception as error:  # any exception of a library on a corrupt file
        raise InputError(
            f"{name} cannot be read as {end} ({type(error).__name__}); open and save it anew"
        ) from error
