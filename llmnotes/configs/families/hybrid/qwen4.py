"""Qwen4-Exp: gated DeltaNet and indexed attention in several streams, n-gram tables in some layers."""

from __future__ import annotations

from dataclasses import replace
from math import isqrt

from llmnotes.configs.families.hybrid.linear_attention import SHARED_GATED, delta_net
from llmnotes.configs.families.hybrid.stack import LINEAR
from llmnotes.configs.fields import MAX_KERNEL, MAX_LAYERS, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import BIASED, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import Architecture, Block, Mixer
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.weights import Weight, linear, vector

_GATED = replace(BIASED, gate="channel", gate_bias="attention_bias", qk_norm="head")
_INDEXED = ("indexed_attention", blocks.FULL)


@family("qwen4_exp_text")
def qwen4_exp(f: Fields) -> Architecture:
    """Qwen4-Exp: norms are in the gated residuals, two per layer and one for the stack."""
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    every = f.optional_int("full_attention_interval", 1, MAX_LAYERS) or 4
    types = f.words("layer_types", n)
    if types is None:
        types = [blocks.FULL if (layer + 1) % every == 0 else LINEAR for layer in range(n)]
    strange = set(types) - {LINEAR, *_INDEXED}
    if strange:
        raise f.error(
            f"layer_types holds {min(strange)!r}; this family has {LINEAR}, {_INDEXED[0]}"
        )
    with_tables = sorted(f.indices("ple_layer_ids") or set())
    if with_tables and not 1 <= with_tables[0] <= with_tables[-1] <= n:
        raise f.error(f"ple_layer_ids must lie between 1 and {n:,}")
    streams = f.integer("hc_count", 2, 64)
    residual = _gated_residual(f, d, streams, inject=True)
    network = blocks.experts(f, SHARED_GATED, d)
    attention = _indexed_attention(f, d) if set(types) & set(_INDEXED) else None
    delta = delta_net(f, d) if LINEAR in types else None

    def build(key: tuple[str, int | None]) -> Block:
        kind, table = key
        mixer: Mixer | None = delta if kind == LINEAR else attention
        extra = () if table is None else _table(f, d, streams, table)
        mixers = () if mixer is None else (mixer,)
        return Block(mixers, (network,), 0, (*residual, *residual, *extra))

    places = {layer - 1: index for index, layer in enumerate(with_tables)}
    runs = blocks.runs([(kind, places.get(layer)) for layer, kind in enumerate(types)], build)
    last = _gated_residual(f, d, streams, inject=False)
    return assemble(f, Traits(final_norm=False), d, runs, stack_extra=last)


def _gated_residual(f: Fields, d: int, streams: int, *, inject: bool) -> tuple[Weight, ...]:
    wide, rank = streams * d, f.integer("hc_lowrank")
    mixing = (
        vector("norms", "stream norm", wide),
        linear("other", "stream mixing in", wide, rank),
        linear("other", "stream mixing out", rank, wide),
    )
    return (*mixing, linear("other", "stream injection", wide, streams)) if inject else mixing


def _indexed_attention(f: Fields, d: int) -> Attention:
    heads, keys = f.integer("indexer_n_heads"), f.integer("indexer_kv_heads")
    dim, ratio = f.integer("indexer_head_dim"), f.integer("indexer_compress_ratio")
    extra = (
        linear("attention", "indexer query and key projection", d, (heads + keys) * dim),
        vector("norms", "indexer norms", 2 * dim),
    )
    found = blocks.attention(f, _GATED, d)
    return replace(found, extra=extra, cache_extra=max(keys * dim // ratio, 1))


def _table(f: Fields, d: int, streams: int, index: int) -> tuple[Weight, ...]:
    """Per-layer embedding of hashed n-grams: each head has its own prime number of rows."""
    wide, width = streams * d, f.optional_int("ple_embed_dim") or d
    heads = (f.integer("ngram_size", 2, 16) - 1) * f.integer("heads_per_ngram", 1, 64)
    if width % heads:
        raise f.error(f"ple_embed_dim {width:,} does not divide by {heads:,} n-gram heads")
    base = f.integer("ngram_vocab_size_base", 1, 1 << 30)
    step = f.integer("make_ngram_vocab_size_divisible_by")
    rows = sum(_primes_from(base, (index + 1) * heads)[index * heads :])
    kernel = f.integer("ple_conv_kernel_size", 1, MAX_KERNEL)
    padded = -(-rows // step) * step  # of which a token reads one row for each head
    return (
        Weight("embeddings", "n-gram embedding", width // heads, 0, padded, heads),
        linear("embeddings", "n-gram key projection", width, wide),
        linear("embeddings", "n-gram value projection", width, d),
        vector("norms", "n-gram norms", 3 * wide),
        Weight("embeddings", "n-gram convolution", wide * kernel, wide * kernel),
    )


def _primes_from(start: int, count: int) -> list[int]:
    """The first `count` primes from `start` on."""
    found: list[int] = []
    number = max(start, 2)
    while len(found) < count:
        if all(number % factor for factor in range(2, isqrt(number) + 1)):
            found.append(number)
        number += 1
    return found
