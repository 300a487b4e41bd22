"""Builds the feed-forward networks of a layer from a model's attributes."""

from __future__ import annotations

from llmnotes.errors import InputError
from llmnotes.sizing.architecture import FeedForwardNetwork
from llmnotes.sizing.attribute_access import AttributeAccess
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts, latent_projections
from llmnotes.sizing.shared_traits import SharedTraits
from llmnotes.sizing.weights import Weight, linear, vector

_LEARNED = {"xIELU": 2, "PolyNorm": 4}
"""The weights of activations that are learned: two scalars; three powers' weights and a bias."""


def networks(
    read: AttributeAccess, shape: SharedTraits, layer: int, n: int
) -> tuple[FeedForwardNetwork, ...]:
    """The networks of one of `n` layers: one, or one behind each attention block and the experts beside.

    Raises:
        InputError: a value is of a kind that is not supported.
    """
    if not read.has_network(layer, n):
        return ()
    several = read.optional("n_attention_blocks")
    mixed = read.is_mixture(layer, n)
    dense = (_dense(read, shape, layer, n),) * (several or 1) if several or not mixed else ()
    return (*dense, _mixture(read, shape)) if mixed else dense


def _dense(read: AttributeAccess, shape: SharedTraits, layer: int, n: int) -> FeedForward:
    bias = shape.biased("ffn")
    inner = read.integer_at("d_ff", layer, n)
    extra: tuple[Weight, ...] = ()
    if read.one_of("activation", tuple(_LEARNED)):
        extra = (vector("other", "activation", _LEARNED[read.text("activation")]),)
    if shape.inner_norm:
        extra += (vector("norms", "inner norm", shape.norm_of(inner)),)
    out = shape.biased("ffn", "ffn-output")
    return FeedForward(shape.d_model, inner, shape.gated, bias, out, extra=extra)


def _shared_experts(read: AttributeAccess, shape: SharedTraits, width: int) -> FeedForward | None:
    """The experts that every token uses, as one network; `width` is that of one expert."""
    inner = read.optional("d_shared_expert") or (read.optional("n_shared_experts") or 0) * width
    if not inner:
        return None
    bias, d = shape.biased("ffn"), shape.d_model
    gate = linear("shared_experts", "shared expert gate", d, 1)
    gates = (gate,) if read.stated("shared_expert_gate", False) else ()
    return FeedForward(d, inner, shape.gated, bias, bias, True, gates)


def _mixture(read: AttributeAccess, shape: SharedTraits) -> MixtureOfExperts:
    bias, d = shape.biased("ffn"), shape.d_model
    width, count = read.integer("d_expert"), read.integer("n_experts")
    active = read.integer("n_experts_active")
    if active > count:
        raise InputError(f"n_experts_active {active:,} is more than n_experts {count:,}")
    extra: tuple[Weight, ...] = ()
    if read.stated("router_scales", False):
        extra = (vector("routers", "router scales", d + count),)
    if shape.biased("ffn-output") and not bias:
        extra += (vector("ffn", "output bias", d),)
    outputs = count + (read.optional("n_zero_experts") or 0)
    attending = read.stated("attention_router", False)
    if attending:
        extra += (linear("routers", "router: queries, keys and values", d, 3 * outputs),)
    latent = read.optional("d_expert_latent")
    if latent:  # the router still reads tokens at the model's width
        extra += (
            linear("routers", "router", d, outputs, shape.biased("router")),
            *latent_projections(d, latent, bias),
        )
        if read.stated("expert_latent_norm", False):
            extra += (vector("norms", "latent norm", shape.norm_of(latent)),)
    return MixtureOfExperts(
        latent or d,
        count,
        active,
        width,
        shape.gated,
        bias,
        router_bias=shape.biased("router"),
        router_outputs=outputs,
        router_weights=not latent and not attending,
        shared=_shared_experts(read, shape, width),
        extra=extra,
    )
