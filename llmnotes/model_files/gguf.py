"""GGUF headers, read with size limits: keys and tensor shapes; long arrays are skipped.

The layout is that of the GGUF specification (versions 2 and 3, little-endian).
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import refuse_pointer

_SCALARS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
_STRING, _ARRAY = 8, 9
_MOST_KEYS, _MOST_TENSORS = 100_000, 1_000_000
_LONGEST_TEXT, _KEPT_ITEMS = 2**20, 4096
_LONGEST_ARRAY = 10_000_000


@dataclass(slots=True)
class GgufHeader:
    """Keys with their values (of a long array only its length), and element counts by tensor."""

    version: int
    keys: dict[str, Any] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    tensors: dict[str, int] = field(default_factory=dict)


class _HeaderReader:
    def __init__(self, data: mmap.mmap, place: str) -> None:
        self._data, self._place, self._at = data, place, 0

    def error(self, what: str) -> InputError:
        return InputError(f"{self._place}: {what} at byte {self._at:,}; not a sound GGUF header")

    def skip(self, size: int) -> None:
        if size < 0 or self._at + size > len(self._data):
            raise self.error("the file ends within its header")
        self._at += size

    def take(self, code: str) -> Any:
        start = self._at
        self.skip(struct.calcsize("<" + code))
        return struct.unpack_from("<" + code, self._data, start)[0]

    def text(self) -> str:
        length = self.take("Q")
        if length > _LONGEST_TEXT:
            raise self.error(f"a text of {length:,} bytes")
        start = self._at
        self.skip(length)
        return self._data[start : self._at].decode("utf-8", "replace")

    def array(self, depth: int = 0) -> tuple[Any, int]:
        """An array, None where it is too long to keep, and its length."""
        kind, length = self.take("I"), self.take("Q")
        if length > _LONGEST_ARRAY or depth > 2:
            raise self.error(f"an array of {length:,} items")
        if kind in _SCALARS:
            start, size = self._at, struct.calcsize("<" + _SCALARS[kind])
            self.skip(size * length)
            if length > _KEPT_ITEMS:
                return None, length
            return list(struct.unpack_from(f"<{length}{_SCALARS[kind]}", self._data, start)), length
        for _ in range(length):
            if kind == _STRING:
                self.skip(self.take("Q"))
            elif kind == _ARRAY:
                self.array(depth + 1)
            else:
                raise self.error(f"an array of the unknown type {kind}")
        return None, length


def read_header(path: Path) -> GgufHeader:
    """The header of a GGUF file; raises `InputError` where it is invalid or exceeds a limit."""
    try:
        with path.open("rb") as file:
            head = file.read(200)
            refuse_pointer(head, path)
            if head[:4] != b"GGUF":
                raise InputError(f"{path}: not a GGUF file")
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return _header(_HeaderReader(data, str(path)))
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path}: cannot be read ({error})") from error


def _header(reader: _HeaderReader) -> GgufHeader:
    reader.skip(4)
    found = GgufHeader(reader.take("I"))
    if found.version not in {2, 3}:
        raise reader.error(f"version {found.version} (2 and 3 are read)")
    n_tensors, n_keys = reader.take("Q"), reader.take("Q")
    if n_keys > _MOST_KEYS or n_tensors > _MOST_TENSORS:
        raise reader.error(f"{n_keys:,} keys and {n_tensors:,} tensors")
    for _ in range(n_keys):
        key, kind = reader.text(), reader.take("I")
        if kind == _STRING:
            found.keys[key] = reader.text()
        elif kind == _ARRAY:
            items, found.lengths[key] = reader.array()
            found.keys[key] = items
        elif kind in _SCALARS:
            found.keys[key] = reader.take(_SCALARS[kind])
        else:
            raise reader.error(f"a value of the unknown type {kind}")
    for _ in range(n_tensors):
        name, sides = reader.text(), reader.take("I")
        if sides > 8:
            raise reader.error(f"a tensor of {sides} dimensions")
        count = 1
        for _ in range(sides):
            count *= reader.take("Q")
        reader.skip(12)
        if count >= 2**63:
            raise reader.error("a tensor of more than 2^63 elements")
        found.tensors[name] = count
    return found
