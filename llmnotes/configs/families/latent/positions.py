"""Latent attention whose layers differ in positions (Mistral Large 4)."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.families.latent.attention import indexer_layers, latent_attention
from llmnotes.configs.fields import MAX_LAYERS, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Experts, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
)
from llmnotes.sizing.attention import LatentAttention
from llmnotes.sizing.weights import linear, vector

_ROUTED = Experts(count="n_routed_experts", layers="types", shared="times")


@family("mistral_large4_text")
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

    def build(key: tuple[bool, bool, bool]) -> Block:
        has_positions, indexed, sparse = key
        networks = blocks.feed_forward(f, t, d, sparse)
        return Block((mixer(has_positions, indexed),), networks, 2 * d)

    keys = zip(positions, indexer_layers(f, n), blocks.sparse_layers(f, _ROUTED, n), strict=True)
    return assemble(f, t, d, blocks.runs(keys, build))
