"""Per-layer embeddings (Gemma 3n and 4): a narrow token embedding for each layer."""

from __future__ import annotations

from llmnotes.sizing.weights import Weight, linear, vector


def tables(rows: int, layers: int, d_model: int, width: int) -> tuple[Weight, ...]:
    """One table of `rows` by `width` for each layer, and a projection of the model's own input."""
    return (
        vector("embeddings", "per-layer embeddings", rows * layers * width),
        *projection(layers, d_model, width),
    )


def projection(layers: int, d_model: int, width: int) -> tuple[Weight, ...]:
    """A projection of the model's own input to a narrow one for each layer, with its norm."""
    return (
        linear("embeddings", "per-layer projection", d_model, layers * width),
        vector("norms", "per-layer projection norm", width),
    )


def block_weights(d_model: int, width: int) -> tuple[Weight, ...]:
    """Weights that add a layer's own embedding to its stream: a gate, a projection and a norm."""
    return (
        linear("other", "per-layer input gate", d_model, width),
        linear("other", "per-layer input projection", width, d_model),
        vector("norms", "per-layer input norm", d_model),
    )
