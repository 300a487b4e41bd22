"""Transformer blocks whose weights several layers share: Zamba (arXiv 2405.16712), Zamba2 (arXiv 2411.15242).

The block reads the stream beside the embeddings, twice the model's width; a layer that runs it projects the
result into its state layer, and may have adapters of the block's networks of its own.
"""

from __future__ import annotations

from llmnotes.sizing.architecture import Block
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.feedforward import FeedForward
from llmnotes.sizing.weights import Weight, linear


def shared_block(
    d_model: int,
    heads: int,
    kv_heads: int,
    head_dim: int,
    d_ff: int,
    *,
    bias: bool = False,
    read_width: int | None = None,
) -> Block:
    """The block: attention, a gated network and a norm before each.

    `read_width` is what the attention reads where it is not twice the model's width.
    """
    wide = read_width or 2 * d_model
    attention = Attention(wide, heads, kv_heads, head_dim, out_dim=d_model)
    return Block((attention,), (FeedForward(d_model, d_ff, True, bias, bias),), wide + d_model)


def layer_weights(
    d_model: int, d_ff: int, rank: int | None = None, *, attention_adapters: bool = False
) -> tuple[Weight, ...]:
    """What a layer that runs the block has of its own; `rank` is that of its adapters (None = none)."""
    found = [linear("recurrent", "projection into the layer", d_model, d_model)]
    if rank:
        found += [
            linear("ffn", "adapter in", d_model, rank),
            linear("ffn", "adapter out", rank, 2 * d_ff),
        ]
    if rank and attention_adapters:
        wide = 2 * d_model
        found += [
            linear("attention", "adapter in", wide, 3 * rank),
            linear("attention", "adapter out", 3 * rank, wide),
        ]
    return tuple(found)
