"""Falcon: one KV head or groups of them, one norm or two, a parallel residual or none."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.families.dense.gpt import GPT
from llmnotes.configs.fields import Fields
from llmnotes.configs.parts.decoder import decoder
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    Architecture,
)


@family("falcon")
def falcon(f: Fields) -> Architecture:
    """Falcon: 7B (one KV head, one norm), 40B and 180B (grouped, two norms), and RW (plain)."""
    new = f.flag("new_decoder_architecture")
    parallel = f.flag("parallel_attn")
    heads = f.integer("num_attention_heads")
    grouped = f.optional_int("num_kv_heads") or heads
    one = f.flag("multi_query")
    kv = grouped if new else (1 if one else heads)
    norms = f.optional_int("num_ln_in_parallel_attn", 1, 2) or (2 if new else 1)
    count = norms if parallel else 2
    t = replace(
        GPT,
        kv_heads="num_key_value_heads",
        qkv_bias="bias",
        o_bias="bias",
        mlp_bias="bias",
        block_norms=count,
        d_ff="ffn_hidden_size",
    )
    return decoder(f.replaced({"num_key_value_heads": kv, "head_dim": None}), t)
