"""Safetensors headers: how many parameters a checkpoint holds, told from packed weights."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import parse_json, refuse_pointer
from llmnotes.ingest.raw import RawClaim, Remarks

LONGEST_HEADER = 100 * 2**20
"""Bytes; the format's own readers refuse longer ones."""

_FLOATS = frozenset({"F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2", "F8_E8M0"})
_PACKED_NAMES = (
    ".qweight", ".qzeros", ".g_idx", ".weight_packed", ".absmax", ".quant_map", ".quant_state",
    "_blocks", ".SCB",
)  # fmt: skip
_SCALES = (
    "_scale", "_scale_inv", ".scales", "_scales", ".input_scale", ".weight_scale_2", ".k_scale",
)  # fmt: skip
_BUFFERS = (".inv_freq", ".rotary_emb.inv_freq", ".masked_bias", ".position_ids", ".attn.bias")


def read_header(path: Path) -> dict[str, Any]:
    """The header of a safetensors file; raises `InputError` where it is none or too long."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
            refuse_pointer(start + file.read(64), path)
            if len(start) < 8:
                raise InputError(f"{path}: not a safetensors file (shorter than its length field)")
            (length,) = struct.unpack("<Q", start)
            size = path.stat().st_size
            if length > LONGEST_HEADER or length + 8 > size:
                raise InputError(
                    f"{path}: claims a header of {length:,} bytes in a file of {size:,}; "
                    f"at most {LONGEST_HEADER:,} are read"
                )
            file.seek(8)
            text = file.read(length)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    header = parse_json(text, f"{path} (header)")
    if not isinstance(header, dict):
        raise InputError(f"{path}: the header is not an object of tensors")
    return header


def elements(headers: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, int]]:
    """Name -> (dtype, elements) of every tensor; raises `InputError` for what is no tensor."""
    found = {}
    for header in headers:
        for name, tensor in header.items():
            if name == "__metadata__":
                continue
            shape = tensor.get("shape") if isinstance(tensor, dict) else None
            if not isinstance(shape, list) or not all(type(n) is int and n >= 0 for n in shape):
                raise InputError(f"safetensors: {name[:80]!r} has no shape")
            count = 1
            for side in shape:
                count *= side
                if count >= 2**63:
                    raise InputError(f"safetensors: {name[:80]!r} has more than 2^63 elements")
            found[name] = (str(tensor.get("dtype")), count)
    return found


def weight_claims(
    tensors: Mapping[str, tuple[str, int]], place: str, remarks: Remarks, *, tied: bool = False
) -> Iterator[RawClaim]:
    """The parameter count of a checkpoint, unless its weights are packed.

    With `tied` an output matrix that is stored beside the embedding is counted once.
    """
    packed = [
        name
        for name, (dtype, _) in tensors.items()
        if name.endswith(_PACKED_NAMES) or (dtype not in _FLOATS and name.endswith(".weight"))
    ]
    if packed:
        remarks.leave_out(
            "packed (quantised) weights: their elements are no parameter count", packed[0]
        )
        return
    counted = {
        name: count
        for name, (dtype, count) in tensors.items()
        if dtype in _FLOATS and not name.endswith((*_SCALES, *_BUFFERS))
    }
    if tied:
        _forget_copy(counted)
    total = sum(counted.values())
    if total:
        dtypes = sorted({tensors[name][0] for name in counted})
        yield RawClaim("params_total", total, f"{place}: {', '.join(dtypes)} tensors")


def _forget_copy(counted: dict[str, int]) -> None:
    head = next((name for name in counted if name.endswith("lm_head.weight")), None)
    table = next(
        (name for name in counted if name.endswith(("embed_tokens.weight", "wte.weight"))), None
    )
    if head and table and counted[head] == counted[table]:
        del counted[head]


def index_claims(index: Any, place: str, remarks: Remarks) -> Iterator[RawClaim]:
    """What `model.safetensors.index.json` says: the exact count where it has one.

    Raises `InputError` where it is no index.
    """
    if not isinstance(index, dict) or not isinstance(index.get("weight_map"), dict):
        raise InputError(f"{place}: no `weight_map`; not an index of safetensors files")
    metadata = index.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    packed = [str(name) for name in index["weight_map"] if str(name).endswith(_PACKED_NAMES)]
    total = metadata.get("total_parameters")
    if packed:
        remarks.leave_out(
            "packed (quantised) weights: their elements are no parameter count", packed[0]
        )
    elif type(total) is int and 0 < total < 2**63:
        yield RawClaim("params_total", total, f"{place}: metadata.total_parameters")
    else:
        remarks.leave_out("bytes without an element size: they give no parameter count", place)
