"""Builds blocks from checked fields: helpers shared by all families of decoders."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from itertools import groupby
from typing import TypeVar

from llmnotes.configs.fields import MAX_COUNT, MAX_LAYERS, Fields
from llmnotes.configs.parts.traits import Experts, Traits
from llmnotes.sizing.architecture import Block, FeedForwardNetwork, Run, norm
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts, latent_projections
from llmnotes.sizing.weights import Weight, linear, vector

Key = TypeVar("Key", bound=Hashable)
"""The key that distinguishes kinds of layers."""

FULL = "full_attention"
SLIDING = ("sliding_attention", "chunked_attention", "sliding", "chunked", "local")


def runs(keys: Iterable[Key], build: Callable[[Key], Block]) -> tuple[Run, ...]:
    """Run-length encoding of layers; each distinct layer is built once."""
    built: dict[Key, Block] = {}
    found: list[Run] = []
    for key, same in groupby(keys):
        if key not in built:
            built[key] = build(key)
        found.append(Run(built[key], len(list(same))))
    return tuple(found)


def n_layers(f: Fields, key: str = "num_hidden_layers") -> int:
    """The number of layers, required and bounded."""
    return f.integer(key, 1, MAX_LAYERS)


def norm_size(t: Traits, f: Fields, width: int) -> int:
    """Parameters of one of the family's norms at `width`."""
    if t.norm == "none":
        return 0
    return norm(width, bias=t.norm == "layer" and f.flag(t.norm_bias))


def head_dim(f: Fields, d_model: int, n_heads: int, key: str = "head_dim") -> int:
    """The head width: given, the class's default, or the width over the heads.

    Raises:
        ConfigError: it is not given and the width is not divisible by the heads.
    """
    dim = f.optional_int(key)
    if dim is not None:
        return dim
    if d_model % n_heads:
        raise f.error(
            f"{f.name_of('hidden_size')} {d_model:,} does not divide by "
            f"{f.name_of('num_attention_heads')} {n_heads:,} and no head_dim is given"
        )
    return d_model // n_heads


def kv_heads(f: Fields, n_heads: int, key: str = "num_key_value_heads") -> int:
    """KV heads, as many as query heads where absent.

    Raises:
        ConfigError: the query heads are not divisible by them.
    """
    number = f.optional_int(key)
    if number is None:
        number = n_heads
    if n_heads % number:
        raise f.error(f"{n_heads:,} query heads do not divide by {key} {number:,}")
    return number


def attention(f: Fields, t: Traits, d: int, window: int | None = None) -> Attention:
    """The family's self-attention."""
    heads = f.integer("num_attention_heads")
    dim = head_dim(f, d, heads, t.head_dim)
    kv = kv_heads(f, heads, t.kv_heads) if t.kv_heads else heads
    qk = 0
    if t.qk_norm and f.flag(t.qk_norm_if):
        qk = 2 * dim if t.qk_norm == "head" else (heads + kv) * dim
        qk *= 2 if t.qk_norm_bias else 1
    gates = {"": 0, "head": heads, "channel": heads * dim}
    return Attention(
        d_model=d,
        n_heads=heads,
        n_kv_heads=kv,
        head_dim=dim,
        qkv_bias=f.flag(t.qkv_bias),
        k_bias=None if t.k_bias is None else f.flag(t.k_bias),
        o_bias=f.flag(t.o_bias),
        qk_norm=qk,
        gate=gates[t.gate],
        gate_bias=f.flag(t.gate_bias),
        sinks=heads if t.sinks else 0,
        window=window,
    )


def dense(f: Fields, t: Traits, d: int, key: str = "") -> FeedForward:
    """The family's dense feed-forward network."""
    key = key or t.d_ff
    inner = f.optional_int(key)
    if inner is None:
        if not t.d_ff_factor:
            raise f.error(f"{f.name_of(key)} is missing; it must be a whole number")
        inner = t.d_ff_factor * d
    bias = f.flag(t.mlp_bias)
    return FeedForward(d, inner, t.gated, bias, bias)


