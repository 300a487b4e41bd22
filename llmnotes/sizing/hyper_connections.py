"""Hyper-connections: several residual streams, mixed before and after each sublayer."""

from __future__ import annotations

from llmnotes.sizing.weights import Weight, linear, vector


def mixing(rows: int, scales: int, streams: int, d: int) -> tuple[Weight, ...]:
    """The projection from all streams to `rows` mixing weights, their base and `scales` scales."""
    size = rows * streams * d
    return (
        Weight("other", "hyper-connection", size, size),
        vector("other", "hyper-connection base and scale", rows + scales),
    )


def manifold_mixing(streams: int, d: int) -> tuple[Weight, ...]:
    """Weights of one block of DeepSeek-V4: mixing before its attention and before its experts."""
    return mixing((2 + streams) * streams, 3, streams, d) * 2


def manifold_head(streams: int, d: int) -> tuple[Weight, ...]:
    """Weights that merge all streams into one after the last block of DeepSeek-V4."""
    width = streams * streams * d
    return (Weight("other", "hyper-connection head", width + streams + 1, width),)


def attention_residual(d: int) -> tuple[Weight, ...]:
    """A norm and a query that weight what earlier blocks wrote (Kimi K3)."""
    return (vector("norms", "residual norm", d), linear("other", "residual query", d, 1))
