"""Families of the newest kind: delta attention with MLA, hyper-connections, pooled indexers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from llmnotes.configs import blocks
from llmnotes.configs.decoder import assemble
from llmnotes.configs.fields import MAX_LAYERS, Fields
from llmnotes.configs.hybrid_families import LINEAR, types_of
from llmnotes.configs.latent_families import indexer, indexer_layers, latent_attention
from llmnotes.configs.per_layer_families import gemma4
from llmnotes.configs.traits import Experts, Traits
from llmnotes.sizing import recurrent
from llmnotes.sizing.architecture import Architecture, Block, Mixer
from llmnotes.sizing.attention import LatentAttention
from llmnotes.sizing.weights import Weight, linear, vector

_ROUTED = Experts(count="n_routed_experts", layers="types", shared="times")
_KERNEL = 1024


def bailing_hybrid(f: Fields) -> Architecture:
    """Ling 2.5 (Bailing hybrid): delta attention with full gates, every sixth layer gated MLA."""
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    heads = f.integer("num_attention_heads")
    every = f.integer("layer_group_size", 1, MAX_LAYERS)
    types = types_of(f, n, lambda layer: (layer + 1) % every == 0)
    delta = recurrent.kimi_delta_attention(
        d,
        heads,
        f.integer("head_dim"),
        f.integer("short_conv_kernel_size", 1, _KERNEL),
        low_rank_gates=False,
    )
    full = replace(latent_attention(f.replaced({"q_lora_rank": None}), d), gate=heads)
    e = Experts(count="num_local_experts", layers="types", shared="times")
    t = Traits(experts=e)

    def build(key: object) -> Block:
        kind, sparse = key if isinstance(key, tuple) else ("", False)
        mixer: Mixer = full if kind == blocks.FULL else delta
        return Block((mixer,), blocks.feed_forward(f, t, d, sparse), 2 * d)

    keys = zip(types, blocks.sparse_layers(f, e, n), strict=True)
    # Its class never ties the head, whatever the file says.
    untied = f.replaced({"tie_word_embeddings": False})
    return assemble(untied, t, d, blocks.runs(keys, build))


def _mixing(rows: int, scales: int, streams: int, d: int) -> tuple[Weight, ...]:
    size = rows * streams * d
    return (
        Weight("other", "hyper-connection", size, size),
        vector("other", "hyper-connection base and scale", rows + scales),
    )


def hy_v4(f: Fields) -> Architecture:
    """Hunyuan 4: gated MLA with sinks, shared indexers, hyper-connections."""
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    streams = f.integer("hc_mult", 1, 64)
    plain = latent_attention(f, d)
    heads, width = plain.n_heads, plain.n_heads * plain.v_head_dim
    sinks = (vector("attention", "attention sinks", heads),)
    plain = replace(plain, gate=width, extra=sinks)
    own = replace(plain, extra=(*sinks, *indexer(f, d)), cache_extra=f.integer("index_head_dim"))
    types = f.words("indexer_types", n)
    indexed = [
        layer == 0 or (layer - 1) % 4 == 0 if types is None else types[layer] == "full"
        for layer in range(n)
    ]
    e = replace(_ROUTED, dense_first=1)
    t = Traits(experts=e)
    mixes = _mixing(2 * streams, 2, streams, d)

    def build(key: object) -> Block:
        has_indexer, sparse = key if isinstance(key, tuple) else (False, False)
        mixer = own if has_indexer else plain
        return Block((mixer,), blocks.feed_forward(f, t, d, sparse), 2 * d, (*mixes, *mixes))

    keys = zip(indexed, blocks.sparse_layers(f, e, n), strict=True)
    head = _mixing(streams, 1, streams, d)
    return assemble(f, t, d, blocks.runs(keys, build), stack_extra=head)


def glm5_next(f: Fields) -> Architecture:
    """GLM-5-Next: delta attention, every fourth layer MLA without positions, pooled indexers."""
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    nested = f.nested("linear_attn_config") or {}
    own = Fields(
        nested,
        {
            "head_dim": f.raw("linear_head_dim"),
            "num_heads": f.raw("linear_num_heads"),
            "short_conv_kernel_size": f.raw("linear_conv_kernel_dim"),
        },
        place="linear_attn_config",
    )
    delta = recurrent.kimi_delta_attention(
        d,
        own.integer("num_heads"),
        own.integer("head_dim"),
        own.integer("short_conv_kernel_size", 1, _KERNEL),
    )
    dim = f.integer("index_head_dim")
    pooled = (
        vector("attention", "indexer pool positions", f.integer("index_kpool", 1, 4096) * dim),
        linear("attention", "indexer pool gate", d, dim),
    )
    plain = latent_attention(f, d)
    with_indexer = replace(plain, extra=(*indexer(f, d), *pooled), cache_extra=dim)
    types = f.words("layer_types", n)
    kinds = [layer % 4 == 3 if types is None else types[layer] != LINEAR for layer in range(n)]
    e = replace(_ROUTED, dense_first=3)
    t = Traits(experts=e)
    streams = f.integer("hc_mult", 1, 64)
    mixes = _mixing((2 + streams) * streams, 3, streams, d)

    def build(key: object) -> Block:
        full, indexed, sparse = key if isinstance(key, tuple) else (False, False, False)
        mixer: Mixer = (with_indexer if indexed else plain) if full else delta
        return Block((mixer,), blocks.feed_forward(f, t, d, sparse), 2 * d, (*mixes, *mixes))

    keys = zip(kinds, indexer_layers(f, n), blocks.sparse_layers(f, e, n), strict=True)
    return assemble(f, t, d, blocks.runs(keys, build))


def mistral_large4(f: Fields) -> Architecture:
    """Mistral Large 4: MLA with full queries, every fourth layer without positions, indexers."""
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    sources = f.items("kv_source_layers", n)
    if sources is not None and list(sources) != list(range(n)):
        raise f.error("kv_source_layers shares keys between layers, which is not known here")
    rotary = latent_attention(f.replaced({"q_lora_rank": None}), d)
    heads, dim = f.integer("index_n_heads"), f.integer("index_head_dim")
    scaling = vector("attention", "softmax scaling", 2 * rotary.n_heads)
    extra = (
        linear("attention", "indexer query projection", d, heads * dim),
        linear("attention", "indexer key projection", d, dim),
        linear("attention", "indexer weights projection", d, heads),
        vector("norms", "indexer norms", 2 * dim + 2 * d),
        vector("attention", "indexer softmax scaling", 2 * heads),
    )
    every = f.optional_int("no_rope_layer_interval", 1, MAX_LAYERS) or 4
    flags = f.items("no_rope_layers", n)
    positions = [
        (layer + 1) % every != 0 if flags is None else bool(flags[layer]) for layer in range(n)
    ]
    t = Traits(experts=_ROUTED)

    def mixer(has_positions: bool, indexed: bool) -> LatentAttention:
        found = rotary
        if not has_positions:
            wide = rotary.qk_nope_head_dim + rotary.qk_rope_head_dim
            found = replace(rotary, qk_nope_head_dim=wide, qk_rope_head_dim=0)
        own = (scaling, *extra) if indexed else (scaling,)
        return replace(found, extra=own, cache_extra=dim if indexed else 0)

    def build(key: object) -> Block:
        has_positions, indexed, sparse = key if isinstance(key, tuple) else (True, False, False)
        networks = blocks.feed_forward(f, t, d, sparse)
        return Block((mixer(has_positions, indexed),), networks, 2 * d)

    keys = zip(positions, indexer_layers(f, n), blocks.sparse_layers(f, _ROUTED, n), strict=True)
    return assemble(f, t, d, blocks.runs(keys, build))


def lfm3(f: Fields) -> Architecture:
    """LFM3: gated short convolutions, sliding and full gated attention, norms on both sides."""
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    t = Traits(
        qkv_bias="attention_bias",
        o_bias="attention_bias",
        qk_norm="head",
        gate="head" if f.flag("use_attention_gate") else "",
    )
    bias = f.flag("conv_bias")
    convolution = recurrent.short_convolution(d, f.integer("conv_L_cache", 1, _KERNEL), bias)
    types = f.words("layer_types", n)
    if types is None:
        kinds = {2: blocks.FULL, 0: "sliding_attention"}
        types = ["conv", *(kinds.get(layer % 4, "conv") for layer in range(1, n))]
    window = f.optional_int("sliding_window")
    count = 4 if f.flag("use_sandwich_norm") else 2

    def build(key: object) -> Block:
        span = window if key == "sliding_attention" else None
        mixer: Mixer = convolution if key == "conv" else blocks.attention(f, t, d, span)
        return Block((mixer,), (blocks.dense(f, t, d),), count * d)

    return assemble(f, t, d, blocks.runs(types, build))


def gemma4_unified(f: Fields) -> Architecture:
    """Gemma 4's unified form: its wide full layers, without per-layer embeddings."""
    return gemma4(f.replaced({"hidden_size_per_layer_input": 0}))


RECENT: dict[str, Callable[[Fields], Architecture]] = {
    "bailing_hybrid": bailing_hybrid,
    "hy_v4": hy_v4,
    "glm5_next_text": glm5_next,
    "mistral_large4_text": mistral_large4,
    "lfm3": lfm3,
    "gemma4_unified_text": gemma4_unified,
}
"""Model type -> builder."""
