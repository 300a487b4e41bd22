"""Decoders with additional kinds of weights in their blocks: inner norms, lambdas, added tokens."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.fields import MAX_COUNT, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import decoder, with_block_weights
from llmnotes.configs.parts.traits import BIASED, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    Architecture,
)
from llmnotes.sizing.weights import vector


@family("bitnet")
def bitnet(f: Fields) -> Architecture:
    """BitNet b1.58: LLaMA with a norm inside attention and inside the feed-forward."""
    inner = f.integer("intermediate_size") + f.integer("hidden_size")
    return with_block_weights(decoder(f, BIASED), vector("norms", "inner norms", inner))


@family("diffllama")
def diffllama(f: Fields) -> Architecture:
    """DiffLlama: differential attention, four lambda vectors a layer."""
    found = decoder(f, BIASED)
    dim = blocks.head_dim(f, found.d_model, f.integer("num_attention_heads"))
    return with_block_weights(found, vector("attention", "lambdas", 4 * dim))


@family("molmo2_text")
def molmo2(f: Fields) -> Architecture:
    """Molmo 2's text model: a second table for added tokens, and an untied head."""
    t = Traits(qk_norm="head", qkv_bias="qkv_bias")
    found = decoder(f.replaced({"tie_word_embeddings": False}), t)
    rows = f.integer("additional_vocab_size", 0, MAX_COUNT)
    extra = vector("embeddings", "added token embedding", rows * found.d_model)
    return replace(found, embeddings=(*found.embeddings, extra))
