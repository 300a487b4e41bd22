"""RWKV: time mixing and channel mixing instead of attention."""

from __future__ import annotations

from llmnotes.configs.fields import Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Traits
from llmnotes.configs.registry import family
from llmnotes.sizing import recurrent
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
)
from llmnotes.sizing.weights import linear, vector


@family("rwkv")
def rwkv(f: Fields) -> Architecture:
    """RWKV-4: time mixing and channel mixing, LayerNorms, one more norm before the stack."""
    d = f.integer("hidden_size")
    width = f.optional_int("attention_hidden_size") or d
    inner = f.optional_int("intermediate_size") or 4 * d
    t = Traits(norm="layer")
    channel = (
        vector("ffn", "channel mixing", 2 * d),
        linear("ffn", "key projection", d, inner),
        linear("ffn", "receptance projection", d, d),
        linear("ffn", "value projection", inner, d),
    )
    block = Block((recurrent.rwkv4_time_mix(d, width),), (), 4 * d, channel)
    n = blocks.n_layers(f)
    first = (vector("norms", "norm before the stack", 2 * d),)
    return assemble(f, t, d, blocks.runs([0] * n, lambda _: block), stack_extra=first)
