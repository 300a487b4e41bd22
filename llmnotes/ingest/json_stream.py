"""A large JSON object read entry by entry, so that memory does not grow with the file."""

from __future__ import annotations

import codecs
import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from llmnotes.errors import InputError
from llmnotes.files import bounded_int

_CHUNK = 2**20
_LONGEST_ENTRY = 64 * 2**20
"""Length limit of one entry in characters."""
_LARGEST = 8 * 2**30
"""Size limit of a file in bytes, decompressed."""
_BLANKS = " \t\n\r"
_AFTER_VALUE = frozenset(f"{_BLANKS},:]}}")


def entries(path: Path) -> Iterator[tuple[str, Any]]:
    """Key and value of each member of the JSON object in a file; lists are yielded item by item.

    Raises `InputError` with the place where the file is not such an object, or too large.
    """
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        with gzip.open(path) if packed else path.open("rb") as file:
            yield from _members(_Text(file, str(path)))
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read ({reason})") from error


def _members(text: _Text) -> Iterator[tuple[str, Any]]:
    text.expect("{")
    more = text.peek() != "}"
    if not more:
        text.expect("}")
    while more:
        key = text.value()
        if not isinstance(key, str):
            raise text.error("a key is no text")
        text.expect(":")
        if text.peek() == "[":
            for item in _items(text):
                yield key, item
        else:
            yield key, text.value()
        more = text.either(",", "}")
    if text.peek():
        raise text.error("something follows the object")


def _items(text: _Text) -> Iterator[Any]:
    text.expect("[")
    if text.peek() == "]":
        text.expect("]")
        return
    more = True
    while more:
        yield text.value()
        more = text.either(",", "]")


class _Bytes(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class _Text:
    """The buffered part of a file."""

    def __init__(self, file: _Bytes, place: str) -> None:
        self._file, self._place = file, place
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._scan = json.JSONDecoder(parse_int=bounded_int).raw_decode
        self._text, self._at, self._before, self._bytes, self._ended = "", 0, 0, 0, False

    def error(self, what: str) -> InputError:
        return InputError(
            f"{self._place}: not JSON at character {self._before + self._at + 1:,} ({what})"
        )

    def peek(self) -> str:
        """The next non-blank character; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANKS:
                self._at += 1
            if self._at < len(self._text) or not self._more(_CHUNK):
                return self._text[self._at : self._at + 1]

    def expect(self, char: str) -> None:
        if self.peek() != char:
            raise self.error(f"expected {char!r}")
        self._at += 1

    def either(self, more: str, end: str) -> bool:
        """Whether `more` comes next; otherwise `end` is required."""
        found = self.peek()
        self.expect(more if found == more else end)
        return found == more

    def value(self) -> Any:
        """Parse the next value."""
        self.peek()
        size = _CHUNK
        while True:
            try:
                found, end = self._scan(self._text, self._at)
            except RecursionError as error:
                raise self.error("nested too deep") from error
            except json.JSONDecodeError as error:
                if not self._more(size):
                    raise self.error(error.msg) from error
            else:
                # A number may continue beyond the buffer: 1 of 1.5, or of 1e5.
                ended = self._text[end : end + 1] in _AFTER_VALUE
                if ended or not self._more(size):
                    self._at = end
                    return found
            size *= 2

    def _more(self, size: int) -> bool:
        """Read more, dropping the consumed part; False at the end of the file."""
        if self._ended:
            return False
        if len(self._text) - self._at > _LONGEST_ENTRY:
            raise self.error(f"an entry of more than {_LONGEST_ENTRY:,} characters")
        data = self._file.read(size)
        self._ended = not data
        self._bytes += len(data)
        if self._bytes > _LARGEST:
            raise InputError(f"{self._place}: larger than {_LARGEST / 2**30:,.0f} GiB")
        try:
            new = self._decode(data, final=self._ended)
        except UnicodeDecodeError as error:
            raise InputError(f"{self._place}: not UTF-8 ({error.reason})") from error
        self._before += self._at
        self._text, self._at = self._text[self._at :] + new, 0
        return bool(new) or not self._ended
