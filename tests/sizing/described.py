"""LLaMA-7B as its attributes describe it, and how such a model is counted."""

from __future__ import annotations

from typing import Any

from llmnotes.configs import read_config
from llmnotes.sizing import (
    count_parameters,
    flops_per_token,
    from_attributes,
    kv_cache,
    kv_cache_growth,
    kv_cache_per_token,
)

LLAMA: dict[str, Any] = {
    "architecture": "causal-decoder",
    "mixer": "transformer",
    "n_layers": 32,
    "d_model": 4096,
    "n_heads": 32,
    "attention": "MHA",
    "head_dim": 128,
    "d_ff": 11008,
    "gated_ffn": True,
    "vocab_size": 32000,
    "tied_embeddings": False,
    "positional_encoding": "RoPE",
    "normalization": "RMSNorm",
    "norm_placement": "pre-norm",
    "qk_norm": "none",
    "bias": ["none"],
}

MIXTURE = {"ffn_kind": "moe", "n_experts": 4, "n_experts_active": 2, "d_expert": 8}
"""What makes a mixture of experts of it."""


def total(attributes: dict[str, Any]) -> int:
    return count_parameters(from_attributes(attributes)).total


def parts(**changes: Any) -> dict[str, int]:
    """The parameters of LLaMA-7B with these attributes changed, by part."""
    return count_parameters(from_attributes({**LLAMA, **changes})).parts


def check_described_as(config: dict[str, Any], attributes: dict[str, Any]) -> None:
    """A configuration and LLaMA-7B with these attributes have the same parameters, caches and work."""
    shapes = read_config(config), from_attributes({**LLAMA, **attributes})
    counts = [count_parameters(shape) for shape in shapes]

    assert counts[0].parts == counts[1].parts
    assert counts[0].active == counts[1].active
    for figure in (kv_cache_per_token, kv_cache_growth, flops_per_token):
        assert len({figure(shape).value for shape in shapes}) == 1, figure
    assert len({kv_cache(shape, 1000).value for shape in shapes}) == 1
