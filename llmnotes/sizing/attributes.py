"""Builds an architecture from a curated model's attributes; missing ones are reported, not guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from llmnotes.attributes.sizing_roles import HEADS, KV_HEADS
from llmnotes.errors import InputError
from llmnotes.sizing import rwkv
from llmnotes.sizing.architecture import (
    CAUSAL_DECODER,
    ENCODER,
    ENCODER_DECODER,
    Architecture,
    Block,
    FeedForwardNetwork,
    Head,
    Run,
    Stack,
    pooler,
    token_embedding,
)
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.attribute_access import AttributeAccess
from llmnotes.sizing.attribute_mixers import SHARED, mixers
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts, latent_projections
from llmnotes.sizing.hyper_connections import manifold_head, manifold_mixing
from llmnotes.sizing.per_layer_embeddings import block_weights, tables
from llmnotes.sizing.recurrent import Recurrent
from llmnotes.sizing.shared_blocks import layer_weights, shared_block
from llmnotes.sizing.shared_traits import SharedTraits
from llmnotes.sizing.weights import Weight, linear, vector

_T5_BUCKETS = 32


def from_attributes(attributes: Mapping[str, object]) -> Architecture:
    """The architecture described by a model's resolved attributes.

    Keys are attribute ids, values their resolved values: numbers, flags, terms, lists of terms, and
    per-layer values as `{"runs": [[count, value], ...]}`.

    Raises:
        InputError: required attributes are missing (all are named), or a value is of a kind
            that is not supported.
    """
    read = AttributeAccess(attributes)
    kind = read.term("architecture", (CAUSAL_DECODER, ENCODER, ENCODER_DECODER, "prefix-decoder"))
    shape = SharedTraits(read)
    stacks = _stacks(read, shape, kind)
    vocab = read.integer("vocab_size")
    embeddings = _embeddings(read, shape, kind, vocab)
    head = _head(read, shape, kind, vocab)
    has_pooler = kind == ENCODER and read.has_pooler()
    read.finish()
    return Architecture(
        kind=CAUSAL_DECODER if kind == "prefix-decoder" else kind,
        d_model=shape.d_model,
        vocab_size=vocab,
        embeddings=embeddings,
        stacks=stacks,
        head=head,
        pooler=pooler(shape.d_model) if has_pooler else (),
        context_length=read.longest("context_length"),
        model_type="",
        assumptions=tuple(read.assumed.items()),
    )


def _head(read: AttributeAccess, shape: SharedTraits, kind: str, vocab: int) -> Head:
    if kind == ENCODER and not read.given("tied_embeddings"):
        return Head(apart=True)  # a discriminator predicts no tokens
    tied = read.flag("tied_embeddings")
    narrow = _narrow(read, shape)
    extra = [vector("head", "output bias", vocab)] if shape.biased("head") else []
    if narrow:
        extra.append(linear("head", "projection to the embedding", shape.d_model, narrow))
    return Head(vocab * (narrow or shape.d_model), tied, tuple(extra), apart=kind == ENCODER)


def _network(read: AttributeAccess, shape: SharedTraits, layer: int, n: int) -> FeedForwardNetwork:
    bias = shape.biased("ffn")
    if not read.is_mixture(layer, n):
        inner = read.integer_at("d_ff", layer, n)
        out = shape.biased("ffn", "ffn-output")
        return FeedForward(shape.d_model, inner, shape.gated, bias, out)
    width, count = read.integer("d_expert"), read.integer("n_experts")
    active = read.integer("n_experts_active")
    if active > count:
        raise InputError(f"n_experts_active {active:,} is more than n_experts {count:,}")
    inner = read.optional("d_shared_expert") or (read.optional("n_shared_experts") or 0) * width
    shared = None
    if inner:
        gate = linear("shared_experts", "shared expert gate", shape.d_model, 1)
        gates = (gate,) if read.stated("shared_expert_gate", False) else ()
        shared = FeedForward(shape.d_model, inner, shape.gated, bias, bias, True, gates)
    extra: tuple[Weight, ...] = ()
    if read.stated("router_scales", False):
        extra = (vector("routers", "router scales", shape.d_model + count),)
    latent = read.optional("d_expert_latent")
    if latent:  # the router reads the model's width all the same
        router = linear("routers", "router", shape.d_model, count, shape.biased("router"))
        extra = (*extra, router, *latent_projections(shape.d_model, latent, bias))
    return MixtureOfExperts(
        latent or shape.d_model,
        count,
        active,
        width,
        shape.gated,
        bias,
        router_bias=shape.biased("router"),
        router_weights=not latent,
        shared=shared,
        extra=extra,
    )


def _stack(read: AttributeAccess, shape: SharedTraits, name: str, n: int, *, cross: bool) -> Stack:
    spans = read.windows(n)
    streams = read.optional("n_residual_streams") or 1
    narrow = read.optional("d_per_layer_embedding")
    beside: tuple[Weight, ...] = block_weights(shape.d_model, narrow) if narrow else ()
    if streams > 1:
        beside += manifold_mixing(streams, shape.d_model)
    runs: list[Run] = []
    # Where no value changes from layer to layer, the first layer represents all.
    each = 1 if read.changes_by_layer() else n
    blocks: dict[object, Block] = {}
    for layer in range(0, n, each):
        alike = read.changing(layer, n) if each == 1 else None
        if alike not in blocks:
            blocks[alike] = _block(read, shape, layer, n, spans[layer], beside, cross=cross)
        block = blocks[alike]
        if runs and runs[-1].block == block:
            runs[-1] = Run(block, runs[-1].count + each)
        else:
            runs.append(Run(block, each))
    runs.extend(_shared(read, shape, n))
    extra = list(manifold_head(streams, shape.d_model)) if streams > 1 else []
    if shape.final_norm:
        extra.append(vector("norms", "final norm", shape.final_norm))
    extra.extend(_relative_positions(read, shape, n))
    return Stack(name, tuple(runs), tuple(extra))


def _block(
    read: AttributeAccess,
    shape: SharedTraits,
    layer: int,
    n: int,
    window: int | None,
    beside: tuple[Weight, ...],
    *,
    cross: bool,
) -> Block:
    found = mixers(read, shape, layer, n, window)
    sublayers = min(len(found), 1)  # mixers side by side share a norm
    if cross and found and isinstance(found[0], Attention):
        other = replace(found[0], qk_norm=0, window=None, cross=True)
        found, sublayers = (*found, other), 2
    alone = shape.block_norms == 1 and any(isinstance(each, Recurrent) for each in found)
    alone = alone or not read.has_network(layer, n)
    networks = () if alone else (_network(read, shape, layer, n),)
    if read.terms_of_layers("mixer", n)[layer] == SHARED:
        beside += layer_weights(shape.d_model, read.integer("d_ff"), read.optional("adapter_rank"))
    return Block(found, networks, shape.norms(sublayers + len(networks)), beside)


def _shared(read: AttributeAccess, shape: SharedTraits, n: int) -> Iterator[Run]:
    """The blocks of shared weights, run within the layers that name them."""
    count = read.terms_of_layers("mixer", n).count(SHARED)
    if count:
        heads = read.integer(HEADS)
        block = shared_block(
            shape.d_model,
            heads,
            read.integer(KV_HEADS, heads if read.one_of("attention", ("MHA",)) else None),
            read.integer("head_dim"),
            read.integer("d_ff"),
        )
        yield Run(block, count, min(count, read.integer("n_shared_blocks")), within=True)


def _relative_positions(read: AttributeAccess, shape: SharedTraits, n: int) -> Iterator[Weight]:
    kinds = read.kinds("positional_encoding")
    if "relative-bias" in kinds:
        buckets = read.integer("n_relative_positions", _T5_BUCKETS)
        heads = read.integer_at(HEADS, 0, n)
        yield vector("positions", "relative position bias", buckets * heads)
    if "disentangled-relative" in kinds:
        rows = read.integer("n_relative_positions")
        yield vector("positions", "relative positions", rows * shape.d_model)


def _stacks(read: AttributeAccess, shape: SharedTraits, kind: str) -> tuple[Stack, ...]:
    if kind == ENCODER_DECODER:
        encoder = read.integer("n_encoder_layers")
        decoder = read.integer("n_decoder_layers")
        return (
            _stack(read, shape, "encoder", encoder, cross=False),
            _stack(read, shape, "decoder", decoder, cross=True),
        )
    if read.one_of("ssm_kind", rwkv.VERSIONS) and "recurrent" in read.kinds("mixer"):
        version, n = read.term("ssm_kind", rwkv.VERSIONS), read.integer("n_layers")
        head = 0 if version == rwkv.WITHOUT_HEADS else read.integer("head_dim")
        return (rwkv.stack(version, shape.d_model, n, head),)
    name = "encoder" if kind == ENCODER else "decoder"
    return (_stack(read, shape, name, read.integer("n_layers"), cross=False),)


def _narrow(read: AttributeAccess, shape: SharedTraits) -> int | None:
    """The width of the token embedding where it differs from the model's."""
    width = read.optional("d_embedding")
    return None if width == shape.d_model else width


def _embeddings(
    read: AttributeAccess, shape: SharedTraits, kind: str, vocab: int
) -> tuple[Weight, ...]:
    d, narrow = shape.d_model, _narrow(read, shape)
    found = [token_embedding(vocab, narrow or d)]
    if narrow:
        found.append(linear("embeddings", "embedding projection", narrow, d))
    if "learned-absolute" in read.kinds("positional_encoding"):
        sides = 2 if kind == ENCODER_DECODER else 1
        rows = read.integer("n_positions") * sides
        found.append(vector("positions", "position embedding", rows * d))
    types = read.optional("n_token_types") or 0
    if types:
        found.append(vector("embeddings", "segment embedding", types * d))
    # Where norms follow the sublayers, an encoder's input is normalised like their output.
    if read.stated("embedding_norm", kind == ENCODER and shape.placement == "post-norm"):
        found.append(vector("norms", "embedding norm", shape.one_norm))
    if own := read.optional("d_per_layer_embedding"):
        found.extend(tables(vocab, read.integer("n_layers"), d, own))
    return tuple(found)
