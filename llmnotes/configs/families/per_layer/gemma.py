"""Gemma 3n and 4, DiffusionGemma, EmbeddingGemma 2: tables, widths, shared keys that differ by layer."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.fields import MAX_COUNT, MAX_LAYERS, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import BIASED, Experts
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    ENCODER,
    Architecture,
    Block,
    Head,
)
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.sizing.per_layer_embeddings import block_weights, projection, tables
from llmnotes.sizing.weights import Weight, linear, vector

_FULL, _SLIDING = blocks.FULL, "sliding_attention"


def _reuses(f: Fields, n: int) -> list[bool]:
    """Which layers reuse an earlier layer's keys and values."""
    shared = f.optional_int("num_kv_shared_layers", 0, MAX_LAYERS) or 0
    if shared >= n and shared:
        raise f.error(f"num_kv_shared_layers {shared:,} leaves no layer of {n:,} to share from")
    return [layer >= n - shared for layer in range(n)]


def _per_layer_inputs(f: Fields, d: int, n: int, width: int) -> tuple[Weight, ...]:
    return tables(f.integer("vocab_size_per_layer_input", 1, MAX_COUNT), n, d, width)


@family("gemma3n_text")
def gemma3n(f: Fields) -> Architecture:
    """Gemma 3n: alternating updates, a learned augmented residual, per-layer embeddings."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    width = f.integer("hidden_size_per_layer_input")
    inputs = f.integer("altup_num_inputs", 1, 64)
    rank = f.integer("laurel_rank")
    inner = f.counts("intermediate_size", n)
    if inner is None or min(inner) < 1:
        raise f.error("intermediate_size is missing; it must be one number or one for each layer")
    t = replace(BIASED, span="types", full_every=5)
    attention = blocks.attention(f, t, d)
    dim = attention.head_dim
    own = replace(attention, qk_norm=2 * dim)
    shared = replace(attention, qk_norm=dim, reuses_kv=True, has_kv_weights=False)
    altup = d + inputs * inputs + inputs**3 + d * inputs
    block_extra = (
        Weight("other", "alternating updates", altup, altup - d),
        linear("other", "augmented residual in", d, rank),
        linear("other", "augmented residual out", rank, d),
        *block_weights(d, width),
    )

    def build(key: tuple[int | None, bool, int]) -> Block:
        window, reuses, d_ff = key
        mixer = replace(shared if reuses else own, window=window)
        return Block((mixer,), (FeedForward(d, d_ff),), 6 * d, block_extra)

    spans = blocks.windows(f, t, n)
    runs = blocks.runs(zip(spans, _reuses(f, n), inner, strict=True), build)
    updates = Weight(
        "other", "update projections", 2 * (inputs - 1) * d * d, 2 * (inputs - 1) * d * d
    )
    return assemble(
        f, t, d, runs, embeddings=_per_layer_inputs(f, d, n, width), stack_extra=(updates,)
    )


@family("gemma4_text")
def gemma4(f: Fields) -> Architecture:
    """Gemma 4: wide heads in full layers, shared keys, per-layer embeddings, or a mixture."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    t = replace(BIASED, span="types", full_every=6, block_norms=4)
    types = blocks.layer_types(f, t, n)
    types = [*types[:-1], _FULL]
    attention = blocks.attention(f, t, d)
    full = _gemma4_full(f, attention)
    width = f.optional_int("hidden_size_per_layer_input", 0) or 0
    inner = f.integer("intermediate_size")
    wide = f.flag("use_double_wide_mlp")
    mixture = _gemma4_mixture(f, d) if f.flag("enable_moe_block") else None
    window = f.optional_int("sliding_window")

    def build(key: tuple[str, bool]) -> Block:
        kind, reuses = key
        mixer = full if kind == _FULL else replace(attention, window=window)
        dim = mixer.head_dim
        if reuses:
            mixer = replace(mixer, qk_norm=dim, reuses_kv=True, has_kv_weights=False)
        else:
            mixer = replace(mixer, qk_norm=2 * dim)
        dense = FeedForward(d, inner * (2 if wide and reuses else 1))
        return Block(
            (mixer,),
            (dense,) if mixture is None else (dense, mixture),
            (4 if mixture is None else 7) * d,
            block_weights(d, width) if width else (),
        )

    runs = blocks.runs(zip(types, _reuses(f, n), strict=True), build)
    embeddings = _per_layer_inputs(f, d, n, width) if width else ()
    return assemble(f, t, d, runs, embeddings=embeddings)


