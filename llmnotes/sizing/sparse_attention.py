"""Weights of sparse attention: indexers that select keys, compressors of older tokens.

Source: the model code of DeepSeek-V3.2 and DeepSeek-V4.
"""

from __future__ import annotations

from llmnotes.sizing.weights import Weight, linear, vector


def indexer(d_model: int, q_rank: int, heads: int, head_dim: int) -> tuple[Weight, ...]:
    """The indexer of DeepSeek sparse attention, whose scores select the keys; one key is cached."""
    return (
        linear("attention", "indexer query projection", q_rank, heads * head_dim),
        linear("attention", "indexer key projection", d_model, head_dim),
        vector("norms", "indexer key norm", 2 * head_dim),
        linear("attention", "indexer weights projection", d_model, heads),
    )


def pool(d_model: int, head_dim: int, tokens: int) -> tuple[Weight, ...]:
    """What pools the keys of `tokens` tokens into one for an indexer (GLM-5-Next): positions and a gate."""
    return (
        vector("attention", "indexer pool positions", tokens * head_dim),
        linear("attention", "indexer pool gate", d_model, head_dim),
    )


def compressor(d_model: int, width: int, rate: int, norm: int) -> tuple[Weight, ...]:
    """The compressor of `rate` tokens into one entry: two projections, a bias by position, a norm."""
    return (
        linear("attention", "compressor projections", d_model, 2 * width),
        vector("attention", "compressor position bias", rate * width),
        vector("norms", "compressor norm", norm),
    )


def indexed_compressor(
    d_model: int, head_dim: int, rate: int, q_rank: int, heads: int, indexer_dim: int
) -> tuple[Weight, ...]:
    """Compressed sparse attention: overlapping entries, and an indexer over compressed keys."""
    return (
        *compressor(d_model, 2 * head_dim, rate, head_dim),
        *compressor(d_model, 2 * indexer_dim, rate, indexer_dim),
        linear("attention", "indexer query projection", q_rank, heads * indexer_dim),
        linear("attention", "indexer weights projection", d_model, heads),
    )
