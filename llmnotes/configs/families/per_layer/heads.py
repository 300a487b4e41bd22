"""Decoders whose layers differ in their number of heads: Laguna, MiMo-V2, Step 3.5."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.fields import MAX_LAYERS, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import BIASED, Experts, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
)

_FULL, _SLIDING = blocks.FULL, "sliding_attention"


@family("laguna")
def per_layer_heads(f: Fields) -> Architecture:
    """Laguna: a number of heads per layer, a gate per head, a mixture after the first layer."""
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
    t = replace(BIASED, qk_norm="head", gate=gate, experts=e, span="types")
    heads = f.counts("num_attention_heads_per_layer", n) or [f.integer("num_attention_heads")] * n
    spans = blocks.windows(f, t, n)

    def build(key: tuple[int | None, bool, int]) -> Block:
        window, sparse, n_heads = key
        sized = f.replaced({"num_attention_heads": n_heads})
        mixer = blocks.attention(sized, t, d, window)
        return Block((mixer,), blocks.feed_forward(f, t, d, sparse), 2 * d)

    sparse = blocks.sparse_layers(f, e, n)
    return assemble(f, t, d, blocks.runs(zip(spans, sparse, heads, strict=True), build))


@family("mimo_v2_flash")
def mimo_v2(f: Fields) -> Architecture:
    """MiMo-V2-Flash: sliding layers have twice the KV heads, and sinks; values are narrower."""
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

    def build(key: tuple[str, bool]) -> Block:
        kind, sparse = key
        mixer = local if kind == _SLIDING else own
        return Block((mixer,), blocks.feed_forward(f, t, d, sparse), 2 * d)

    keys = zip(types, blocks.sparse_layers(f, e, n), strict=True)
    return assemble(f, t, d, blocks.runs(keys, build))


@family("step3p5")
def step3(f: Fields) -> Architecture:
    """Step 3.5 and 3.7: a gate per head, a different number of heads in sliding layers, a shared expert."""
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
    t = replace(BIASED, mlp_bias="mlp_bias", qk_norm="head", gate="head", experts=e, span="types")
    other = f.nested("attention_other_setting") or {}
    heads = f.optional_int("num_sliding_attention_heads")
    if heads is None:
        heads = Fields(other, place="attention_other_setting").optional_int("num_attention_heads")
    local = f if heads is None else f.replaced({"num_attention_heads": heads})
    types = blocks.layer_types(f, t, n)
    window = f.optional_int("sliding_window")

    def build(key: tuple[str, bool]) -> Block:
        kind, sparse = key
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
