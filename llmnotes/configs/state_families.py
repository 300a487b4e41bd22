"""State-space models: Mamba, Mamba-2, RWKV, and hybrids built around Mamba-2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from llmnotes.configs import blocks
from llmnotes.configs.decoder import assemble
from llmnotes.configs.fields import MAX_COUNT, Fields
from llmnotes.configs.hybrid_families import LINEAR, hybrid, types_of
from llmnotes.configs.traits import Experts, Traits
from llmnotes.sizing import recurrent
from llmnotes.sizing.architecture import Architecture, Block
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.sizing.weights import Weight, linear, vector

_BIASED = Traits(qkv_bias="attention_bias", o_bias="attention_bias")
_KERNEL = 1024


def mamba(f: Fields) -> Architecture:
    """Mamba and Falcon-Mamba: one norm and one mixer a layer, no feed-forward."""
    d = f.integer("hidden_size")
    inner = f.optional_int("intermediate_size") if f.given("intermediate_size") else None
    inner = inner or int(f.number("expand", 2.0) * d)
    rank = -(-d // 16) if f.raw("time_step_rank") == "auto" else f.integer("time_step_rank")
    mixer = recurrent.mamba(
        d,
        inner,
        f.integer("state_size"),
        rank,
        f.integer("conv_kernel", 1, _KERNEL),
        bias=f.flag("use_bias"),
        conv_bias=f.flag("use_conv_bias"),
    )
    n = blocks.n_layers(f)
    block = Block((mixer,), (), d)
    return assemble(f, Traits(), d, blocks.runs([0] * n, lambda _: block))


def mamba2(f: Fields) -> Architecture:
    """Mamba-2: heads of state, one norm and one mixer a layer."""
    d = f.integer("hidden_size")
    inner = int(f.number("expand", 2.0) * d)
    heads, dim = f.integer("num_heads"), f.integer("head_dim")
    if heads * dim != inner:
        raise f.error(
            f"num_heads {heads:,} times head_dim {dim:,} must be expand times hidden_size "
            f"({inner:,})"
        )
    mixer = recurrent.mamba2(
        d,
        inner,
        heads,
        f.integer("n_groups"),
        f.integer("state_size"),
        f.integer("conv_kernel", 1, _KERNEL),
        bias=f.flag("use_bias"),
        conv_bias=f.flag("use_conv_bias"),
        norm=inner,
    )
    n = blocks.n_layers(f)
    block = Block((mixer,), (), d)
    return assemble(f, Traits(), d, blocks.runs([0] * n, lambda _: block))


def hybrid_mixer(
    f: Fields, d: int, *, inner: int, out_bias: bool, norm: bool
) -> recurrent.Recurrent:
    """Mamba-2 as Bamba's configurations name its widths.

    Raises:
        ConfigError: the heads do not make up the inner width.
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
        f.integer("mamba_d_conv", 1, _KERNEL),
        bias=f.flag("mamba_proj_bias"),
        out_bias=out_bias,
        conv_bias=f.flag("mamba_conv_bias"),
        norm=inner if norm else 0,
    )


def bamba(f: Fields) -> Architecture:
    """Bamba: Mamba-2 with attention at chosen layers."""
    d = f.integer("hidden_size")
    t = Traits(mlp_bias="mlp_bias")
    chosen = f.indices("attn_layer_indices") or set()
    n = blocks.n_layers(f)
    types = [blocks.FULL if layer in chosen else LINEAR for layer in range(n)]
    inner = f.integer("mamba_expand", 1, 64) * d
    mixer = hybrid_mixer(f, d, inner=inner, out_bias=f.flag("mamba_proj_bias"), norm=True)
    t_attention = _BIASED
    return hybrid(f, t, types, mixer, blocks.attention(f, t_attention, d))


def falcon_h1(f: Fields) -> Architecture:
    """Falcon-H1: attention and Mamba-2 side by side in every layer."""
    d = f.integer("hidden_size")
    t = replace(_BIASED, mlp_bias="mlp_bias")
    inner = f.optional_int("mamba_d_ssm") or f.integer("mamba_expand", 1, 64) * d
    mixer = hybrid_mixer(
        f, d, inner=inner, out_bias=f.flag("projectors_bias"), norm=f.flag("mamba_rms_norm")
    )
    block = Block((mixer, blocks.attention(f, t, d)), (blocks.dense(f, t, d),), 2 * d)
    n = blocks.n_layers(f)
    return assemble(f, t, d, blocks.runs([0] * n, lambda _: block))


