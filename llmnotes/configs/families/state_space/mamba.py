"""State-space models: Mamba, Falcon-Mamba and Mamba-2."""

from __future__ import annotations

from llmnotes.configs.fields import MAX_KERNEL, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Traits
from llmnotes.configs.registry import family
from llmnotes.sizing import recurrent
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
)


@family("mamba", "falcon_mamba")
def mamba(f: Fields) -> Architecture:
    """Mamba and Falcon-Mamba: one norm and one mixer per layer, no feed-forward."""
    d = f.integer("hidden_size")
    inner = f.optional_int("intermediate_size") if f.given("intermediate_size") else None
    inner = inner or int(f.number("expand", 2.0) * d)
    rank = -(-d // 16) if f.raw("time_step_rank") == "auto" else f.integer("time_step_rank")
    mixer = recurrent.mamba(
        d,
        inner,
        f.integer("state_size"),
        rank,
        f.integer("conv_kernel", 1, MAX_KERNEL),
        bias=f.flag("use_bias"),
        conv_bias=f.flag("use_conv_bias"),
    )
    n = blocks.n_layers(f)
    block = Block((mixer,), (), d)
    return assemble(f, Traits(), d, blocks.runs([0] * n, lambda _: block))


@family("mamba2")
def mamba2(f: Fields) -> Architecture:
    """Mamba-2: heads of state, one norm and one mixer per layer."""
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
        f.integer("conv_kernel", 1, MAX_KERNEL),
        bias=f.flag("use_bias"),
        conv_bias=f.flag("use_conv_bias"),
        norm=inner,
    )
    n = blocks.n_layers(f)
    block = Block((mixer,), (), d)
    return assemble(f, Traits(), d, blocks.runs([0] * n, lambda _: block))
