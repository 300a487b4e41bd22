"""T5Gemma and T5Gemma 2: an encoder and a decoder with Gemma's blocks."""

from __future__ import annotations

from collections.abc import Mapping
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


_SECOND = replace(BIASED, span="types", full_every=6, qk_norm="head")


@family("t5gemma2", parts=("encoder", "decoder"))
def t5gemma2(f: Fields) -> Architecture:
    """T5Gemma 2: Gemma 3's blocks; the decoder attends to itself and to the input in one attention.

    One set of projections serves both, and one embedding serves encoder, decoder and head. The image
    encoder is left out.
    """
    outer = Fields(f.nested("encoder") or {}, place="encoder")
    nested = outer.nested("text_config")
    text = Fields(outer.config if nested is None else nested, _defaults(), place="encoder")
    decoder = Fields(f.nested("decoder") or {}, _defaults(), place="decoder")
    text.assumed = decoder.assumed = f.assumed
    d, vocab = decoder.integer("hidden_size"), decoder.integer("vocab_size", 1, MAX_COUNT)
    for key, own in (("hidden_size", d), ("vocab_size", vocab)):
        if text.integer(key, 1, MAX_COUNT) != own:
            raise f.error(f"encoder and decoder must have the same {key}")
    tied = f.raw("tie_word_embeddings") is not False
    tables = [token_embedding(vocab, d), vector("embeddings", "end of image", d)]
    return Architecture(
        kind=ENCODER_DECODER,
        d_model=d,
        vocab_size=vocab,
        embeddings=tuple(tables if tied else tables * 2),
        stacks=(_merged_stack(text, "encoder"), _merged_stack(decoder, "decoder")),
        head=Head(vocab * d, tied),
        context_length=decoder.optional_int("max_position_embeddings", 1, 1 << 40),
    )


def _defaults() -> Mapping[str, object]:
    return load()["t5gemma2_decoder"].values


def _merged_stack(f: Fields, name: str) -> Stack:
    d, n = f.integer("hidden_size"), blocks.n_layers(f)

    def build(window: int | None) -> Block:
        attention = blocks.attention(f, _SECOND, d, window)
        mixers: tuple[Mixer, ...] = (attention,)
        if name == "decoder":  # the same projections read the input: a cache, but no weights
            mixers += (
                replace(
                    attention, d_model=0, has_kv_weights=False, qk_norm=0, window=None, cross=True
                ),
            )
        return Block(mixers, (blocks.dense(f, _SECOND, d),), 4 * d)

    runs = blocks.runs(blocks.windows(f, _SECOND, n), build)
    return Stack(name, runs, (vector("norms", "final norm", d),))
