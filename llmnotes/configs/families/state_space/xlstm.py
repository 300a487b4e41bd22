"""xLSTM: matrix memories with exponential gates instead of attention (arXiv 2503.13427)."""

from __future__ import annotations

from llmnotes.configs.fields import Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Traits
from llmnotes.configs.registry import family
from llmnotes.sizing import recurrent
from llmnotes.sizing.architecture import Architecture, Block, norm
from llmnotes.sizing.feedforward import FeedForward


@family("xlstm")
def xlstm(f: Fields) -> Architecture:
    """xLSTM-7B: mLSTM layers over gated networks; biases everywhere where `use_bias`."""
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    bias = f.flag("use_bias")
    step = f.integer("ffn_round_up_to_multiple_of")
    inner = int((f.number("ffn_proj_factor", 2.667) * d + step - 1) // step) * step
    mixer = recurrent.mlstm(
        d,
        f.integer("num_heads"),
        int(d * f.number("qk_dim_factor", 0.5)),
        int(d * f.number("v_dim_factor", 1.0)),
        bias=bias,
    )
    network = FeedForward(d, max(inner, 1), True, bias, bias)
    block = Block((mixer,), (network,), 2 * norm(d, bias=bias))
    # Its class never ties the head, whatever the file says.
    untied = f.replaced({"tie_word_embeddings": False})
    return assemble(untied, Traits(), d, blocks.runs([0] * n, lambda _: block))
