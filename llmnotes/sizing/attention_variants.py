"""Attention with parts that few models have: experts, filters before the queries, subtracted maps."""

from __future__ import annotations

from llmnotes.sizing.attention import Attention
from llmnotes.sizing.weights import Weight, linear, vector

_TAPS = 2


def expert_attention(
    d_model: int, kv_heads: int, head_dim: int, n_experts: int, n_active: int, *, bias: bool
) -> Attention:
    """A mixture of attention heads (JetMoE, arXiv 2404.07413).

    Each expert has queries and an output of its own; all share keys and values, so that a token has
    `n_active` queries for each of its `kv_heads`.
    """
    width = kv_heads * head_dim
    each = d_model * width
    weights = [
        linear("routers", "attention router", d_model, n_experts),
        Weight("attention", "query experts", each, each, n_experts, n_active),
        Weight("attention", "output experts", each, each, n_experts, n_active),
        linear("attention", "key and value projection", d_model, 2 * width),
    ]
    if bias:
        weights.append(vector("attention", "attention bias", d_model))
    # Its own projections are all among the further weights: none is as wide as the residual stream.
    return Attention(
        0, kv_heads * n_active, kv_heads, head_dim, has_kv_weights=False, extra=tuple(weights)
    )


def localized_filter(d_model: int, norm: int) -> tuple[Weight, ...]:
    """Two convolutions over a token and the one before it, ahead of queries and keys (arXiv 2311.15786).

    The first halves the width, the second restores it; a residual connection and a norm follow. The two
    inputs that it keeps of a sequence are not counted into the cache.
    """
    half = d_model // 2
    return (
        linear("attention", "first local filter", _TAPS * d_model, half, True),
        linear("attention", "second local filter", _TAPS * half, d_model, True),
        vector("norms", "norm of the local filter", norm),
    )


def differential(head_dim: int, norm: int) -> tuple[Weight, ...]:
    """What differential attention adds (arXiv 2410.05258): one attention map is taken from another.

    Four vectors give the weight of the second map; a norm follows on the values of both, twice a head wide.
    """
    return (
        vector("attention", "lambda vectors", 4 * head_dim),
        vector("norms", "norm of the difference", norm),
    )
