"""Reads outside files with size limits, so that their content cannot exhaust memory."""

from __future__ import annotations

import gzip
import json
import math
import stat
import zlib
from functools import cached_property
from pathlib import Path
from typing import Any

from llmnotes.broken import json_fault
from llmnotes.errors import InputError, quoted

MOST_JSON = 512 * 2**20
"""Size limit in bytes of a JSON or CSV file that is read whole."""

_HEAD = 4096
_DEEPEST = 20
"""Levels of objects and lists within each other."""
_MOST_DIGITS = 1_000
_LFS = b"version https://git-lfs.github.com/spec/v1\n"


class InputFile:
    """A file or folder to be imported."""

    def __init__(self, path: Path) -> None:
        """Raises `InputError` where the path cannot be read."""
        self.path = path
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            raise InputError(f"{quoted(str(path))}: there is no such file or folder") from error
        self.is_folder = stat.S_ISDIR(mode)
        if not self.is_folder and not stat.S_ISREG(mode):
            raise InputError(f"{path}: neither an ordinary file nor a folder")

    @property
    def name(self) -> str:
        """The file's name without `.gz`, in lower case; the format is guessed from it."""
        return self.path.name.lower().removesuffix(".gz")

    @cached_property
    def head(self) -> bytes:
        """The first bytes, decompressed; empty for a folder."""
        return b"" if self.is_folder else read_bytes(self.path, _HEAD, whole=False)

    @cached_property
    def json(self) -> Any:
        """The file as JSON; raises `InputError` with line and column where it is not JSON."""
        return parse_json(read_bytes(self.path, MOST_JSON), str(self.path))

    @property
    def looks_like_json(self) -> bool:
        """Whether the file begins as a JSON object or list does."""
        return self.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}


def read_bytes(path: Path, limit: int, *, whole: bool = True) -> bytes:
    """At most `limit` bytes of a file, decompressed where it is gzip.

    Raises `InputError` where the file cannot be read or, with `whole`, is larger than `limit`.
    """
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        with gzip.open(path) if packed else path.open("rb") as file:
            found = file.read(limit + 1 if whole else limit)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read ({reason})") from error
    if whole and len(found) > limit:
        raise InputError(f"{path}: larger than {limit / 2**20:,.0f} MiB; nothing was read")
    return found


def read_text(path: Path, limit: int = MOST_JSON) -> str:
    """A text file in UTF-8 without its byte order mark; raises `InputError` where it cannot be read."""
    try:
        return read_bytes(path, limit).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start:,}") from error


def parse_json(text: bytes | str, place: str) -> Any:
    """JSON text as Python values; raises `InputError` that names the place.

    An integer of more digits than Python converts is read as infinity, which no reader accepts: only its
    own field is refused, not the file.
    """
    try:
        return _loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{place}:{json_fault(error.doc, error)}") from error
    except RecursionError as error:
        raise InputError(f"{place}: nested too deep") from error
    except ValueError as error:
        raise InputError(f"{place}: not JSON ({error})") from error


def _loads(text: bytes | str) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise
    except ValueError:
        return json.loads(text, parse_int=bounded_int)


def bounded_int(digits: str) -> int | float:
    """An integer from its digits; infinity where there are too many for Python."""
    return int(digits) if len(digits) <= _MOST_DIGITS else math.inf


def refuse_pointer(head: bytes, path: Path) -> None:
    """Raise `InputError` where the content is a Git LFS pointer instead of the file itself."""
    if head.startswith(_LFS):
        size = next((line[5:] for line in head.split(b"\n") if line.startswith(b"size ")), b"?")
        raise InputError(
            f"{path}: a Git LFS pointer, not the file itself ({size.decode(errors='replace')} bytes "
            "are elsewhere); fetch it with `git lfs pull`"
        )


def cleaned(value: Any, depth: int = 0) -> Any:
    """A value from outside with control characters and direction marks removed from every text.

    Line breaks and tabs stay. Raises `InputError` where it is nested too deeply.
    """
    if isinstance(value, str):
        if value.isprintable():
            return value
        return "".join(char if char.isprintable() or char in "\n\t" else " " for char in value)
    if depth > _DEEPEST:
        raise InputError(f"nested deeper than {_DEEPEST} levels")
    if isinstance(value, list):
        return [cleaned(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {cleaned(key): cleaned(item, depth + 1) for key, item in value.items()}
    return value


def safe_text(value: Any, most: int = 300) -> str | None:
    """A text from outside on one line without control characters; None where it is then empty."""
    if not isinstance(value, str):
        return None
    kept = value[: most * 4]
    if not kept.isprintable():
        kept = "".join(char if char.isprintable() else " " for char in kept)
    text = " ".join(kept.split())
    return text[:most] or None


def whole_text(what: str, value: str | None, most: int = 300) -> str | None:
    """A person's text on one line without control characters; raises `InputError` where it is too long."""
    text = safe_text(value, len(value)) if value else None
    if text is not None and len(text) > most:
        raise InputError(f"the {what} has {len(text):,} characters; {most:,} are allowed")
    return text
