"""Latent attention whose layers differ: in positions (Mistral Large 4), in window and width (dots3-note)."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.families.latent.attention import indexer, indexer_layers, latent_attention
from llmnotes.configs.fields import MAX_COUNT, MAX_LAYERS, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Experts, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
)
from llmnotes.sizing.compressed_attention import LatentAttention
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


_WINDOWED = {
    "num_attention_heads": 64,
    "q_lora_rank": 1024,
    "kv_lora_rank": 1024,
    "qk_nope_head_dim": 192,
    "v_head_dim": 128,
}


@family("dots3_note_text")
def dots3_note(f: Fields) -> Architecture:
    """dots3-note: gated latent attention, with indexers in full layers, wider latents in windowed ones."""
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    shared = f.optional_int("moe_shared_expert_intermediate_size")
    shared = shared or f.integer("shared_experts_intermediate_size")
    f = f.replaced({"shared_width": shared * f.integer("n_shared_experts", 1, MAX_COUNT)})
    e = Experts(
        "n_routed_experts", layers="types", dense_first=1, shared="width", shared_key="shared_width"
    )
    if set(f.counts("moe_layer_freq", n) or [1]) != {1}:
        raise f.error("moe_layer_freq is not known here but as 1; mlp_layer_types says as much")
    types = f.words("layer_types", n)
    sliding = _alternating(f, n) if types is None else [x == "sliding_attention" for x in types]
    full, windowed = _gated(f, d), _gated(_windowed(f), d)
    window = f.optional_int("sliding_window") or f.optional_int("sliding_window_size") or 512
    windowed = replace(windowed, window=window)
    if f.raw("use_dsa") is not False:
        own = (*full.extra, *indexer(f, d))
        full = replace(full, extra=own, cache_extra=f.integer("index_head_dim"))
    t = Traits(experts=e)

    def build(key: tuple[bool, bool]) -> Block:
        mixer = windowed if key[0] else full
        return Block((mixer,), blocks.feed_forward(f, t, d, key[1]), 2 * d)

    keys = zip(sliding, blocks.sparse_layers(f, e, n), strict=True)
    return assemble(f, t, d, blocks.runs(keys, build))


def _alternating(f: Fields, n: int) -> list[bool]:
    """The layers with a window where none are listed: all but the first two and every fourth."""
    if f.raw("use_sliding_window") is False:
        return [False] * n
    return [layer > 1 and layer % 4 != 1 for layer in range(n)]


def _windowed(f: Fields) -> Fields:
    """The configuration as its windowed layers see it, whose keys begin with swa_."""
    own: dict[str, object] = {
        key: f.optional_int(f"swa_{key}") or value for key, value in _WINDOWED.items()
    }
    whole = f.optional_int("swa_head_dim") or 256
    rotary = f.optional_int("swa_qk_rope_head_dim", 0)
    if rotary is None:
        rotary = whole - (f.optional_int("swa_qk_nope_head_dim") or 192)
    return f.replaced({**own, "qk_rope_head_dim": rotary})


def _gated(f: Fields, d: int) -> LatentAttention:
    """Latent attention with a gate for each head and a norm of the rotary key."""
    found = latent_attention(f, d)
    norm = vector("norms", "rotary key norm", found.qk_rope_head_dim)
    return replace(found, gate=found.n_heads, extra=(norm,))
