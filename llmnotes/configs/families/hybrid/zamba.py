"""Zamba and Zamba2: Mamba layers, and a few attention blocks shared by all hybrid layers."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.families.hybrid.stack import LINEAR
from llmnotes.configs.fields import MAX_KERNEL, MAX_LAYERS, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Traits
from llmnotes.configs.registry import family
from llmnotes.sizing import recurrent
from llmnotes.sizing.architecture import Architecture, Block, Run
from llmnotes.sizing.shared_blocks import layer_weights, shared_block
from llmnotes.sizing.weights import Weight

_HYBRID = "hybrid"


@family("zamba2")
def zamba2(f: Fields) -> Architecture:
    """Zamba2 (arXiv 2411.15242): hybrid layers run a shared block with their own adapters."""
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    types = _types(f, n)
    bias = f.flag("add_bias_linear")
    inner = f.integer("mamba_expand", 1, 64) * d
    mixer = recurrent.mamba2(
        d,
        inner,
        f.integer("n_mamba_heads"),
        f.integer("mamba_ngroups"),
        f.integer("mamba_d_state"),
        f.integer("mamba_d_conv", 1, MAX_KERNEL),
        bias=bias,
        norm=inner,
    )
    shared, own = _shared_block(f, d, bias)

    runs = _runs(types, Block((mixer,), (), d), own)
    if count := types.count(_HYBRID):
        copies = min(count, f.integer("num_mem_blocks", 1, MAX_LAYERS))
        runs = (*runs, Run(shared, count, copies, within=True))
    return assemble(f, Traits(), d, runs)


def _runs(types: list[str], layer: Block, own: tuple[Weight, ...]) -> tuple[Run, ...]:
    """Runs of one layer, which has weights of its own where it runs the shared block too."""
    hybrid = replace(layer, extra=own)
    return blocks.runs(types, lambda kind: hybrid if kind == _HYBRID else layer)


def _types(f: Fields, n: int) -> list[str]:
    types = f.words("layers_block_type", n)
    if types is None:  # the class's layout
        fixed = ["mamba", *[*["mamba"] * 5, _HYBRID] * 7, *["mamba"] * 4, _HYBRID, *["mamba"] * 3]
        types = [*fixed, _HYBRID, "mamba", "mamba"]
        if len(types) != n:
            raise f.error(f"layers_block_type is missing; it must name {n:,} layers")
    legacy = {"mamba": LINEAR}
    types = [legacy.get(kind, kind) for kind in types]
    strange = set(types) - {LINEAR, _HYBRID}
    if strange:
        raise f.error(f"layers_block_type holds {min(strange)!r}; this family has mamba and hybrid")
    return types


def _shared_block(f: Fields, d: int, bias: bool) -> tuple[Block, tuple[Weight, ...]]:
    """The shared block, and what each layer that runs it has of its own."""
    heads = f.integer("num_attention_heads")
    kv = blocks.kv_heads(f, heads)
    dim = blocks.head_dim(f.replaced({"head_dim": None}), 2 * d, heads)
    inner = f.optional_int("intermediate_size") or 4 * d
    own = layer_weights(
        d,
        inner,
        f.integer("adapter_rank"),
        attention_adapters=f.flag("use_shared_attention_adapter"),
    )
    return shared_block(d, heads, kv, dim, inner, bias=bias), own


@family("zamba")
def zamba(f: Fields) -> Architecture:
    """Zamba (arXiv 2405.16712): Mamba layers of several heads, one block shared by all hybrid ones."""
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    period = f.integer("attn_layer_period", 1, MAX_LAYERS)
    offset = f.integer("attn_layer_offset", 0, MAX_LAYERS)
    types = f.words("layers_block_type", n) or [
        _HYBRID if layer == 2 or (layer > 2 and (layer - 3) % period == offset) else LINEAR
        for layer in range(n)
    ]
    inner, heads = f.integer("mamba_expand", 1, 64) * d, f.integer("n_mamba_heads")
    if inner % heads:
        raise f.error(f"n_mamba_heads {heads:,} does not divide the inner width {inner:,}")
    given = f.raw("mamba_dt_rank")
    rank = -(-d // 16) if given in (None, "auto") else f.integer("mamba_dt_rank")
    mixer = recurrent.mamba(
        d,
        inner,
        f.integer("mamba_d_state"),
        rank,
        f.integer("mamba_d_conv", 1, MAX_KERNEL),
        bias=f.flag("mamba_proj_bias"),
        conv_bias=f.flag("mamba_conv_bias"),
    )
    # Each head projects only its own channels: together they are as large as without heads.
    own = layer_weights(d, f.integer("intermediate_size"))

    runs = _runs(types, Block((mixer,), (), d), own)
    if count := types.count(_HYBRID):
        runs = (*runs, Run(_zamba_shared(f, d), count, 1, within=True))
    return assemble(f, Traits(), d, runs)


def _zamba_shared(f: Fields, d: int) -> Block:
    heads = f.integer("num_attention_heads")
    kv = blocks.kv_heads(f, heads)
    dim = f.optional_int("attention_head_dim") or 2 * d // heads
    wide = f.optional_int("attention_hidden_size")
    return shared_block(d, heads, kv, dim, f.integer("intermediate_size"), read_width=wide)
