"""Nemotron-H: a stack whose layers each have a single component."""

from __future__ import annotations

from llmnotes.configs.families.hybrid.stack import LINEAR
from llmnotes.configs.fields import MAX_COUNT, MAX_KERNEL, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Traits
from llmnotes.configs.registry import family
from llmnotes.sizing import recurrent
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
)
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts, latent_projections
from llmnotes.sizing.weights import Weight, linear

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


@family("nemotron_h")
def nemotron_h(f: Fields) -> Architecture:
    """Nemotron-H: each layer is one component: Mamba-2, attention, a network or a mixture."""
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
        own.integer("conv_kernel", 1, MAX_KERNEL),
        bias=f.flag("use_bias"),
        conv_bias=own.flag("use_conv_bias"),
        norm=heads * dim,
    )
    t = Traits(mlp_bias="mlp_bias", gated=False)

    def build(key: str) -> Block:
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
        extra = latent_projections(d, narrow, bias)
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
