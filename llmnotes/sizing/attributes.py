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
    Head,
    Mixer,
    Run,
    Stack,
    pooler,
)
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.attribute_access import AttributeAccess
from llmnotes.sizing.attribute_mixers import SHARED, mixers
from llmnotes.sizing.attribute_networks import networks
from llmnotes.sizing.attribute_tables import embeddings, narrow_embedding, relative_positions
from llmnotes.sizing.hyper_connections import attention_residual, manifold_head, manifold_mixing
from llmnotes.sizing.per_layer_embeddings import block_weights
from llmnotes.sizing.recurrent import Recurrent
from llmnotes.sizing.shared_blocks import layer_weights, shared_block
from llmnotes.sizing.shared_traits import SharedTraits
from llmnotes.sizing.weights import Weight, linear, vector


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
    tables = embeddings(read, shape, kind, vocab)
    head = _head(read, shape, kind, vocab)
    has_pooler = kind == ENCODER and read.has_pooler()
    read.finish()
    return Architecture(
        kind=CAUSAL_DECODER if kind == "prefix-decoder" else kind,
        d_model=shape.d_model,
        vocab_size=vocab,
        embeddings=tables,
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
    narrow = narrow_embedding(read, shape)
    extra = [vector("head", "output bias", vocab)] if shape.biased("head") else []
    if narrow:
        extra.append(linear("head", "projection to the embedding", shape.d_model, narrow))
    return Head(vocab * (narrow or shape.d_model), tied, tuple(extra), apart=kind == ENCODER)


def _stack(
    read: AttributeAccess, shape: SharedTraits, name: str, spans: list[int | None], *, cross: bool
) -> Stack:
    n = len(spans)
    streams = read.optional("n_residual_streams") or 1
    narrow = read.optional("d_per_layer_embedding")
    beside: tuple[Weight, ...] = block_weights(shape.d_model, narrow) if narrow else ()
    if streams > 1:
        beside += manifold_mixing(streams, shape.d_model)
    merged = streams > 1 and read.stated("stream_head", True)
    ending = list(manifold_head(streams, shape.d_model)) if merged else []
    if read.stated("residual_attention", False):
        one = attention_residual(shape.d_model)
        beside += one * 2
        ending += one
    runs: list[Run] = []
    # Where no value changes from layer to layer, the first layer represents all.
    each = 1 if read.changes_by_layer() else n
    repeated = read.optional("n_distinct_layers")
    if repeated and (each < n or repeated > n):
        raise InputError(f"n_distinct_layers is {repeated}; it is known for {n} equal layers")
    blocks: dict[object, Block] = {}
    for layer in range(0, n, each):
        alike = read.changing(layer, n) if each == 1 else None
        if alike not in blocks:
            blocks[alike] = _block(read, shape, layer, n, spans[layer], beside, name, cross=cross)
        block = blocks[alike]
        if runs and runs[-1].block == block:
            runs[-1] = Run(block, runs[-1].count + each)
        else:
            runs.append(Run(block, each, repeated))
    runs.extend(_shared(read, shape, n))
    if shape.final_norm:
        ending.append(vector("norms", "final norm", shape.final_norm))
    ending.extend(relative_positions(read, shape, n))
    return Stack(name, tuple(runs), tuple(ending))


def _block(
    read: AttributeAccess,
    shape: SharedTraits,
    layer: int,
    n: int,
    window: int | None,
    beside: tuple[Weight, ...],
    side: str,
    *,
    cross: bool,
) -> Block:
    found = mixers(read, shape, layer, n, window)
    sublayers = min(len(found), 1)  # mixers side by side share a norm
    if side == "encoder":
        found = tuple(_with_global_projections(read, each) for each in found)
    found *= read.optional("n_attention_blocks") or 1
    if cross and found and isinstance(found[0], Attention):
        other = replace(found[0], qk_norm=0, window=None, cross=True)
        found, sublayers = (*found, other), 2
    alone = shape.block_norms == 1 and any(isinstance(each, Recurrent) for each in found)
    inner = () if alone else networks(read, shape, layer, n)
    if read.terms_of_layers("mixer", n)[layer] == SHARED:
        beside += layer_weights(shape.d_model, read.integer("d_ff"), read.optional("adapter_rank"))
    return Block(found, inner, shape.norms(sublayers + len(inner)), beside)


def _with_global_projections(read: AttributeAccess, own: Mixer) -> Mixer:
    """Longformer: tokens that attend to all have queries, keys and values of their own."""
    if not isinstance(own, Attention) or not read.stated("global_projections", False):
        return own
    width = own.n_heads * own.head_dim
    second = [
        linear("attention", f"global {name} projection", own.d_model, width, own.qkv_bias)
        for name in ("query", "key", "value")
    ]
    return replace(own, extra=(*own.extra, *second))


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


def _stacks(read: AttributeAccess, shape: SharedTraits, kind: str) -> tuple[Stack, ...]:
    if kind == ENCODER_DECODER:
        encoder = read.integer("n_encoder_layers")
        decoder = read.integer("n_decoder_layers")
        spans = read.windows_of_sides(encoder, decoder)
        return (
            _stack(read, shape, "encoder", spans[:encoder], cross=False),
            _stack(read, shape, "decoder", spans[encoder:], cross=True),
        )
    if read.one_of("ssm_kind", rwkv.VERSIONS) and "recurrent" in read.kinds("mixer"):
        version, n = read.term("ssm_kind", rwkv.VERSIONS), read.integer("n_layers")
        head = 0 if version == rwkv.WITHOUT_HEADS else read.integer("head_dim")
        return (rwkv.stack(version, shape.d_model, n, head),)
    name = "encoder" if kind == ENCODER else "decoder"
    return (_stack(read, shape, name, read.windows(read.integer("n_layers")), cross=False),)
