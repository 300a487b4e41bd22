"""Attention with one shared key-value head and a compressed far past (DeepSeek-V4)."""

from __future__ import annotations

from llmnotes.configs.fields import Fields
from llmnotes.sizing.attention import CompressedAttention
from llmnotes.sizing.weights import Weight


def compressed_attention(
    f: Fields, d: int, extra: tuple[Weight, ...], rate: int, indexed: bool
) -> CompressedAttention:
    """The family's attention; `rate` tokens share one far key (0 = the window alone).

    `indexed`: an indexer keeps a key of its own beside each far one.
    """
    return CompressedAttention(
        d_model=d,
        n_heads=f.integer("num_attention_heads"),
        head_dim=f.integer("head_dim"),
        q_lora_rank=f.integer("q_lora_rank"),
        o_groups=f.integer("o_groups"),
        o_lora_rank=f.integer("o_lora_rank"),
        window=f.integer("sliding_window"),
        rate=rate,
        far_width=f.integer("head_dim") + (f.integer("index_head_dim") if indexed else 0),
        extra=extra,
    )
