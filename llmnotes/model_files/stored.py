"""The parameters stored in a checkpoint's folder, from its safetensors headers or their index.

An index maps every tensor to a file and gives `metadata.total_size` in bytes, in newer files also
`total_parameters` (https://huggingface.co/docs/safetensors).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import parse_json, read_text
from llmnotes.model_files.parameters import Stored, count_stored, is_packed, is_scale
from llmnotes.model_files.safetensors import Tensor, read_tensors

INDEX = "model.safetensors.index.json"
_MOST_INDEX = 64 * 2**20
_MOST_FILES = 4_096
_BYTES = {"float64": 8, "float32": 4, "float16": 2, "bfloat16": 2}


def stored_parameters(
    folder: Path, config_dtype: object = None, *, tied: bool = False
) -> Stored | None:
    """The parameters in the safetensors files of `folder`; None where there are none.

    `config_dtype` is the number format of the weights in the configuration; with `tied` an output matrix
    stored beside the embedding is counted once.
    """
    index = folder / INDEX
    try:
        shards = _shards(folder, index)
        if shards:
            return _from_headers(shards, tied=tied)
        return (
            index_parameters(_object(index), index.name, config_dtype) if index.is_file() else None
        )
    except InputError as error:
        return Stored(None, str(folder), str(error))
    except OSError as error:
        return Stored(None, str(folder), f"cannot be read ({error.strerror})")


def index_parameters(index: object, place: str, config_dtype: object = None) -> Stored:
    """The number of parameters according to an index.

    Raises:
        InputError: it is not an index.
    """
    if not isinstance(index, dict) or not isinstance(index.get("weight_map"), dict):
        raise InputError(f"{place}: no `weight_map`; not an index of safetensors files")
    metadata = index.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    strange = next((name for name in index["weight_map"] if is_packed(str(name))), None)
    if strange is not None:
        return Stored(None, place, f"its weights are quantised ({strange})")
    number = metadata.get("total_parameters")
    if type(number) is int and 0 < number < 2**63:
        return Stored(number, place, "metadata.total_parameters")
    size = metadata.get("total_size")
    if not isinstance(size, int | float) or not 0 < size < 2**60 or size != int(size):
        return Stored(None, place, "it names no total_size")
    if any(is_scale(str(name)) for name in index["weight_map"]):
        return Stored(None, place, "its weights are quantised")
    width = _width(config_dtype)
    if width is None:
        return Stored(None, place, "the configuration does not say the weights' number format")
    if int(size) % width:
        return Stored(None, place, f"its total_size is no multiple of {width} bytes")
    return Stored(int(size) // width, place, f"its total_size / {width} bytes ({config_dtype})")


def dtype_of(config: Mapping[str, object]) -> object:
    """The number format of the weights in a configuration, or None."""
    for place in (config, config.get("text_config")):
        if isinstance(place, Mapping):
            for key in ("dtype", "torch_dtype"):
                if isinstance(place.get(key), str):
                    return place[key]
    return None


def _shards(folder: Path, index: Path) -> list[Path]:
    """The checkpoint's files; empty where one is missing or only a Git LFS pointer.

    A folder may hold the same weights a second time under other names (`consolidated`): the files of the
    index are used, else `model.safetensors`, else all.
    """
    here = {path.name: path for path in sorted(folder.glob("*.safetensors"))[:_MOST_FILES]}
    names = {"model.safetensors"} & set(here) or set(here)
    if index.is_file():
        names = set(_files(_object(index)))
    if not names <= set(here) or any(_is_pointer(here[name]) for name in names):
        return []
    return [here[name] for name in sorted(names)]


def _from_headers(shards: list[Path], *, tied: bool) -> Stored:
    tensors: dict[str, Tensor] = {}
    for shard in shards:
        tensors |= read_tensors(shard)
    files = f"{len(shards):,} safetensors file{'s' * (len(shards) > 1)}"
    return count_stored(tensors, files, tied=tied)


def _object(path: Path) -> dict[str, Any]:
    found = parse_json(read_text(path, _MOST_INDEX), str(path))
    if not isinstance(found, dict):
        raise InputError(f"{path}: no index of tensors")
    return found


def _files(index: Mapping[str, Any]) -> list[str]:
    found = index.get("weight_map")
    names = found.values() if isinstance(found, dict) else ()
    return [file for file in names if isinstance(file, str)]


def _width(dtype: object) -> int | None:
    return _BYTES.get(dtype.removeprefix("torch.")) if isinstance(dtype, str) else None


def _is_pointer(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(7) == b"version"
