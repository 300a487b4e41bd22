"""RWKV from its attributes: time mixing and channel mixing, determined by version and width."""

from __future__ import annotations

from llmnotes.sizing.architecture import Block, Run, Stack
from llmnotes.sizing.recurrent import Recurrent, rwkv4_time_mix
from llmnotes.sizing.weights import Weight, linear, vector

WITHOUT_HEADS = "RWKV-4"
VERSIONS = (WITHOUT_HEADS, "RWKV-5", "RWKV-6")
_PART = "recurrent"
_SHIFT_RANK, _DECAY_RANK = 32, 64
"""Ranks of the projections on which RWKV-6's token shifts and decay depend (its paper's §4)."""


def stack(version: str, d_model: int, n_layers: int, head_dim: int) -> Stack:
    """The layers of RWKV-4 (arXiv 2305.13048, §4) or of Eagle and Finch (arXiv 2404.05892, App. E).

    With D the width and L the layers they hold 13D²L + 11DL, 14DL or 464DL, and norms before and after
    the stack another 4D; all norms have scale and bias. `head_dim` is of no account to RWKV-4.
    """
    norm = 2 * d_model
    if version == WITHOUT_HEADS:
        mixer, inner = rwkv4_time_mix(d_model, d_model), 4 * d_model
    else:
        mixer, inner = _with_heads(version, d_model, head_dim), d_model * 7 // 2
    channel = (
        vector("ffn", "token shifts", 2 * d_model),
        linear("ffn", "key projection", d_model, inner),
        linear("ffn", "receptance projection", d_model, d_model),
        linear("ffn", "value projection", inner, d_model),
    )
    block = Block((mixer,), (), 2 * norm, channel)
    around = (vector("norms", "norm before the stack", norm), vector("norms", "final norm", norm))
    return Stack("decoder", (Run(block, n_layers),), around)


def _with_heads(version: str, d: int, head_dim: int) -> Recurrent:
    """Eagle's time mixing: a matrix for each head; Finch's shifts and decay depend on the data.

    State: the matrices, and the last inputs of time and of channel mixing.
    """
    parts: list[Weight] = [
        linear(_PART, "receptance, key, value and gate projection", d, 4 * d),
        linear(_PART, "output projection", d, d),
        vector(_PART, "decay and bonus", 2 * d),
        vector("norms", "head norm", 2 * d),
    ]
    if version == "RWKV-5":
        parts.append(vector(_PART, "token shifts", 4 * d))
    else:
        parts += [
            vector(_PART, "token shifts", 6 * d),
            linear(_PART, "token shift down-projections", d, 5 * _SHIFT_RANK),
            linear(_PART, "token shift up-projections", 5 * _SHIFT_RANK, d),
            linear(_PART, "decay down-projection", d, _DECAY_RANK),
            linear(_PART, "decay up-projection", _DECAY_RANK, d),
        ]
    return Recurrent(version, tuple(parts), d * head_dim + 2 * d, 2 * d * head_dim)
