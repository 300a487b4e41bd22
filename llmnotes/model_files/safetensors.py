"""Safetensors headers: the tensors of a file, without reading a weight.

A header is 8 bytes of length and a JSON object of tensors with `dtype` and `shape`
(https://huggingface.co/docs/safetensors).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import parse_json, refuse_pointer, safe_text

LONGEST_HEADER = 100_000_000
"""Size limit of a header in bytes, set by the format."""

_MOST_SIDES = 16
_MOST_ELEMENTS = 2**63


@dataclass(frozen=True, slots=True)
class Tensor:
    """One stored tensor: its number format as spelled in the file ("BF16"), and its dimensions."""

    dtype: str
    shape: tuple[int, ...]

    @property
    def elements(self) -> int:
        """The number of elements."""
        return math.prod(self.shape)


def read_tensors(path: Path) -> dict[str, Tensor]:
    """Every tensor of a safetensors file by name.

    Raises:
        InputError: it cannot be read, is not a safetensors file, or its header is invalid.
    """
    try:
        with path.open("rb") as file:
            start = file.read(8)
            refuse_pointer(start + file.read(120), path)
            size = path.stat().st_size
            length = int.from_bytes(start, "little")
            if len(start) < 8 or length < 2:
                raise InputError(f"{path}: not a safetensors file (no header of 2 bytes or more)")
            if length > size - 8:
                raise InputError(
                    f"{path}: claims a header of {length:,} bytes in a file of {size:,}: it breaks "
                    "off; fetch it again"
                )
            if length > LONGEST_HEADER:
                raise InputError(
                    f"{path}: claims a header of {length:,} bytes; at most {LONGEST_HEADER:,} are read"
                )
            file.seek(8)
            text = file.read(length)
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be read ({reason})") from None
    return tensors_of(text, str(path))


def tensors_of(text: bytes, place: str) -> dict[str, Tensor]:
    """Every tensor named in a header.

    Raises:
        InputError: the header is invalid.
    """
    header = parse_json(text, f"{place} (header)")
    if not isinstance(header, dict):
        raise InputError(f"{place}: the header is not an object of tensors")
    return dict(_tensors(header, place))


def _tensors(header: Mapping[str, Any], place: str) -> Iterator[tuple[str, Tensor]]:
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        said = safe_text(name, 60) or "a tensor"
        shape = entry.get("shape") if isinstance(entry, dict) else None
        if not isinstance(shape, list) or not all(type(n) is int and n >= 0 for n in shape):
            raise InputError(f"{place}: {said} has no shape")
        if len(shape) > _MOST_SIDES or not _countable(shape):
            raise InputError(
                f"{place}: {said} has more than {_MOST_SIDES} sides or 2^63 elements or more"
            )
        dtype = safe_text(entry.get("dtype"), 20)
        if dtype is None:
            raise InputError(f"{place}: {said} has no dtype")
        yield name, Tensor(dtype, tuple(shape))


def _countable(shape: list[int]) -> bool:
    count = 1
    for side in shape:
        if side >= _MOST_ELEMENTS:
            return False
        count *= side
    return count < _MOST_ELEMENTS
