"""Hybrids of linear and latent attention: Kimi Linear, Ling 2.5 and 3, GLM-5-Next."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.families.hybrid.stack import LINEAR, hybrid, types_of
from llmnotes.configs.families.latent.attention import indexer, indexer_layers, latent_attention
from llmnotes.configs.fields import MAX_KERNEL, MAX_LAYERS, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble, with_block_weights
from llmnotes.configs.parts.traits import Experts, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing import recurrent
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
    Mixer,
)
from llmnotes.sizing.hyper_connections import attention_residual, mixing
from llmnotes.sizing.sparse_attention import pool

_ROUTED = Experts(count="n_routed_experts", layers="types", shared="times")


def _delta_sizes(f: Fields) -> Fields:
    """The sizes of delta attention: nested under a key of their own, or at the top level."""
    flat = {
        "head_dim": f.raw("linear_head_dim"),
        "num_heads": f.raw("linear_num_heads"),
        "short_conv_kernel_size": f.raw("linear_conv_kernel_dim"),
    }
    return Fields(f.nested("linear_attn_config") or {}, flat, place="linear_attn_config")


@family("kimi_linear")
def kimi_linear(f: Fields) -> Architecture:
    """Kimi Linear: Kimi delta attention, every fourth layer MLA, a mixture after the first.

    Kimi K3's language model (arXiv 2607.24653) adds by further keys: full-rank gates, gated MLA, experts of
    a latent width, and residuals that attend to the sums of earlier blocks.
    """
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    own = _delta_sizes(f)
    mixer = recurrent.kimi_delta_attention(
        d,
        own.integer("num_heads"),
        own.integer("head_dim"),
        own.integer("short_conv_kernel_size", 1, MAX_KERNEL),
        low_rank_output_gate=not own.flag("use_full_rank_gate"),
    )
    full = own.indices("full_attn_layers") if "kda_layers" in own.config else None
    types = types_of(
        f,
        n,
        lambda layer: layer + 1 in full if full is not None else bool(layer) and layer % 4 == 0,
    )
    e = Experts(
        count="num_local_experts",
        layers="types",
        dense_first=1,
        shared="times",
        latent="routed_expert_hidden_size",
    )
    latent = latent_attention(f, d)
    if f.flag("mla_use_output_gate"):
        latent = replace(latent, gate=latent.n_heads * latent.v_head_dim)
    # Its class never ties the head, whatever the file says.
    untied = f.replaced({"tie_word_embeddings": False})
    found = hybrid(untied, Traits(experts=e), types, mixer, latent)
    return _with_residual_attention(found) if f.given("attn_res_block_size") else found


def _with_residual_attention(found: Architecture) -> Architecture:
    """A norm and a query before each sublayer and at the end, which weight earlier sums."""
    one = attention_residual(found.d_model)
    mixed = with_block_weights(found, *one, *one)
    stack = mixed.stacks[0]
    return replace(mixed, stacks=(replace(stack, extra=(*stack.extra, *one)),))


@family("bailing_hybrid", classes=("BailingMoeV2_5ForCausalLM",))
def bailing_hybrid(f: Fields) -> Architecture:
    """Ling 3: delta attention with full gates, every sixth layer gated MLA.

    Ling 2.5, of the same type, has lightning attention with groups in its norm, and MLA without gates.
    """
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    heads, dim = f.integer("num_attention_heads"), f.integer("head_dim")
    every = f.integer("layer_group_size", 1, MAX_LAYERS)
    full = latent_attention(f, d)
    if f.given("group_norm_size"):
        whole = n // every * every
        types = types_of(f, n, lambda layer: (layer + 1) % every == 0 or layer >= whole)
        norms = 0 if f.raw("use_qk_norm") is False else 2 * dim
        linear_mixer = recurrent.lightning_attention(d, heads, dim, qk_norm=norms)
    else:
        types = types_of(f, n, lambda layer: (layer + 1) % every == 0)
        kernel = f.integer("short_conv_kernel_size", 1, MAX_KERNEL)
        linear_mixer = recurrent.kimi_delta_attention(d, heads, dim, kernel, low_rank_gates=False)
        full = replace(full, gate=heads)
    e = Experts(count="num_local_experts", layers="types", shared="times")
    t = Traits(experts=e)

    def build(key: tuple[str, bool]) -> Block:
        kind, sparse = key
        mixer: Mixer = full if kind == blocks.FULL else linear_mixer
        return Block((mixer,), blocks.feed_forward(f, t, d, sparse), 2 * d)

    keys = zip(types, blocks.sparse_layers(f, e, n), strict=True)
    # Its class never ties the head, whatever the file says.
    untied = f.replaced({"tie_word_embeddings": False})
    return assemble(untied, t, d, blocks.runs(keys, build))


@family("glm5_next_text")
def glm5_next(f: Fields) -> Architecture:
    """GLM-5-Next: delta attention, every fourth layer MLA without positions, pooled indexers."""
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    own = _delta_sizes(f)
    delta = recurrent.kimi_delta_attention(
        d,
        own.integer("num_heads"),
        own.integer("head_dim"),
        own.integer("short_conv_kernel_size", 1, MAX_KERNEL),
    )
    dim = f.integer("index_head_dim")
    pooled = pool(d, dim, f.integer("index_kpool", 1, 4096))
    plain = latent_attention(f, d)
    with_indexer = replace(plain, extra=(*indexer(f, d), *pooled), cache_extra=dim)
    types = f.words("layer_types", n)
    kinds = [layer % 4 == 3 if types is None else types[layer] != LINEAR for layer in range(n)]
    e = replace(_ROUTED, dense_first=3)
    t = Traits(experts=e)
    streams = f.integer("hc_mult", 1, 64)
    mixes = mixing((2 + streams) * streams, 3, streams, d)

    def build(key: tuple[bool, bool, bool]) -> Block:
        full, indexed, sparse = key
        mixer: Mixer = (with_indexer if indexed else plain) if full else delta
        return Block((mixer,), blocks.feed_forward(f, t, d, sparse), 2 * d, (*mixes, *mixes))

    keys = zip(kinds, indexer_layers(f, n), blocks.sparse_layers(f, e, n), strict=True)
    return assemble(f, t, d, blocks.runs(keys, build))
