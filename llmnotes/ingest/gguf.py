"""GGUF headers, read within bounds: keys and tensor shapes, long arrays passed over.

The layout is the one of the GGUF specification (versions 2 and 3, little-endian).
"""

from __future__ import annotations

import mmap
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import refuse_pointer, safe_text
from llmnotes.ingest.licenses import licence
from llmnotes.ingest.raw import RawClaim, Remarks

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
    """Keys with their values (of a long array only its length), and elements by tensor."""

    version: int
    keys: dict[str, Any] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    tensors: dict[str, int] = field(default_factory=dict)


class _Reader:
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
    """The header of a GGUF file; raises `InputError` where it is none, or claims the impossible."""
    try:
        with path.open("rb") as file:
            head = file.read(200)
            refuse_pointer(head, path)
            if head[:4] != b"GGUF":
                raise InputError(f"{path}: not a GGUF file")
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return _header(_Reader(data, str(path)))
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path}: cannot be read ({error})") from error


def _header(reader: _Reader) -> GgufHeader:
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


_COUNTS = {
    "block_count": "n_layers", "context_length": "context_length", "embedding_length": "d_model",
    "feed_forward_length": "d_ff", "attention.head_count": "n_heads",
    "attention.head_count_kv": "n_kv_heads", "attention.key_length": "head_dim",
    "attention.sliding_window": "sliding_window", "expert_count": "n_experts",
    "expert_used_count": "n_experts_active", "expert_feed_forward_length": "d_expert",
    "vocab_size": "vocab_size", "attention.q_lora_rank": "q_lora_rank",
    "attention.kv_lora_rank": "kv_lora_rank", "ssm.state_size": "ssm_state_size",
    "ssm.conv_kernel": "conv_kernel",
}  # fmt: skip


def claims(header: GgufHeader, place: str, remarks: Remarks) -> Iterator[RawClaim]:
    """What the header states of the model."""
    prefix = str(header.keys.get("general.architecture", ""))
    for key, attribute in _COUNTS.items():
        value = header.keys.get(f"{prefix}.{key}")
        found = _layered(value) if isinstance(value, list) else value
        if (type(found) is int and 0 < found < 2**63) or isinstance(found, str):
            yield RawClaim(attribute, found, f"{place}: {prefix}.{key}")
    tokens = header.lengths.get("tokenizer.ggml.tokens")
    if tokens and f"{prefix}.vocab_size" not in header.keys:
        yield RawClaim("vocab_size", tokens, f"{place}: tokenizer.ggml.tokens")
    theta = header.keys.get(f"{prefix}.rope.freq_base")
    if isinstance(theta, float) and 0 < theta < 1e12:
        yield RawClaim("rope_theta", theta, f"{place}: {prefix}.rope.freq_base")
    license_ = safe_text(header.keys.get("general.license"))
    if license_:
        yield RawClaim("license", licence(license_), f"{place}: general.license")
    size = header.keys.get("general.size_label")
    if isinstance(size, str) and re.fullmatch(r"\d+(\.\d+)?[KMBT]", size):
        yield RawClaim("params_reported", size, f"{place}: general.size_label")
    yield from _weights(header, place, remarks)


def _layered(values: list[Any]) -> int | str | None:
    """A value per layer as runs; layers without (0) are left to the hybrid's own attributes."""
    kept = [value for value in values if type(value) is int and 0 < value < 2**63]
    if len(kept) != len(values) or not kept:
        return None
    return kept[0] if len(set(kept)) == 1 else ",".join(f"1×{value}" for value in kept)


def _weights(header: GgufHeader, place: str, remarks: Remarks) -> Iterator[RawClaim]:
    counted = {
        name: count for name, count in header.tensors.items() if not name.startswith("rope_freqs")
    }
    if not counted:
        remarks.leave_out("a file without tensors: it tells no parameter count", place)
        return
    part = header.keys.get("split.count")
    if type(part) is int and part > 1:
        remarks.leave_out("one part of several: it tells no parameter count", place)
        return
    yield RawClaim("params_total", sum(counted.values()), f"{place}: {len(counted):,} tensors")
    if "token_embd.weight" in counted:
        yield RawClaim("tied_embeddings", "output.weight" not in counted, f"{place}: output.weight")
