"""Encoders with relative position attention: DeBERTa, DeBERTa-v2 and v3, XLNet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from llmnotes.configs.families.encoder.bert import BERT, finish
from llmnotes.configs.fields import MAX_COUNT, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
    Run,
    Stack,
)
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.feedforward import FeedForward
from llmnotes.sizing.weights import Weight, linear, vector


def _kinds(f: Fields) -> set[str]:
    value = f.raw("pos_att_type")
    if value is None:
        return set()
    if isinstance(value, str):
        return {kind.strip() for kind in value.lower().split("|") if kind.strip()}
    if isinstance(value, Sequence):
        return {str(kind) for kind in value}
    raise f.error('pos_att_type must be a list such as ["c2p", "p2c"]')


def _relative_rows(f: Fields) -> int:
    rows = f.optional_int("max_relative_positions", -1, MAX_COUNT) or -1
    if rows < 1:
        rows = f.integer("max_position_embeddings", 1, MAX_COUNT)
    return rows


def _around(f: Fields, d: int, stack: Stack) -> Architecture:
    e = replace(
        BERT,
        positions="max_position_embeddings" if f.flag("position_biased_input") else "",
        narrow="embedding_size",
        pooler=False,
    )
    width = f.optional_int("embedding_size") or d
    found = finish(f, e, d, width, (stack,))
    # Its norm follows the projection, at the model's width, and the projection has no bias.
    shifted = tuple(
        vector("norms", "embedding norm", 2 * d)
        if weight.name == "embedding norm"
        else linear("embeddings", "embedding projection", width, d)
        if weight.name == "embedding projection"
        else weight
        for weight in found.embeddings
    )
    return replace(found, embeddings=shifted)


@family("deberta")
def deberta(f: Fields) -> Architecture:
    """DeBERTa (arXiv 2006.03654): queries and values have biases, keys do not."""
    d = f.integer("hidden_size")
    heads = f.integer("num_attention_heads")
    dim = blocks.head_dim(f, d, heads)
    relative = f.flag("relative_attention")
    kinds = _kinds(f) if relative else set()
    extra: list[Weight] = []
    if "c2p" in kinds:
        extra.append(linear("attention", "position key projection", d, d))
    if "p2c" in kinds:
        extra.append(linear("attention", "position query projection", d, d, True))
    if f.flag("talking_head"):
        extra.append(Weight("attention", "talking heads", 2 * heads * heads, 2 * heads * heads))
    attention = Attention(
        d, heads, heads, dim, qkv_bias=True, k_bias=False, o_bias=True, extra=tuple(extra)
    )
    network = FeedForward(d, f.integer("intermediate_size"), False, True, True)
    tables = (vector("positions", "relative positions", 2 * _relative_rows(f) * d),)
    block = Block((attention,), (network,), 4 * d)
    runs = (Run(block, blocks.n_layers(f)),)
    return _around(f, d, Stack("encoder", runs, tables if relative else ()))


@family("deberta-v2")
def deberta_v2(f: Fields) -> Architecture:
    """DeBERTa-v2 and v3: shared position projections, buckets, a convolution in the first layer."""
    d = f.integer("hidden_size")
    heads = f.integer("num_attention_heads")
    dim = f.optional_int("attention_head_size") or blocks.head_dim(f, d, heads)
    relative = f.flag("relative_attention")
    kinds = _kinds(f) if relative and not f.flag("share_att_key") else set()
    extra: list[Weight] = []
    if "c2p" in kinds:
        extra.append(linear("attention", "position key projection", d, heads * dim, True))
    if "p2c" in kinds:
        extra.append(linear("attention", "position query projection", d, heads * dim, True))
    attention = Attention(d, heads, heads, dim, qkv_bias=True, o_bias=True, extra=tuple(extra))
    network = FeedForward(d, f.integer("intermediate_size"), False, True, True)
    around: list[Weight] = []
    if relative:
        buckets = f.optional_int("position_buckets", -1, MAX_COUNT) or -1
        rows = 2 * (buckets if buckets > 0 else _relative_rows(f))
        around.append(vector("positions", "relative positions", rows * d))
    norms = f.text("norm_rel_ebd") or "none"
    if "layer_norm" in {name.strip() for name in norms.lower().split("|")}:
        around.append(vector("norms", "relative position norm", 2 * d))
    kernel = f.optional_int("conv_kernel_size", 0, 1024) or 0
    if kernel:
        groups = f.optional_int("conv_groups") or 1
        size = d * d // groups * kernel
        around.append(Weight("other", "convolution", size + d, size))
        around.append(vector("norms", "convolution norm", 2 * d))
    block = Block((attention,), (network,), 4 * d)
    runs = (Run(block, blocks.n_layers(f)),)
    return _around(f, d, Stack("encoder", runs, tuple(around)))


@family("xlnet")
def xlnet(f: Fields) -> Architecture:
    """XLNet (arXiv 1906.08237): relative positions with a projection and biases of their own."""
    d, heads = f.integer("hidden_size"), f.integer("num_attention_heads")
    dim = blocks.head_dim(f.replaced({"head_dim": None}), d, heads)
    width = heads * dim
    relative = (
        linear("attention", "relative position projection", d, width),
        vector("attention", "relative, segment and content biases", 3 * width),
        vector("attention", "segment embedding", 2 * width),
    )
    attention = Attention(d, heads, heads, dim, extra=relative)
    network = FeedForward(d, f.integer("d_inner"), False, True, True)
    block = Block((attention,), (network,), 4 * d)
    mask = (vector("embeddings", "mask embedding", d),)
    t = Traits(final_norm=False, head_bias=True)
    runs = (Run(block, blocks.n_layers(f)),)
    return assemble(f, t, d, runs, embeddings=mask)
