"""Hybrids of attention and linear attention: Qwen3-Next, Lara Mini, MiniMax, OLMo-Hybrid."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.families.hybrid.stack import LINEAR, hybrid, types_of
from llmnotes.configs.fields import MAX_KERNEL, MAX_LAYERS, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import BIASED, Experts, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing import recurrent
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
    Mixer,
)

_GATED = replace(BIASED, gate="channel", gate_bias="attention_bias", qk_norm="head")


_LARA_MINI = (LINEAR, blocks.SLIDING[0], LINEAR, blocks.FULL, blocks.SLIDING[0])
"""The kinds of Lara Mini's layers where a file names none."""

SHARED_GATED = Experts(
    shared="width", shared_key="shared_expert_intermediate_size", shared_gate=True
)


def delta_net(f: Fields, d: int) -> recurrent.Recurrent:
    """The gated DeltaNet mixer with the key names of Qwen3-Next."""
    keys, values = f.integer("linear_num_key_heads"), f.integer("linear_num_value_heads")
    if values % keys:
        raise f.error(
            f"linear_num_value_heads {values:,} does not divide by linear_num_key_heads {keys:,}"
        )
    return recurrent.gated_delta_net(
        d,
        keys,
        values,
        f.integer("linear_key_head_dim"),
        f.integer("linear_value_head_dim"),
        f.integer("linear_conv_kernel_dim", 1, MAX_KERNEL),
    )


@family("qwen3_next")
def qwen3_next(f: Fields) -> Architecture:
    """Qwen3-Next: every layer a mixture, unless `decoder_sparse_step` says otherwise."""
    return _gated_hybrid(f, replace(SHARED_GATED, layers="step"))


@family("qwen3_5_text")
def qwen3_5(f: Fields) -> Architecture:
    """Qwen3.5: dense."""
    return _gated_hybrid(f, None)


@family("qwen3_5_moe_text")
def qwen3_5_mixture(f: Fields) -> Architecture:
    """Qwen3.5: every layer a mixture."""
    return _gated_hybrid(f, SHARED_GATED)


def _gated_hybrid(f: Fields, e: Experts | None) -> Architecture:
    """Gated DeltaNet, every fourth layer gated full attention."""
    t = replace(_GATED, experts=e)
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    every = f.optional_int("full_attention_interval", 1, MAX_LAYERS) or 4
    types = types_of(f, n, lambda layer: (layer + 1) % every == 0)
    return hybrid(f, t, types, delta_net(f, d), blocks.attention(f, t, d))


@family("lara_mini")
def lara_mini(f: Fields) -> Architecture:
    """Lara Mini: gated DeltaNet, local and full attention, mixtures whose shared expert has no gate."""
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    t = replace(BIASED, qk_norm="head", experts=replace(SHARED_GATED, shared_gate=False))
    window = f.optional_int("sliding_window", 0) or None
    mixers: dict[str, Mixer] = {
        LINEAR: delta_net(f, d),
        blocks.SLIDING[0]: blocks.attention(f, t, d, window),
        blocks.FULL: blocks.attention(f, t, d),
    }
    types = f.words("layer_types", n) or [_LARA_MINI[layer % len(_LARA_MINI)] for layer in range(n)]
    if strange := set(types) - set(mixers):
        raise f.error(f"layer_types holds {min(strange)!r}; this family has {', '.join(mixers)}")
    mixture = blocks.feed_forward(f, t, d, True)
    runs = blocks.runs(types, lambda kind: Block((mixers[kind],), mixture, 2 * d))
    return assemble(f, t, d, runs)


@family("olmo_hybrid")
def olmo_hybrid(f: Fields) -> Architecture:
    """OLMo-Hybrid: gated DeltaNet with separate projections, every fourth layer attention."""
    d = f.integer("hidden_size")
    heads = f.integer("num_attention_heads")
    n_k = f.optional_int("linear_num_key_heads") or heads
    n_v = f.optional_int("linear_num_value_heads") or heads
    k_dim = f.optional_int("linear_key_head_dim") or int(0.75 * d / n_k)
    v_dim = f.optional_int("linear_value_head_dim") or 2 * k_dim
    kernel = f.integer("linear_conv_kernel_dim", 1, MAX_KERNEL)
    mixer = recurrent.gated_delta_net(d, n_k, n_v, k_dim, v_dim, kernel)
    t = replace(BIASED, qk_norm="full")
    types = types_of(f, blocks.n_layers(f), lambda layer: layer % 4 == 3)
    if blocks.FULL not in types:
        types = [*types[:-1], blocks.FULL]
    return hybrid(f, t, types, mixer, blocks.attention(f, t, d))


@family("minimax", also=("minimax_m1", "minimax_text_01"))
def minimax(f: Fields) -> Architecture:
    """MiniMax-Text-01 and M1: lightning attention, softmax attention at intervals, mixtures in all layers."""
    d = f.integer("hidden_size")
    heads = f.integer("num_attention_heads")
    t = Traits(experts=Experts(count="num_local_experts", width="intermediate_size"))
    mixer = recurrent.lightning_attention(d, heads, blocks.head_dim(f, d, heads))
    n = blocks.n_layers(f)
    legacy = f.items("attn_type_list", n)
    if legacy is not None and not f.given("layer_types"):
        types = [blocks.FULL if kind == 1 else LINEAR for kind in legacy]
    else:
        types = types_of(f, n, lambda layer: (layer + 1) % 2 == 1)
    return hybrid(f, t, types, mixer, blocks.attention(f, t, d))