def granite_hybrid(f: Fields) -> Architecture:
    """Granite 4: Mamba-2 or attention, a shared network, and a mixture where experts exist."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    types = types_of(f, n, lambda _: False)
    inner = f.integer("mamba_expand", 1, 64) * d
    mixer = hybrid_mixer(f, d, inner=inner, out_bias=f.flag("mamba_proj_bias"), norm=True)
    attention = blocks.attention(f, _BIASED, d)
    mixtures = bool(f.optional_int("num_local_experts", 0, MAX_COUNT))
    e = Experts(count="num_local_experts", width="intermediate_size")
    shared = FeedForward(d, f.integer("shared_intermediate_size"), shared=mixtures)
    networks = (blocks.experts(f, e, d), shared) if mixtures else (shared,)

    def build(key: object) -> Block:
        return Block((attention if key == blocks.FULL else mixer,), networks, 2 * d)

    return assemble(f, Traits(), d, blocks.runs(types, build))


_NEMOTRON = {"M": LINEAR, "E": "moe", "*": blocks.FULL, "-": "mlp"}


def _nemotron_layers(f: Fields) -> list[str]:
    words = f.words("layers_block_type") or f.words("layer_types")
    if words is not None:
        legacy = {"mamba": LINEAR, "attention": blocks.FULL}
        words = [legacy.get(word, word) for word in words]
    else:
        pattern = f.text("hybrid_override_pattern")
        if pattern is None:
            raise f.error(
                "hybrid_override_pattern (or layers_block_type) is missing; "
                "it names the kind of each layer"
            )
        words = [_NEMOTRON.get(letter, letter) for letter in pattern]
    strange = set(words) - set(_NEMOTRON.values())
    if strange or not words:
        raise f.error(f"the layer pattern holds {min(strange, default='nothing')!r}")
    return words


def nemotron_h(f: Fields) -> Architecture:
    """Nemotron-H: each layer is one thing, Mamba-2, attention, a network or a mixture."""
    d = f.integer("hidden_size")
    heads, dim = f.integer("mamba_num_heads"), f.integer("mamba_head_dim")
    renamed = {
        "n_groups": "mamba_n_groups",
        "conv_kernel": "mamba_d_conv",
        "use_conv_bias": "mamba_conv_bias",
    }
    own = f.replaced({k: f.config[v] for k, v in renamed.items() if v in f.config})
    mixer = recurrent.mamba2(
        d,
        heads * dim,
        heads,
        own.integer("n_groups"),
        f.integer("ssm_state_size"),
        own.integer("conv_kernel", 1, _KERNEL),
        bias=f.flag("use_bias"),
        conv_bias=own.flag("use_conv_bias"),
        norm=heads * dim,
    )
    t = Traits(mlp_bias="mlp_bias", gated=False)

    def build(key: object) -> Block:
        if key == LINEAR:
            return Block((mixer,), (), d)
        if key == blocks.FULL:
            return Block((blocks.attention(f, t, d),), (), d)
        if key == "mlp":
            return Block((), (blocks.dense(f, t, d),), d)
        return Block((), (_latent_mixture(f, d),), d)

    # Its class never ties the head, whatever the file says.
    untied = f.replaced({"tie_word_embeddings": False})
    return assemble(untied, t, d, blocks.runs(_nemotron_layers(f), build))


def _latent_mixture(f: Fields, d: int) -> MixtureOfExperts:
    bias = f.flag("mlp_bias")
    width = f.integer("moe_shared_expert_intermediate_size")
    shared = FeedForward(d, width, False, bias, bias, shared=True)
    narrow = f.optional_int("moe_latent_size")
    count = f.integer("n_routed_experts", 1, MAX_COUNT)
    active = f.integer("num_experts_per_tok", 1, MAX_COUNT)
    if active > count:
        raise f.error(f"num_experts_per_tok {active:,} is more than n_routed_experts {count:,}")
    extra: tuple[Weight, ...] = ()
    if narrow is not None:
        extra = (
            linear("experts", "latent down-projection", d, narrow, bias),
            linear("experts", "latent up-projection", narrow, d, bias),
        )
    router = linear("routers", "router", d, count)
    return MixtureOfExperts(
        narrow or d,
        count,
        active,
        f.integer("moe_intermediate_size"),
        gated=False,
        router_weights=False,
        shared=shared,
        extra=(router, *extra),
    )


def rwkv(f: Fields) -> Architecture:
    """RWKV-4: time mixing and channel mixing, LayerNorms, one more norm before the stack."""
    d = f.integer("hidden_size")
    width = f.optional_int("attention_hidden_size") or d
    inner = f.optional_int("intermediate_size") or 4 * d
    t = Traits(norm="layer")
    channel = (
        vector("ffn", "channel mixing", 2 * d),
        linear("ffn", "key projection", d, inner),
        linear("ffn", "receptance projection", d, d),
        linear("ffn", "value projection", inner, d),
    )
    block = Block((recurrent.rwkv4_time_mix(d, width),), (), 4 * d, channel)
    n = blocks.n_layers(f)
    first = (vector("norms", "norm before the stack", 2 * d),)
    return assemble(f, t, d, blocks.runs([0] * n, lambda _: block), stack_extra=first)


STATE: dict[str, Callable[[Fields], Architecture]] = {
    "mamba": mamba,
    "falcon_mamba": mamba,
    "mamba2": mamba2,
    "bamba": bamba,
    "falcon_h1": falcon_h1,
    "granitemoehybrid": granite_hybrid,
    "nemotron_h": nemotron_h,
    "rwkv": rwkv,
}
"""Model type -> builder."""
