"""Hybrids of attention and short convolutions or gated recurrences: LFM2 and 3, Griffin."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.families.hybrid.stack import LINEAR, hybrid, types_of
from llmnotes.configs.fields import MAX_KERNEL, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Experts, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing import recurrent
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
    Mixer,
)


@family("lfm2")
def lfm2(f: Fields) -> Architecture:
    """LFM2: gated short convolutions and grouped-query attention."""
    return _lfm2(f.replaced({"intermediate_size": _lfm2_inner(f)}), None)


@family("lfm2_moe")
def lfm2_mixture(f: Fields) -> Architecture:
    """LFM2 with mixtures after the first layers."""
    return _lfm2(f, Experts(layers="first-k", first_key="num_dense_layers"))


def _lfm2(f: Fields, e: Experts | None) -> Architecture:
    t = Traits(qk_norm="head", experts=e)
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    chosen = f.indices("full_attn_idxs")
    types = types_of(f, n, lambda layer: chosen is None or layer in chosen)
    mixer = recurrent.short_convolution(
        d, f.integer("conv_L_cache", 1, MAX_KERNEL), f.flag("conv_bias")
    )
    return hybrid(f, t, types, mixer, blocks.attention(f, t, d), linear_kinds=(LINEAR, "conv"))


def _lfm2_inner(f: Fields) -> int:
    inner = f.optional_int("block_ff_dim") or f.integer("intermediate_size")
    if not f.flag("block_auto_adjust_ff_dim"):
        return inner
    inner = int(2 * inner / 3)
    if f.raw("block_ffn_dim_multiplier") is None:
        return inner
    inner = int(f.number("block_ffn_dim_multiplier", 1.0) * inner)
    step = f.integer("block_multiple_of")
    return max(step * ((inner + step - 1) // step), 1)


@family("lfm3")
def lfm3(f: Fields) -> Architecture:
    """LFM3: gated short convolutions, sliding and full gated attention, pre- and post-norms."""
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    t = Traits(
        qkv_bias="attention_bias",
        o_bias="attention_bias",
        qk_norm="head",
        gate="head" if f.flag("use_attention_gate") else "",
    )
    bias = f.flag("conv_bias")
    convolution = recurrent.short_convolution(d, f.integer("conv_L_cache", 1, MAX_KERNEL), bias)
    types = f.words("layer_types", n)
    if types is None:
        kinds = {2: blocks.FULL, 0: "sliding_attention"}
        types = ["conv", *(kinds.get(layer % 4, "conv") for layer in range(1, n))]
    window = f.optional_int("sliding_window")
    count = 4 if f.flag("use_sandwich_norm") else 2

    def build(key: str) -> Block:
        span = window if key == "sliding_attention" else None
        mixer: Mixer = convolution if key == "conv" else blocks.attention(f, t, d, span)
        return Block((mixer,), (blocks.dense(f, t, d),), count * d)

    return assemble(f, t, d, blocks.runs(types, build))


@family("recurrent_gemma")
def recurrent_gemma(f: Fields) -> Architecture:
    """RecurrentGemma (Griffin): two recurrent blocks per block of local attention."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    heads = f.integer("num_attention_heads")
    t = Traits(qkv_bias="attention_bias", o_bias=True, mlp_bias=True, span="all")
    width = f.optional_int("lru_width") or d
    mixer = recurrent.rg_lru(d, width, heads, f.integer("conv1d_width", 1, MAX_KERNEL))
    pattern = f.words("block_types") or ["recurrent", "recurrent", "attention"]
    repeated = [pattern[layer % len(pattern)] for layer in range(n)]
    types = [LINEAR if kind == "recurrent" else blocks.FULL for kind in repeated]
    attention = replace(blocks.attention(f, t, d), window=f.optional_int("attention_window_size"))
    inner = f.integer("intermediate_size", 2) // 2
    sized = f.replaced({"intermediate_size": inner})
    return hybrid(sized, t, types, mixer, attention)
