"""Hybrids of attention and Mamba: Jamba, Bamba, Falcon-H1, Granite 4."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.families.hybrid.stack import LINEAR, hybrid, types_of
from llmnotes.configs.fields import MAX_COUNT, MAX_KERNEL, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import BIASED, Experts, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing import recurrent
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
)
from llmnotes.sizing.feedforward import FeedForward


@family("jamba")
def jamba(f: Fields) -> Architecture:
    """Jamba: Mamba, attention once a period, a mixture of experts every other layer."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    inner = f.integer("mamba_expand", 1, 64) * d
    rank = -(-d // 16) if f.raw("mamba_dt_rank") == "auto" else f.integer("mamba_dt_rank")
    states = f.integer("mamba_d_state")
    mixer = recurrent.mamba(
        d,
        inner,
        states,
        rank,
        f.integer("mamba_d_conv", 1, MAX_KERNEL),
        bias=f.flag("mamba_proj_bias"),
        conv_bias=f.flag("mamba_conv_bias"),
        norms=rank + 2 * states,
    )
    every, offset = f.integer("attn_layer_period"), f.integer("attn_layer_offset", 0)
    types = [blocks.FULL if layer % every == offset else LINEAR for layer in range(n)]
    step, first = f.integer("expert_layer_period"), f.integer("expert_layer_offset", 0)
    mixtures = f.integer("num_experts", 1, MAX_COUNT) > 1
    t = Traits(experts=Experts(width="intermediate_size", layers="types"))
    chosen = ["sparse" if mixtures and i % step == first else "dense" for i in range(n)]
    placed = f.replaced({"mlp_layer_types": chosen})
    return hybrid(placed, t, types, mixer, blocks.attention(f, t, d))


def hybrid_mixer(
    f: Fields, d: int, *, inner: int, out_bias: bool, norm: bool
) -> recurrent.Recurrent:
    """Mamba-2 with the key names of Bamba.

    Raises:
        ConfigError: the heads do not multiply to the inner width.
    """
    heads = f.integer("mamba_n_heads")
    dim = f.raw("mamba_d_head")
    dim = inner // heads if dim == "auto" else f.integer("mamba_d_head")
    if heads * dim != inner:
        raise f.error(
            f"mamba_n_heads {heads:,} times mamba_d_head {dim:,} must be the inner width {inner:,}"
        )
    return recurrent.mamba2(
        d,
        inner,
        heads,
        f.integer("mamba_n_groups"),
        f.integer("mamba_d_state"),
        f.integer("mamba_d_conv", 1, MAX_KERNEL),
        bias=f.flag("mamba_proj_bias"),
        out_bias=out_bias,
        conv_bias=f.flag("mamba_conv_bias"),
        norm=inner if norm else 0,
    )


@family("bamba")
def bamba(f: Fields) -> Architecture:
    """Bamba: Mamba-2 with attention at chosen layers."""
    d = f.integer("hidden_size")
    t = Traits(mlp_bias="mlp_bias")
    chosen = f.indices("attn_layer_indices") or set()
    n = blocks.n_layers(f)
    types = [blocks.FULL if layer in chosen else LINEAR for layer in range(n)]
    inner = f.integer("mamba_expand", 1, 64) * d
    mixer = hybrid_mixer(f, d, inner=inner, out_bias=f.flag("mamba_proj_bias"), norm=True)
    t_attention = BIASED
    return hybrid(f, t, types, mixer, blocks.attention(f, t_attention, d))


@family("falcon_h1")
def falcon_h1(f: Fields) -> Architecture:
    """Falcon-H1: attention and Mamba-2 side by side in every layer."""
    d = f.integer("hidden_size")
    t = replace(BIASED, mlp_bias="mlp_bias")
    inner = f.optional_int("mamba_d_ssm") or f.integer("mamba_expand", 1, 64) * d
    mixer = hybrid_mixer(
        f, d, inner=inner, out_bias=f.flag("projectors_bias"), norm=f.flag("mamba_rms_norm")
    )
    block = Block((mixer, blocks.attention(f, t, d)), (blocks.dense(f, t, d),), 2 * d)
    n = blocks.n_layers(f)
    return assemble(f, t, d, blocks.runs([0] * n, lambda _: block))


@family("granitemoehybrid")
def granite_hybrid(f: Fields) -> Architecture:
    """Granite 4: Mamba-2 or attention, a shared network, and a mixture where experts exist."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    types = types_of(f, n, lambda _: False)
    inner = f.integer("mamba_expand", 1, 64) * d
    mixer = hybrid_mixer(f, d, inner=inner, out_bias=f.flag("mamba_proj_bias"), norm=True)
    attention = blocks.attention(f, BIASED, d)
    mixtures = bool(f.optional_int("num_local_experts", 0, MAX_COUNT))
    e = Experts(count="num_local_experts", width="intermediate_size")
    shared = FeedForward(d, f.integer("shared_intermediate_size"), shared=mixtures)
    networks = (blocks.experts(f, e, d), shared) if mixtures else (shared,)

    def build(key: str) -> Block:
        return Block((attention if key == blocks.FULL else mixer,), networks, 2 * d)

    return assemble(f, Traits(), d, blocks.runs(types, build))
