"""Hybrids: stacks that mix attention with linear attention, state spaces or convolutions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from llmnotes.configs import blocks
from llmnotes.configs.decoder import assemble
from llmnotes.configs.fields import MAX_COUNT, MAX_LAYERS, Fields
from llmnotes.configs.latent_families import latent_attention
from llmnotes.configs.traits import Experts, Traits
from llmnotes.sizing import recurrent
from llmnotes.sizing.architecture import Architecture, Block, Mixer

LINEAR = "linear_attention"
_BIASED = Traits(qkv_bias="attention_bias", o_bias="attention_bias")
_GATED = replace(_BIASED, gate="channel", gate_bias="attention_bias", qk_norm="head")
_SHARED = Experts(shared="width", shared_key="shared_expert_intermediate_size", shared_gate=True)
_LEGACY = {"mamba": LINEAR, "attention": blocks.FULL, "linear": LINEAR}


def types_of(
    f: Fields, n: int, default: Callable[[int], bool], key: str = "layer_types"
) -> list[str]:
    """Each layer's kind; where the file does not say, `default` tells the full ones."""
    types = f.words(key, n)
    if types is not None:
        return [_LEGACY.get(kind, kind) for kind in types]
    return [blocks.FULL if default(layer) else LINEAR for layer in range(n)]


def hybrid(
    f: Fields,
    t: Traits,
    types: Sequence[str],
    linear_mixer: Mixer,
    full_mixer: Mixer,
    *,
    linear_kinds: tuple[str, ...] = (LINEAR,),
    norms: Callable[[bool], int] | None = None,
) -> Architecture:
    """A stack of two kinds of mixer over one kind of feed-forward layout.

    Raises:
        ConfigError: a layer is of a kind that the family does not have.
    """
    d = f.integer("hidden_size")
    n = len(types)
    strange = set(types) - {blocks.FULL, *linear_kinds}
    if strange:
        known = ", ".join((blocks.FULL, *linear_kinds))
        raise f.error(f"layer_types holds {min(strange)!r}; this family has {known}")
    sparse = [False] * n if t.experts is None else blocks.sparse_layers(f, t.experts, n)

    def build(key: object) -> Block:
        kind, is_sparse = key if isinstance(key, tuple) else ("", False)
        full = kind == blocks.FULL
        return Block(
            mixers=(full_mixer if full else linear_mixer,),
            feed_forwards=blocks.feed_forward(f, t, d, is_sparse),
            norms=t.block_norms * d if norms is None else norms(full),
        )

    return assemble(f, t, d, blocks.runs(zip(types, sparse, strict=True), build))


def delta_net(f: Fields, d: int) -> recurrent.Recurrent:
    """The gated DeltaNet mixer as Qwen3-Next's configurations name its widths."""
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
        f.integer("linear_conv_kernel_dim", 1, 1024),
    )


def qwen_hybrid(e: Experts | None) -> Callable[[Fields], Architecture]:
    """Qwen3-Next and Qwen3.5: gated DeltaNet, every fourth layer gated full attention."""
    t = replace(_GATED, experts=e)

    def build(f: Fields) -> Architecture:
        d = f.integer("hidden_size")
        n = blocks.n_layers(f)
        every = f.optional_int("full_attention_interval", 1, MAX_LAYERS) or 4
        types = types_of(f, n, lambda layer: (layer + 1) % every == 0)
        return hybrid(f, t, types, delta_net(f, d), blocks.attention(f, t, d))

    return build


def olmo_hybrid(f: Fields) -> Architecture:
    """OLMo-Hybrid: gated DeltaNet with separate projections, every fourth layer attention."""
    d = f.integer("hidden_size")
    heads = f.integer("num_attention_heads")
    n_k = f.optional_int("linear_num_key_heads") or heads
    n_v = f.optional_int("linear_num_value_heads") or heads
    k_dim = f.optional_int("linear_key_head_dim") or int(0.75 * d / n_k)
    v_dim = f.optional_int("linear_value_head_dim") or 2 * k_dim
    kernel = f.integer("linear_conv_kernel_dim", 1, 1024)
    mixer = recurrent.gated_delta_net(d, n_k, n_v, k_dim, v_dim, kernel)
    t = replace(_BIASED, qk_norm="full")
    types = types_of(f, blocks.n_layers(f), lambda layer: layer % 4 == 3)
    if blocks.FULL not in types:
        types = [*types[:-1], blocks.FULL]
    return hybrid(f, t, types, mixer, blocks.attention(f, t, d))


