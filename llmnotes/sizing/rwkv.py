"""RWKV from its attributes: time mixing and channel mixing, determined by version and width."""

from __future__ import annotations

from llmnotes.sizing.architecture import Block, Run, Stack
from llmnotes.sizing.recurrent import Recurrent, rwkv4_time_mix
from llmnotes.sizing.weights import Weight, linear, vector

WITHOUT_HEADS = "RWKV-4"
_DELTA = "RWKV-7"
VERSIONS = (WITHOUT_HEADS, "RWKV-5", "RWKV-6", _DELTA)
_PART = "recurrent"
_SHIFT_RANK, _DECAY_RANK = 32, 64
"""Ranks of the projections on which RWKV-6's token shifts and decay depend (its paper's §4)."""
_RANKS = {
    768: (64, 32, 128), 1024: (64, 32, 128), 2048: (96, 64, 256), 2560: (96, 64, 320),
    4096: (128, 96, 480), 6144: (128, 96, 640),
}  # fmt: skip
"""Ranks that RWKV-7's paper suggests for a width (its Table 16); its code works out others."""


def stack(version: str, d_model: int, n_layers: int, head_dim: int) -> Stack:
    """The layers of RWKV-4 (arXiv 2305.13048, §4), of Eagle and Finch (arXiv 2404.05892, App. E) or of Goose.

    With D the width and L the layers the first three hold 13D²L + 11DL, 14DL or 464DL, and norms before and
    after the stack another 4D; all norms have scale and bias. `head_dim` is of no account to RWKV-4.
    """
    norm = 2 * d_model
    around = (vector("norms", "norm before the stack", norm), vector("norms", "final norm", norm))
    if version == _DELTA:
        channels = (
            vector("ffn", "token shift", d_model),
            linear("ffn", "key projection", d_model, 4 * d_model),
            linear("ffn", "value projection", 4 * d_model, d_model),
        )
        first, later = _with_delta_rule(d_model, head_dim)
        runs = (
            Run(Block((first,), (), 2 * norm, channels), 1),
            Run(Block((later,), (), 2 * norm, channels), n_layers - 1),
        )
        return Stack("decoder", runs if n_layers > 1 else runs[:1], around)
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


def _ranks(d: int) -> tuple[int, int, int]:
    """Ranks of Goose's small projections: decay and learning rate, value mixing, output gate."""

    def near(wanted: float) -> int:
        return max(32, round(wanted / 32) * 32)

    return _RANKS.get(d) or (near(1.8 * d**0.5), near(1.3 * d**0.5), near(0.6 * d**0.8))


def _with_delta_rule(d: int, head_dim: int) -> tuple[Recurrent, Recurrent]:
    """Goose's time mixing (arXiv 2503.14456) in the first layer, which does not mix values, and in others.

    State: a matrix for each head, and the last inputs of time and of channel mixing.
    """
    decay, values, gate = _ranks(d)
    common = (
        linear(_PART, "receptance, key and value projection", d, 3 * d),
        linear(_PART, "output projection", d, d),
        vector(_PART, "token shifts", 6 * d),
        vector(_PART, "key scales and bonus", 3 * d),
        *_low_rank("decay", d, decay),
        *_low_rank("learning rate", d, decay),
        *_low_rank("output gate", d, gate, bias=False),
        vector("norms", "head norm", 2 * d),
    )
    state, work = d * head_dim + 2 * d, 4 * d * head_dim
    first = Recurrent(_DELTA, common, state, work)
    return first, Recurrent(_DELTA, (*common, *_low_rank("value mixing", d, values)), state, work)


def _low_rank(name: str, d: int, rank: int, *, bias: bool = True) -> tuple[Weight, ...]:
    return (
        linear(_PART, f"{name} down-projection", d, rank),
        linear(_PART, f"{name} up-projection", rank, d, bias),
    )
