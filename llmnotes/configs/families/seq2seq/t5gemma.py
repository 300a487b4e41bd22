"""T5Gemma: an encoder and a decoder with Gemma 2's blocks, each of its own sizes."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.defaults import load
from llmnotes.configs.fields import MAX_COUNT, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.traits import BIASED
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    ENCODER_DECODER,
    Architecture,
    Block,
    Head,
    Mixer,
    Stack,
    token_embedding,
)
from llmnotes.sizing.weights import vector

_TRAITS = replace(BIASED, span="types", full_every=2)


@family("t5gemma", parts=("encoder", "decoder"))
def t5gemma(f: Fields) -> Architecture:
    """T5Gemma (arXiv 2504.06225): cross-attention reads the encoder's width; a table on each side."""
    encoder, decoder = _side(f, "encoder"), _side(f, "decoder")
    width, d = encoder.integer("hidden_size"), decoder.integer("hidden_size")
    vocab = decoder.integer("vocab_size", 1, MAX_COUNT)
    tied = f.raw("tie_word_embeddings") is not False
    own = token_embedding(encoder.integer("vocab_size", 1, MAX_COUNT), width)
    return Architecture(
        kind=ENCODER_DECODER,
        d_model=d,
        vocab_size=vocab,
        embeddings=(own, token_embedding(vocab, d)),
        stacks=(_stack(encoder, "encoder", None), _stack(decoder, "decoder", width)),
        head=Head(vocab * d, tied),
        context_length=decoder.optional_int("max_position_embeddings", 1, 1 << 40),
    )


def _side(f: Fields, name: str) -> Fields:
    entry = load()["t5_gemma_module"]
    side = Fields(f.nested(name) or {}, entry.values, entry.aliases, place=name)
    side.assumed = f.assumed
    return side


def _stack(f: Fields, name: str, source: int | None) -> Stack:
    d, n = f.integer("hidden_size"), blocks.n_layers(f)

    def build(window: int | None) -> Block:
        attention = blocks.attention(f, _TRAITS, d, window)
        mixers: tuple[Mixer, ...] = (attention,)
        if source is not None:
            cross = replace(attention, window=None, source_dim=source, cross=True)
            mixers = (attention, cross)
        return Block(mixers, (blocks.dense(f, _TRAITS, d),), 2 * (len(mixers) + 1) * d)

    runs = blocks.runs(blocks.windows(f, _TRAITS, n), build)
    return Stack(name, runs, (vector("norms", "final norm", d),))
