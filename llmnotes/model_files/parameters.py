"""Identifies which stored tensors are parameters, and counts them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from llmnotes.model_files.safetensors import Tensor

_FLOATS = frozenset({"F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2", "F8_E8M0"})

_BUFFER = re.compile(
    r"(inv_freq|position_ids|masked_bias|token_type_ids|num_batches_tracked|rope_freqs)$"
)
_MASK = re.compile(r"(^|\.)(attn|attention)(\.attention)?\.bias$")
"""A causal mask stored as a square matrix; a bias has one dimension."""

_SCALE = re.compile(
    r"(_scale|_scales|_scale_inv|_scale_2|\.scales?|\.absmax|\.g_idx|\.qzeros|\.quant_map"
    r"|quant_state\S*)$"
)
_PACKED = re.compile(r"(\.qweight|\.weight_packed|_blocks|\.SCB)$")


@dataclass(frozen=True, slots=True)
class Stored:
    """The number of parameters in a checkpoint, or why it cannot be determined.

    Attributes:
        parameters: the number, without buffers and scales (None = it cannot be determined).
        place: the file or files they were read from.
        how: how it was determined, or why it could not be.
    """

    parameters: int | None
    place: str
    how: str


def is_scale(name: str) -> bool:
    """Whether a tensor scales or indexes quantised weights."""
    return _SCALE.search(name) is not None


def is_packed(name: str, dtype: str = "") -> bool:
    """Whether a tensor packs several weights into one element."""
    if _PACKED.search(name):
        return True
    return bool(dtype) and dtype not in _FLOATS and name.endswith("weight")


def is_parameter(name: str, tensor: Tensor) -> bool:
    """Whether a tensor is trained: not a buffer, mask, table of indices or scale."""
    if tensor.dtype not in _FLOATS or _BUFFER.search(name) or is_scale(name):
        return False
    return not (len(tensor.shape) > 1 and _MASK.search(name))


def count_stored(tensors: Mapping[str, Tensor], place: str, *, tied: bool = False) -> Stored:
    """The parameters of a checkpoint's tensors.

    With `tied`, an output matrix stored beside the embedding it equals is counted once.
    """
    strange = {n: t.dtype for n, t in tensors.items() if is_packed(n, t.dtype)}
    if strange:
        kinds = ", ".join(sorted(set(strange.values())))
        return Stored(None, place, f"weights are packed as {kinds} ({next(iter(strange))})")
    counted = {n: t.elements for n, t in tensors.items() if is_parameter(n, t)}
    if tied:
        _forget_copy(counted)
    kinds = ", ".join(sorted({tensors[name].dtype for name in counted}))
    total = sum(counted.values())
    if not total:
        return Stored(None, place, "no tensor of parameters in it")
    return Stored(total, place, f"shapes of {len(counted):,} {kinds} tensors")


def _forget_copy(counted: dict[str, int]) -> None:
    head = next((name for name in counted if name.endswith("lm_head.weight")), None)
    table = next(
        (name for name in counted if name.endswith(("embed_tokens.weight", "wte.weight"))), None
    )
    if head and table and counted[head] == counted[table]:
        del counted[head]