def experts(f: Fields, e: Experts, d: int) -> MixtureOfExperts:
    """The family's mixture of experts.

    Raises:
        ConfigError: more experts are active than there are.
    """
    count = f.integer(e.count, 1, MAX_COUNT)
    active = f.integer(e.active, 1, MAX_COUNT)
    if active > count:
        raise f.error(f"{e.active} {active:,} is more than {e.count} {count:,}")
    width = f.integer(e.width)
    shared = shared_expert(f, e, d, width)
    extra: tuple[Weight, ...] = ()
    if e.shared_gate:
        extra = (linear("shared_experts", "shared expert gate", d, 1),)
    latent = f.optional_int(e.latent) if e.latent else None
    if latent is not None:
        extra += (
            linear("routers", "router", d, count),
            *latent_projections(d, latent),
            vector("norms", "latent norm", latent),
        )
    return MixtureOfExperts(
        latent or d,
        count,
        active,
        width,
        e.gated,
        f.flag(e.bias),
        e.router_bias,
        router_weights=latent is None,
        shared=shared,
        extra=extra,
    )


def shared_expert(f: Fields, e: Experts, d: int, width: int) -> FeedForward | None:
    """The experts every token uses, as one dense network; None where there are none."""
    if not e.shared:
        return None
    number = f.optional_int(e.shared_key, 0)
    inner = (number or 0) * (width if e.shared == "times" else 1)
    if not inner:
        return None
    bias = f.flag(e.shared_bias)
    return FeedForward(d, inner, e.gated, bias, bias, shared=True)


def sparse_layers(f: Fields, e: Experts, n: int) -> list[bool]:
    """Which of the `n` layers are mixtures of experts."""
    if e.layers == "all":
        return [True] * n
    if e.layers == "types":
        types = f.words("mlp_layer_types", n)
        if types is not None:
            return [kind == "sparse" for kind in types]
        first = f.optional_int("first_k_dense_replace", 0, MAX_LAYERS)
        first = e.dense_first if first is None else first
        return [layer >= first for layer in range(n)]
    if e.layers == "first-k":
        first = f.optional_int(e.first_key, 0, MAX_LAYERS) or 0
        return [layer >= first for layer in range(n)]
    if e.layers == "step":
        step = f.integer("decoder_sparse_step", 1, MAX_LAYERS)
        given = f.indices("mlp_only_layers")
        skip = set(range(e.dense_first)) if given is None else given
        return [layer not in skip and (layer + 1) % step == 0 for layer in range(n)]
    if e.layers == "interleave":
        step = f.integer("interleave_moe_layer_step", 1, MAX_LAYERS)
        chosen = f.indices("moe_layers")
        return [
            layer in chosen if chosen is not None else layer % step == step - 1
            for layer in range(n)
        ]
    start = f.integer("moe_layer_start_index", 0, MAX_LAYERS)
    end = f.integer("moe_layer_end_index", -1, MAX_LAYERS)
    step = f.integer("moe_layer_interval", 1, MAX_LAYERS)
    last = n - 1 if end == -1 else end
    return [(layer + 1) % step == 0 and start <= layer <= last for layer in range(n)]


def windows(f: Fields, t: Traits, n: int) -> list[int | None]:
    """The maximum number of keys a query of each layer attends to (None = all)."""
    if t.span == "none":
        return [None] * n
    window = f.optional_int("sliding_window", 0) or None
    if t.span == "all":
        return [window] * n
    if t.span == "switch" and not f.flag("use_sliding_window"):
        return [None] * n
    if window is None:
        window = f.optional_int("attention_chunk_size", 0) or None
    types = layer_types(f, t, n)
    return [window if kind in SLIDING else None for kind in types]


def layer_types(f: Fields, t: Traits, n: int) -> list[str]:
    """The kind of attention of each layer, from `layer_types` or the family's own pattern."""
    types = f.words("layer_types", n)
    if types is not None:
        return types
    if t.span == "switch":
        first = f.optional_int("max_window_layers", 0, MAX_LAYERS) or 0
        return [SLIDING[0] if layer >= first else FULL for layer in range(n)]
    if not t.full_every:
        return [FULL] * n
    pattern = f.raw(t.full_key)
    if isinstance(pattern, str) and 0 < len(pattern) <= MAX_LAYERS:
        return [FULL if pattern[layer % len(pattern)] == "G" else SLIDING[0] for layer in range(n)]
    every = f.optional_int(t.full_key, 1, MAX_LAYERS) or t.full_every
    return [FULL if (layer + 1) % every == 0 else SLIDING[0] for layer in range(n)]


def feed_forward(f: Fields, t: Traits, d: int, sparse: bool) -> tuple[FeedForwardNetwork, ...]:
    """A layer's feed-forward network: its mixture, or its dense network."""
    if sparse and t.experts is not None:
        return (experts(f, t.experts, d),)
    return (dense(f, t, d, t.dense_d_ff),)