@family("diffusion_gemma_text")
def diffusion_gemma(f: Fields) -> Architecture:
    """DiffusionGemma: Gemma 4's mixture, told of its previous step through a gated network."""
    given = {
        "enable_moe_block": True,
        "attention_k_eq_v": True,
        "num_kv_shared_layers": 0,
        "hidden_size_per_layer_input": 0,
        "use_double_wide_mlp": False,
    }
    found = gemma4(f.replaced(given))
    d, inner = found.d_model, f.integer("intermediate_size")
    told = Weight("other", "self-conditioning", 3 * d * inner, 3 * d * inner)
    norm = vector("norms", "self-conditioning norm", d)
    return replace(found, embeddings=(*found.embeddings, told, norm))


@family("embedding_gemma2_text")
def embedding_gemma2(f: Fields) -> Architecture:
    """EmbeddingGemma 2: wide heads in full layers; per-layer inputs come from the tokens' own embeddings.

    It embeds sentences: a projection of the pooled output stands in the head's place.
    """
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    t = replace(BIASED, span="types", full_every=6, qk_norm="head")
    types = [*blocks.layer_types(f, t, n)[:-1], _FULL]
    narrow = blocks.attention(f, t, d, f.optional_int("sliding_window"))
    heads, kv = narrow.n_heads, f.optional_int("num_global_key_value_heads") or 1
    if heads % kv:
        raise f.error(f"{heads:,} query heads do not divide by num_global_key_value_heads {kv:,}")
    dim = f.optional_int("global_head_dim") or 512
    full = replace(narrow, head_dim=dim, n_kv_heads=kv, qk_norm=2 * dim, window=None)
    width = f.integer("hidden_size_per_layer_input")
    network = FeedForward(d, f.integer("intermediate_size"))

    def build(kind: str) -> Block:
        mixer = full if kind == _FULL else narrow
        return Block((mixer,), (network,), 4 * d, block_weights(d, width))

    pooled = linear("pooler", "embedding projection", d, f.integer("embedding_dim"))
    found = assemble(f, t, d, blocks.runs(types, build), embeddings=projection(n, d, width))
    stacks = (replace(found.stacks[0], name="encoder"),)
    return replace(found, kind=ENCODER, stacks=stacks, head=Head(), pooler=(pooled,))


@family("gemma4_unified_text")
def gemma4_unified(f: Fields) -> Architecture:
    """Gemma 4's unified form: its wide full layers, without per-layer embeddings."""
    return gemma4(f.replaced({"hidden_size_per_layer_input": 0}))


def _gemma4_full(f: Fields, attention: Attention) -> Attention:
    dim = f.optional_int("global_head_dim") or 512
    same = f.flag("attention_k_eq_v")
    kv = f.optional_int("num_global_key_value_heads") if same else None
    kv = kv or attention.n_kv_heads
    if attention.n_heads % kv:
        raise f.error(
            f"num_attention_heads {attention.n_heads:,} does not divide by "
            f"num_global_key_value_heads {kv:,}"
        )
    return replace(attention, head_dim=dim, n_kv_heads=kv, key_is_value=same)


def _gemma4_mixture(f: Fields, d: int) -> MixtureOfExperts:
    e = Experts(active="top_k_experts")
    found = blocks.experts(f, e, d)
    scales = vector("routers", "router scales", d + found.n_experts)
    return replace(found, extra=(scales,))
