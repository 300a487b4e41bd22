"""Encoders with rotary positions and gated networks: ModernBERT, EuroBERT, UltraBERT."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.families.dense.llama import LLAMA
from llmnotes.configs.families.encoder.bert import BERT, finish
from llmnotes.configs.fields import Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import decoder
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    CAUSAL_DECODER,
    ENCODER,
    Architecture,
    Block,
    Stack,
    norm,
)
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.feedforward import FeedForward
from llmnotes.sizing.weights import linear, vector


@family("modernbert")
def modernbert(f: Fields) -> Architecture:
    """ModernBERT: rotary, gated, LayerNorms without bias, no first norm; local and global."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    heads = f.integer("num_attention_heads")
    bias, mlp_bias = f.flag("attention_bias"), f.flag("mlp_bias")
    one = norm(d, bias=f.flag("norm_bias"))
    attention = Attention(d, heads, heads, blocks.head_dim(f, d, heads), qkv_bias=bias, o_bias=bias)
    network = FeedForward(d, f.integer("intermediate_size"), True, mlp_bias, mlp_bias)
    every = f.optional_int("global_attn_every_n_layers") or 3
    types = f.words("layer_types", n)
    window = f.optional_int("local_attention") or f.optional_int("sliding_window")

    def full(layer: int) -> bool:
        return layer % every == 0 if types is None else types[layer] == blocks.FULL

    def build(key: tuple[bool, bool]) -> Block:
        first, is_full = key
        mixer = attention if is_full else replace(attention, window=window)
        return Block((mixer,), (network,), one if first else 2 * one)

    runs = blocks.runs([(layer == 0, full(layer)) for layer in range(n)], build)
    stack = Stack("encoder", runs, (vector("norms", "final norm", one),))
    e = replace(
        BERT,
        positions="",
        types=False,
        pooler=False,
        norm_bias=f.flag("norm_bias"),
        transform=False,
        head_bias=f.flag("decoder_bias"),
    )
    found = finish(f, e, d, d, (stack,))
    dense = linear("head", "head transform", d, d, f.flag("classifier_bias"))
    extra = (dense, vector("norms", "head norm", one), *found.head.extra)
    return replace(found, head=replace(found.head, extra=extra))


@family("modernbert-decoder")
def modernbert_decoder(f: Fields) -> Architecture:
    """ModernBERT trained as a decoder: the same layers, its head counted."""
    found = modernbert(f)
    stack = replace(found.stacks[0], name="decoder")
    head = replace(found.head, apart=False)
    return replace(found, kind=CAUSAL_DECODER, stacks=(stack,), head=head)


@family("eurobert")
def eurobert(f: Fields) -> Architecture:
    """EuroBERT: LLaMA's layers with bidirectional attention."""
    found = decoder(f, LLAMA)
    bias = (vector("head", "output bias", found.vocab_size),) if f.flag("mlp_bias") else ()
    head = replace(found.head, extra=bias, apart=True)
    stack = replace(found.stacks[0], name="encoder")
    return replace(found, kind=ENCODER, head=head, stacks=(stack,))


@family("ultrabert")
def ultrabert(f: Fields) -> Architecture:
    """UltraBERT: LLaMA's layers with bidirectional attention, two of three local, and a narrow head."""
    found = decoder(f, replace(LLAMA, span="types", full_every=3))
    d, inner = found.d_model, f.integer("prediction_head_size")
    extra = (linear("head", "head in", d, inner), linear("head", "head out", inner, d))
    head = replace(found.head, extra=extra, apart=True)
    stack = replace(found.stacks[0], name="encoder")
    return replace(found, kind=ENCODER, head=head, stacks=(stack,))
