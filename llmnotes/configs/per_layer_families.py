"""Decoders whose layers differ in heads, sharing or inputs: Gemma 3n and 4, Llama 3.2 Vision ..."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from llmnotes.configs import blocks
from llmnotes.configs.decoder import assemble
from llmnotes.configs.fields import MAX_COUNT, MAX_LAYERS, Fields
from llmnotes.configs.traits import Experts, Traits
from llmnotes.sizing.architecture import Architecture, Block
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.sizing.weights import Weight, linear, vector

_BIASED = Traits(qkv_bias="attention_bias", o_bias="attention_bias")
_FULL, _SLIDING = blocks.FULL, "sliding_attention"


def _reuses(f: Fields, n: int) -> list[bool]:
    """Which layers attend with an earlier layer's keys and values."""
    shared = f.optional_int("num_kv_shared_layers", 0, MAX_LAYERS) or 0
    if shared >= n and shared:
        raise f.error(f"num_kv_shared_layers {shared:,} leaves no layer of {n:,} to share from")
    return [layer >= n - shared for layer in range(n)]


def _per_layer_inputs(f: Fields, d: int, n: int, width: int) -> tuple[Weight, ...]:
    """Per-layer embeddings (Gemma 3n): one small table for each layer, and a projection."""
    rows = f.integer("vocab_size_per_layer_input", 1, MAX_COUNT)
    return (
        vector("embeddings", "per-layer embeddings", rows * n * width),
        linear("embeddings", "per-layer projection", d, n * width),
        vector("norms", "per-layer projection norm", width),
    )


def _per_layer_block(d: int, width: int) -> tuple[Weight, ...]:
    return (
        linear("other", "per-layer input gate", d, width),
        linear("other", "per-layer input projection", width, d),
        vector("norms", "per-layer input norm", d),
    )


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
    t = replace(_BIASED, span="types", full_every=5)
    attention = blocks.attention(f, t, d)
    dim = attention.head_dim
    own = replace(attention, qk_norm=2 * dim)
    shared = replace(attention, qk_norm=dim, reuses_kv=True, has_kv_weights=False)
    altup = d + inputs * inputs + inputs**3 + d * inputs
    block_extra = (
        Weight("other", "alternating updates", altup, altup - d),
        linear("other", "augmented residual in", d, rank),
        linear("other", "augmented residual out", rank, d),
        *_per_layer_block(d, width),
    )

    def build(key: object) -> Block:
        window, reuses, d_ff = key if isinstance(key, tuple) else (None, False, 1)
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


def gemma4(f: Fields) -> Architecture:
    """Gemma 4: wide heads in full layers, shared keys, per-layer embeddings, or a mixture."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    t = replace(_BIASED, span="types", full_every=6, block_norms=4)
    types = blocks.layer_types(f, t, n)
    types = [*types[:-1], _FULL]
    attention = blocks.attention(f, t, d)
    full = _gemma4_full(f, attention)
    width = f.optional_int("hidden_size_per_layer_input", 0) or 0
    inner = f.integer("intermediate_size")
    wide = f.flag("use_double_wide_mlp")
    mixture = _gemma4_mixture(f, d) if f.flag("enable_moe_block") else None
    window = f.optional_int("sliding_window")

    def build(key: object) -> Block:
        kind, reuses = key if isinstance(key, tuple) else (_FULL, False)
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
            _per_layer_block(d, width) if width else (),
        )

    runs = blocks.runs(zip(types, _reuses(f, n), strict=True), build)
    embeddings = _per_layer_inputs(f, d, n, width) if width else ()
    return assemble(f, t, d, runs, embeddings=embeddings)


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

    def build(key: object) -> Block:
        gates = (vector("cross_attention", "gates", 2),)
        return Block((cross if key else own,), (dense,), 2 * d, gates if key else ())

    runs = blocks.runs((layer in chosen for layer in range(n)), build)
    # Eight more rows than the vocabulary, for the image token; the head does not have them.
    return assemble(f, t, d, runs, embeddings=(vector("embeddings", "image token rows", 8 * d),))


def per_layer_heads(f: Fields) -> Architecture:
    """Laguna: heads counted for each layer, a gate per head, a mixture after the first."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    gating = f.raw("gating")
    if gating not in (True, False, None, "per-head", "per-element"):
        raise f.error(f'gating is {gating!r}; it must be true, false, "per-head" or "per-element"')
    gate = "head" if gating is True or gating == "per-head" else "channel"
    e = Experts(
        layers="types",
        dense_first=1,
        shared="width",
        shared_key="shared_expert_intermediate_size",
        router_bias=True,
    )
    t = replace(_BIASED, qk_norm="head", gate=gate, experts=e, span="types")
    heads = f.counts("num_attention_heads_per_layer", n) or [f.integer("num_attention_heads")] * n
    spans = blocks.windows(f, t, n)

    def build(key: object) -> Block:
        window, sparse, n_heads = key if isinstance(key, tuple) else (None, False, 1)
        sized = f.replaced({"num_attention_heads": n_heads})
        mixer = blocks.attention(sized, t, d, window)
        return Block((mixer,), blocks.feed_forward(f, t, d, sparse), 2 * d)

    sparse = blocks.sparse_layers(f, e, n)
    return assemble(f, t, d, blocks.runs(zip(spans, sparse, heads, strict=True), build))