def minimax(f: Fields) -> Architecture:
    """MiniMax-Text-01: lightning attention, softmax attention at intervals, a mixture each."""
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


def kimi_linear(f: Fields) -> Architecture:
    """Kimi Linear: Kimi delta attention, every fourth layer MLA, a mixture after the first."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
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
    mixer = recurrent.kimi_delta_attention(
        d,
        own.integer("num_heads"),
        own.integer("head_dim"),
        own.integer("short_conv_kernel_size", 1, 1024),
    )
    full = own.indices("full_attn_layers") if "kda_layers" in nested else None
    types = types_of(
        f,
        n,
        lambda layer: layer + 1 in full if full is not None else bool(layer) and layer % 4 == 0,
    )
    e = Experts(count="num_local_experts", layers="types", dense_first=1, shared="times")
    # Its class never ties the head, whatever the file says.
    untied = f.replaced({"tie_word_embeddings": False})
    return hybrid(untied, Traits(experts=e), types, mixer, latent_attention(f, d))


def lfm2(e: Experts | None) -> Callable[[Fields], Architecture]:
    """LFM2: gated short convolutions and grouped-query attention."""
    t = Traits(qk_norm="head", experts=e)

    def build(f: Fields) -> Architecture:
        d = f.integer("hidden_size")
        n = blocks.n_layers(f)
        chosen = f.indices("full_attn_idxs")
        types = types_of(f, n, lambda layer: chosen is None or layer in chosen)
        mixer = recurrent.short_convolution(
            d, f.integer("conv_L_cache", 1, 1024), f.flag("conv_bias")
        )
        inner = _lfm2_inner(f) if e is None else f.integer("intermediate_size")
        sized = f.replaced({"intermediate_size": inner})
        return hybrid(
            sized, t, types, mixer, blocks.attention(f, t, d), linear_kinds=(LINEAR, "conv")
        )

    return build


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


def recurrent_gemma(f: Fields) -> Architecture:
    """RecurrentGemma (Griffin): two recurrent blocks to one of local attention."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    heads = f.integer("num_attention_heads")
    t = Traits(qkv_bias="attention_bias", o_bias=True, mlp_bias=True, span="all")
    width = f.optional_int("lru_width") or d
    mixer = recurrent.rg_lru(d, width, heads, f.integer("conv1d_width", 1, 1024))
    pattern = f.words("block_types") or ["recurrent", "recurrent", "attention"]
    repeated = [pattern[layer % len(pattern)] for layer in range(n)]
    types = [LINEAR if kind == "recurrent" else blocks.FULL for kind in repeated]
    attention = replace(blocks.attention(f, t, d), window=f.optional_int("attention_window_size"))
    inner = f.integer("intermediate_size", 2) // 2
    sized = f.replaced({"intermediate_size": inner})
    return hybrid(sized, t, types, mixer, attention)


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
        f.integer("mamba_d_conv", 1, 1024),
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


HYBRID: dict[str, Callable[[Fields], Architecture]] = {
    "qwen3_next": qwen_hybrid(replace(_SHARED, layers="step")),
    "qwen3_5_text": qwen_hybrid(None),
    "qwen3_5_moe_text": qwen_hybrid(_SHARED),
    "olmo_hybrid": olmo_hybrid,
    "minimax": minimax,
    "kimi_linear": kimi_linear,
    "lfm2": lfm2(None),
    "lfm2_moe": lfm2(Experts(layers="first-k", first_key="num_dense_layers")),
    "recurrent_gemma": recurrent_gemma,
    "jamba": jamba,
}
"""Model type -> builder."""
