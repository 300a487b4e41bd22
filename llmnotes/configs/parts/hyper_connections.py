"""Hyper-connections: several residual streams, mixed before and after each sublayer."""

from __future__ import annotations

from llmnotes.sizing.weights import Weight, vector


def mixing(rows: int, scales: int, streams: int, d: int) -> tuple[Weight, ...]:
    """The projection from all streams to `rows` mixing weights, their base and `scales` scales."""
    size = rows * streams * d
    return (
        Weight("other", "hyper-connection", size, size),
        vector("other", "hyper-connection base and scale", rows + scales),
    )
