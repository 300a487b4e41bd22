"""What a checkpoint beside a configuration really holds, read from safetensors headers or index.

A header is 8 bytes of length and a JSON object of tensors with `dtype` and `shape`; an index names
the file of every tensor and `metadata.total_size` in bytes, in newer files `total_parameters`
(https://huggingface.co/docs/safetensors). No weight is read.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import parse_json, read_text, safe_text

INDEX = "model.safetensors.index.json"
_MOST_INDEX = 64 * 2**20
_MOST_HEADER = 100_000_000
"""The longest header that the format allows."""
_MOST_FILES = 4_096
_BYTES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "F8_E4M3": 1, "F8_E5M2": 1}
_BUFFER = re.compile(
    r"(inv_freq|position_ids|masked_bias|token_type_ids|num_batches_tracked)$|h\.\d+\.attn\.bias$"
)
_SCALE = re.compile(r"(_scale|_scale_inv|\.scales?|\.absmax|\.g_idx|\.qzeros|quant_state\S*)$")


@dataclass(frozen=True, slots=True)
class Stored:
    """Parameters that a checkpoint stores, or why they cannot be told.

    Attributes:
        parameters: how many, buffers and scales left out (None = it cannot be told).
        place: the file or files they were read from.
        how: how they were told, or why they could not be.
    """

    parameters: int | None
    place: str
    how: str


def stored_parameters(folder: Path, config_dtype: object = None) -> Stored | None:
    """What the safetensors files in `folder` hold; None where there is none.

    `config_dtype` is the number format that the configuration names for its weights.
    """
    index = folder / INDEX
    try:
        shards = _shards(folder, index)
        if shards:
            return _from_headers(shards)
        return _from_index(index, config_dtype) if index.is_file() else None
    except (InputError, OSError) as error:
        return Stored(None, str(folder), str(error))


def _shards(folder: Path, index: Path) -> list[Path]:
    """The checkpoint's files, or none where one is missing or only a Git LFS pointer to it.

    A folder may hold the same weights a second time under other names (`consolidated`): those of
    the index count, else `model.safetensors`, else all there are.
    """
    here = {path.name: path for path in sorted(folder.glob("*.safetensors"))[:_MOST_FILES]}
    if index.is_file():
        names = set(_weight_map(_object(index)).values())
    else:
        names = {"model.safetensors"} & set(here) or set(here)
    if not names <= set(here) or any(_head(here[name], 7) == b"version" for name in names):
        return []
    return [here[name] for name in sorted(names)]


def _from_headers(shards: Iterable[Path]) -> Stored:
    total, number, files, packed = 0, 0, 0, set()
    for shard in shards:
        files += 1
        for name, kind, size in _tensors(shard):
            if _BUFFER.search(name) or _SCALE.search(name):
                continue
            number += 1
            total += size
            if kind not in _BYTES:
                packed.add(kind)
    place = f"{number:,} tensors in {files:,} safetensors file{'s' * (files > 1)}"
    if packed:
        return Stored(None, place, f"weights are packed as {', '.join(sorted(packed))}")
    return Stored(total, place, "shapes of the tensors")


def _tensors(shard: Path) -> Iterator[tuple[str, str, int]]:
    """Name, number format and elements of every tensor in a file."""
    length = int.from_bytes(_head(shard, 8), "little")
    if not 2 <= length <= _MOST_HEADER:
        raise InputError(f"{shard}: no safetensors file")
    with shard.open("rb") as file:
        file.seek(8)
        header = parse_json(file.read(length), str(shard))
    if not isinstance(header, dict):
        raise InputError(f"{shard}: no safetensors header")
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        shape = entry.get("shape") if isinstance(entry, dict) else None
        if not isinstance(shape, list) or not all(type(n) is int and 0 <= n < 2**48 for n in shape):
            raise InputError(f"{shard}: {safe_text(name, 60)} has no shape")
        yield name, safe_text(entry.get("dtype"), 20) or "?", math.prod(shape[:16])


def _from_index(index: Path, config_dtype: object) -> Stored:
    found = _object(index)
    metadata = found.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    place = index.name
    number = metadata.get("total_parameters")
    if type(number) is int and number > 0:
        return Stored(number, place, "its total_parameters")
    size = metadata.get("total_size")
    if not isinstance(size, int | float) or not 0 < size < 2**60 or size != int(size):
        return Stored(None, place, "it names no total_size")
    if any(_SCALE.search(name) for name in _weight_map(found)):
        return Stored(None, place, "its weights are quantised")
    width = _width(config_dtype)
    if width is None:
        return Stored(None, place, "the configuration does not say the weights' number format")
    if int(size) % width:
        return Stored(None, place, f"its total_size is no multiple of {width} bytes")
    return Stored(int(size) // width, place, f"its total_size / {width} bytes ({config_dtype})")


def _width(dtype: object) -> int | None:
    names = {"float64": 8, "float32": 4, "float16": 2, "bfloat16": 2}
    return names.get(dtype.removeprefix("torch.")) if isinstance(dtype, str) else None


def _object(path: Path) -> dict[str, Any]:
    found = parse_json(read_text(path, _MOST_INDEX), str(path))
    if not isinstance(found, dict):
        raise InputError(f"{path}: no index of tensors")
    return found


def _weight_map(index: Mapping[str, Any]) -> dict[str, str]:
    found = index.get("weight_map")
    names = found.items() if isinstance(found, dict) else ()
    return {name: file for name, file in names if isinstance(file, str)}


def _head(path: Path, length: int) -> bytes:
    with path.open("rb") as file:
        return file.read(length)


def dtype_of(text: str) -> object:
    """The number format that a configuration names for its weights, or None."""
    try:
        config = json.loads(text)
    except (ValueError, RecursionError):
        return None
    places = [config, config.get("text_config")] if isinstance(config, dict) else []
    for place in places:
        if isinstance(place, dict):
            for key in ("dtype", "torch_dtype"):
                if isinstance(place.get(key), str):
                    return place[key]
    return None
