"""Linear attention and recurrences of flash-linear-attention: GLA, RWKV-6, RWKV-7."""

from __future__ import annotations

from llmnotes.configs.fields import MAX_KERNEL, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import Architecture, Block, norm
from llmnotes.sizing.feedforward import FeedForward
from llmnotes.sizing.recurrent import Recurrent, convolution
from llmnotes.sizing.weights import Weight, linear, vector

_PART = "recurrent"


def _share(f: Fields, key: str, d: int) -> int:
    width = f.number(key, 1.0) * d
    if width < 1 or width != int(width):
        raise f.error(f"{key} times hidden_size {d:,} must be a whole number")
    return int(width)


def _heads(f: Fields, *widths: int) -> int:
    heads = f.integer("num_heads")
    if any(width % heads for width in widths):
        raise f.error(f"num_heads {heads:,} does not divide the widths {widths}")
    return heads


def _inner(f: Fields, d: int, ratio: float, multiple: int) -> int:
    inner = f.optional_int("intermediate_size")
    return inner or -(-int(d * ratio) // multiple) * multiple


def _plain_layers_only(f: Fields) -> None:
    for key in ("attn", "attnres_block_size"):
        if f.raw(key) is not None:
            raise f.error(f"{key} makes layers of another kind, which is not known here")


@family("gla")
def gla(f: Fields) -> Architecture:
    """Gated linear attention (arXiv 2312.06635): a matrix memory with a low-rank forget gate."""
    _plain_layers_only(f)
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    keys, values = _share(f, "expand_k", d), _share(f, "expand_v", d)
    heads = _heads(f, keys, values)
    groups = heads // blocks.kv_heads(f, heads, "num_kv_heads")
    own_keys, own_values, rank = keys // groups, values // groups, 16
    parts = [
        linear(_PART, "query projection", d, keys),
        linear(_PART, "key projection", d, own_keys),
        linear(_PART, "value projection", d, own_values),
        linear(_PART, "forget gate down-projection", d, rank),
        linear(_PART, "forget gate up-projection", rank, own_keys, True),
        vector("norms", "head norm", values // heads if f.flag("elementwise_affine") else 0),
        linear(_PART, "output projection", values, d),
    ]
    if f.flag("use_output_gate"):
        parts.append(linear(_PART, "output gate", d, values))
    state = keys * values // heads
    if f.flag("use_short_conv"):
        kernel = f.integer("conv_size", 1, MAX_KERNEL)
        width = keys + own_keys + own_values
        parts.append(convolution("convolution", width, kernel, False))
        state += width * kernel
    ratio = f.number("hidden_ratio", 4.0) * 2 / 3
    mixer = Recurrent("gated linear attention", tuple(parts), state, 2 * keys * values // heads)
    block = Block((mixer,), (FeedForward(d, _inner(f, d, ratio, 256)),), 2 * d)
    return assemble(f, Traits(), d, blocks.runs([0] * n, lambda _: block))


def _low_rank(name: str, d: int, rank: int, width: int, bias: bool = True) -> tuple[Weight, ...]:
    return (
        linear(_PART, f"{name} down-projection", d, rank),
        linear(_PART, f"{name} up-projection", rank, width, bias),
    )


def _stack(f: Fields, d: int, build: dict[bool, Block]) -> Architecture:
    """Blocks of which the first has one more norm, and may lack some weights."""
    n = blocks.n_layers(f)
    runs = blocks.runs((layer == 0 for layer in range(n)), lambda first: build[first])
    t = Traits(norm="layer", norm_bias="norm_bias")
    return assemble(f, t, d, runs)


@family("rwkv6")
def rwkv6(f: Fields) -> Architecture:
    """RWKV-6 (arXiv 2404.05892): token shifts and a decay that depend on the data."""
    _plain_layers_only(f)
    d = f.integer("hidden_size")
    keys, values = _share(f, "expand_k", d), _share(f, "expand_v", d)
    heads = _heads(f, keys, values)
    mix = 5 * f.integer("proj_low_rank_dim")
    parts = (
        vector(_PART, "token shifts", 6 * d),
        *_low_rank("token shift", d, mix, d, False),
        *_low_rank("decay", d, f.integer("gate_low_rank_dim"), keys),
        linear(_PART, "receptance and key projection", d, 2 * keys),
        linear(_PART, "value and gate projection", d, 2 * values),
        vector(_PART, "bonus", keys),
        vector("norms", "head norm", 2 * values),
        linear(_PART, "output projection", values, d),
    )
    state = keys * values // heads + 2 * d  # and the last inputs of both shifts
    mixer = Recurrent("RWKV-6", parts, state, 2 * keys * values // heads)
    inner = _inner(f, d, f.number("hidden_ratio", 3.5), 32)
    gate = linear("ffn", "receptance", d, d)
    shifts = vector("ffn", "token shifts", 2 * d)
    return _around(f, d, mixer, mixer, FeedForward(d, inner, False, extra=(gate, shifts)))


@family("rwkv7")
def rwkv7(f: Fields) -> Architecture:
    """RWKV-7 (arXiv 2503.14456): a generalised delta rule; the first layer does not mix values."""
    _plain_layers_only(f)
    d = f.integer("hidden_size")
    dim = f.optional_int("head_dim")
    heads = d // dim if dim else f.integer("num_heads")
    if d % heads or (dim and d % dim):
        raise f.error(f"hidden_size {d:,} does not divide by its heads")
    width = f.optional_int("value_dim") or d
    common = (
        vector(_PART, "token shifts", 6 * d),
        vector(_PART, "key scales and bonus", 3 * d),
        linear(_PART, "receptance and key projection", d, 2 * d),
        linear(_PART, "value projection", d, width),
        *_low_rank("decay", d, f.integer("decay_low_rank_dim"), d),
        *_low_rank("learning rate", d, f.integer("a_low_rank_dim"), d),
        *_low_rank("output gate", d, f.integer("gate_low_rank_dim"), width, False),
        vector("norms", "head norm", 2 * width),
        linear(_PART, "output projection", width, d),
    )
    values = _low_rank("value mixing", d, f.integer("v_low_rank_dim"), width)
    # Beside the matrices, the last inputs of time and of channel mixing.
    state, work = d * width // heads + 2 * d, 4 * d * width // heads
    first = Recurrent("RWKV-7", common, state, work)
    later = Recurrent("RWKV-7", (*common, *values), state, work)
    inner = _inner(f, d, f.number("hidden_ratio", 4.0), 32)
    shift = vector("ffn", "token shift", d)
    return _around(f, d, first, later, FeedForward(d, inner, False, extra=(shift,)))


def _around(
    f: Fields, d: int, first: Recurrent, later: Recurrent, network: FeedForward
) -> Architecture:
    one = norm(d, bias=f.flag("norm_bias"))
    before = one if f.flag("norm_first") else 0
    blocks_ = {
        True: Block((first,), (network,), 2 * one + before),
        False: Block((later,), (network,), 2 * one),
    }
    return _stack(f, d, blocks_)
