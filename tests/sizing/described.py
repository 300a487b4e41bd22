"""LLaMA-7B as its attributes describe it, and how such a model is counted."""

from __future__ import annotations

from typing import Any

from llmnotes.sizing import count_parameters, from_attributes

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


def total(attributes: dict[str, Any]) -> int:
    return count_parameters(from_attributes(attributes)).total
