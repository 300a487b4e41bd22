"""Llama 3.2 Vision: some layers attend to the image instead of the text."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.fields import Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
)
from llmnotes.sizing.weights import vector


@family("mllama_text_model")
def mllama(f: Fields) -> Architecture:
    """Llama 3.2 Vision's text model: some layers attend to the image instead of the text."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    # The table has eight rows more than the head, so its class never ties them.
    f = f.replaced({"tie_word_embeddings": False})
    chosen = f.indices("cross_attention_layers")
    chosen = {3, 8, 13, 18, 23, 28, 33, 38} if chosen is None else chosen
    t = Traits()
    own = blocks.attention(f, t, d)
    cross = replace(own, cross=True, qk_norm=2 * own.head_dim)
    dense = blocks.dense(f, t, d)

    def build(key: bool) -> Block:
        gates = (vector("cross_attention", "gates", 2),)
        return Block((cross if key else own,), (dense,), 2 * d, gates if key else ())

    runs = blocks.runs((layer in chosen for layer in range(n)), build)
    # Eight rows more than the vocabulary, for the image token; the head does not have them.
    return assemble(f, t, d, runs, embeddings=(vector("embeddings", "image token rows", 8 * d),))
