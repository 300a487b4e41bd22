"""What a GGUF header states of its model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from llmnotes.files import safe_text
from llmnotes.ingest.licenses import licence
from llmnotes.ingest.raw import RawClaim, Remarks
from llmnotes.model_files.gguf import GgufHeader

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
