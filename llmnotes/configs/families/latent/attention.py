"""Multi-head latent attention and the indexers that select its keys."""

from __future__ import annotations

from llmnotes.configs.fields import MAX_LAYERS, Fields
from llmnotes.configs.parts import blocks
from llmnotes.sizing import sparse_attention
from llmnotes.sizing.compressed_attention import LatentAttention
from llmnotes.sizing.weights import Weight


def latent_attention(f: Fields, d: int) -> LatentAttention:
    """Multi-head latent attention with the key names of DeepSeek."""
    heads = f.integer("num_attention_heads")
    return LatentAttention(
        d_model=d,
        n_heads=heads,
        q_lora_rank=f.optional_int("q_lora_rank"),
        kv_lora_rank=f.integer("kv_lora_rank"),
        qk_nope_head_dim=f.integer("qk_nope_head_dim"),
        qk_rope_head_dim=f.integer("qk_rope_head_dim", 0),
        v_head_dim=blocks.head_dim(f, d, heads, "v_head_dim"),
        bias=f.flag("attention_bias"),
    )


def indexer(f: Fields, d: int) -> tuple[Weight, ...]:
    """The indexer of DeepSeek sparse attention (DeepSeek-V3.2), whose scores select the keys."""
    heads, dim = f.integer("index_n_heads"), f.integer("index_head_dim")
    return sparse_attention.indexer(d, f.integer("q_lora_rank"), heads, dim)


def indexer_layers(f: Fields, n: int) -> list[bool]:
    """Which layers run their own indexer; the others reuse the selection of the previous one."""
    types = f.words("indexer_types", n)
    if types is not None:
        return [kind == "full" for kind in types]
    pattern = f.text("index_topk_pattern")
    if pattern is not None:
        if len(pattern) != n or set(pattern) - set("FS"):
            raise f.error(f"index_topk_pattern must be {n:,} letters F or S")
        return [letter == "F" for letter in pattern]
    every = max(f.optional_int("index_topk_freq", 0, MAX_LAYERS) or 1, 1)
    offset = f.optional_int("index_skip_topk_offset", 0, MAX_LAYERS)
    offset = 2 if offset is None else offset
    return [max(layer - offset + 1, 0) % every == 0 for layer in range(n)]