def mimo_v2(f: Fields) -> Architecture:
    """MiMo-V2-Flash: sliding layers have twice the KV heads and sinks; narrow values."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    e = Experts(count="n_routed_experts", layers="types", dense_first=1)
    t = Traits(qkv_bias="attention_bias", experts=e, span="types")
    if f.given("layer_types"):
        types = blocks.layer_types(f, t, n)
    else:
        types = [_FULL if i == 0 or (i + 1) % 6 == 0 else _SLIDING for i in range(n)]
    own = replace(blocks.attention(f, t, d), v_head_dim=f.integer("v_head_dim"))
    twice = 2 * own.n_kv_heads
    if own.n_heads % twice and _SLIDING in types:
        raise f.error(f"num_attention_heads {own.n_heads:,} does not divide by {twice:,} KV heads")
    window = f.optional_int("sliding_window")
    local = replace(own, n_kv_heads=twice, sinks=own.n_heads, window=window)

    def build(key: object) -> Block:
        kind, sparse = key if isinstance(key, tuple) else (_FULL, False)
        mixer = local if kind == _SLIDING else own
        return Block((mixer,), blocks.feed_forward(f, t, d, sparse), 2 * d)

    keys = zip(types, blocks.sparse_layers(f, e, n), strict=True)
    return assemble(f, t, d, blocks.runs(keys, build))


def step3(f: Fields) -> Architecture:
    """Step 3.5 and 3.7: a gate per head, other heads in sliding layers, a shared expert."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    padded = f.optional_int("num_nextn_predict_layers", 0, MAX_LAYERS) or 0
    cut = {
        key: items[:n]
        for key in ("layer_types", "mlp_layer_types")
        if (items := f.items(key)) is not None and len(items) == n + padded
    }
    f = f.replaced(cut)
    if not f.given("mlp_layer_types"):
        chosen = _chosen_layers(f)
        kinds = [
            "sparse" if (i >= 3 if chosen is None else i in chosen) else "dense" for i in range(n)
        ]
        f = f.replaced({"mlp_layer_types": kinds})
    e = Experts(
        count="n_routed_experts",
        layers="types",
        shared="width",
        shared_key="share_expert_dim",
        shared_bias="mlp_bias",
    )
    t = replace(_BIASED, mlp_bias="mlp_bias", qk_norm="head", gate="head", experts=e, span="types")
    other = f.nested("attention_other_setting") or {}
    heads = f.optional_int("num_sliding_attention_heads")
    if heads is None:
        heads = Fields(other, place="attention_other_setting").optional_int("num_attention_heads")
    local = f if heads is None else f.replaced({"num_attention_heads": heads})
    types = blocks.layer_types(f, t, n)
    window = f.optional_int("sliding_window")

    def build(key: object) -> Block:
        kind, sparse = key if isinstance(key, tuple) else (_FULL, False)
        sliding = kind == _SLIDING
        mixer = blocks.attention(local if sliding else f, t, d, window if sliding else None)
        return Block((mixer,), blocks.feed_forward(f, t, d, sparse), 2 * d)

    keys = zip(types, blocks.sparse_layers(f, e, n), strict=True)
    return assemble(f, t, d, blocks.runs(keys, build))


def _chosen_layers(f: Fields) -> set[int] | None:
    value = f.raw("moe_layers_enum")
    if isinstance(value, str):
        words = [word.strip() for word in value.split(",") if word.strip()]
        if not all(word.isdigit() for word in words):
            raise f.error("moe_layers_enum must be layer numbers with commas between")
        return {int(word) for word in words}
    return f.indices("moe_layers_enum")


def minimax_m3(f: Fields) -> Architecture:
    """MiniMax-M3's text model: an indexer in sparse layers, dense layers before the mixture."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    legacy = f.nested("sparse_attention_config") or {}
    names = {"index_n_heads": "sparse_num_index_heads", "index_head_dim": "sparse_index_dim"}
    f = f.replaced({key: legacy[old] for key, old in names.items() if old in legacy})
    own_types = f.words("layer_types", n)
    pattern = Fields(legacy, place="sparse_attention_config").items("sparse_attention_freq", n)
    if own_types is None:
        indexed = [bool(each) for each in pattern] if pattern is not None else [False] * n
    else:
        indexed = [kind == "minimax_m3_sparse" for kind in own_types]
    frequency = f.items("moe_layer_freq", n)
    if frequency is not None and not f.given("mlp_layer_types"):
        f = f.replaced({"mlp_layer_types": ["sparse" if each else "dense" for each in frequency]})
    e = Experts(
        count="num_local_experts",
        width="intermediate_size",
        layers="types",
        shared="width",
        shared_key="shared_intermediate_size",
    )
    t = Traits(qk_norm="head", experts=e, dense_d_ff="dense_intermediate_size")
    own = blocks.attention(f, t, d)
    heads, dim = f.integer("index_n_heads"), f.integer("index_head_dim")
    extra = (
        linear("attention", "indexer query and key projection", d, (heads + 1) * dim),
        vector("norms", "indexer norms", 2 * dim),
    )
    with_indexer = replace(own, extra=extra, cache_extra=dim)

    def build(key: object) -> Block:
        is_sparse, is_indexed = key if isinstance(key, tuple) else (False, False)
        mixer = with_indexer if is_indexed else own
        return Block((mixer,), blocks.feed_forward(f, t, d, is_sparse), 2 * d)

    keys = zip(blocks.sparse_layers(f, e, n), indexed, strict=True)
    return assemble(f, t, d, blocks.runs(keys, build))


PER_LAYER: dict[str, Callable[[Fields], Architecture]] = {
    "gemma3n_text": gemma3n,
    "gemma4_text": gemma4,
    "mllama_text_model": mllama,
    "laguna": per_layer_heads,
    "mimo_v2_flash": mimo_v2,
    "step3p5": step3,
    "minimax_m3_vl_text": minimax_m3,
}
"""Model type -> builder."""
