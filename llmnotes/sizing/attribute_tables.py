"""Builds a model's tables of tokens, positions and segments from its attributes."""

from __future__ import annotations

from collections.abc import Iterator

from llmnotes.attributes.sizing_roles import HEADS
from llmnotes.sizing.architecture import ENCODER, ENCODER_DECODER, norm, token_embedding
from llmnotes.sizing.attribute_access import AttributeAccess
from llmnotes.sizing.per_layer_embeddings import tables
from llmnotes.sizing.shared_traits import SharedTraits
from llmnotes.sizing.weights import Weight, linear, vector

_T5_BUCKETS = 32
_ABSOLUTE = "learned-absolute"


def narrow_embedding(read: AttributeAccess, shape: SharedTraits) -> int | None:
    """The width of the token embedding where it differs from the model's."""
    width = read.optional("d_embedding")
    return None if width == shape.d_model else width


def embeddings(
    read: AttributeAccess, shape: SharedTraits, kind: str, vocab: int
) -> tuple[Weight, ...]:
    """The tables at the input with their norms and projections."""
    d, narrow = shape.d_model, narrow_embedding(read, shape)
    width = read.optional("d_position") or d
    found = [token_embedding(vocab, narrow or d)]
    if narrow:
        # A projection that follows the sum of the tables is a linear layer like the others.
        biased = width == narrow and shape.biased()
        found.append(linear("embeddings", "embedding projection", narrow, d, biased))
    if _ABSOLUTE in read.kinds("positional_encoding"):
        rows = read.integer("n_positions")
        if kind == ENCODER_DECODER:
            rows += read.optional("n_decoder_positions") or rows
        found.append(vector("positions", "position embedding", rows * width))
    # XLNet tells segments apart in its attention; its second stream begins with a vector of its own.
    related = "Transformer-XL" in read.kinds("positional_encoding")
    types = read.optional("n_token_types") or 0
    if types and not related:
        found.append(vector("embeddings", "segment embedding", types * width))
    if read.names("objective", "PLM"):
        found.append(vector("embeddings", "mask embedding", d))
    # Where norms follow the sublayers, an encoder's input is normalised like their output.
    if read.stated("embedding_norm", kind == ENCODER and shape.placement == "post-norm"):
        sides = 2 if kind == ENCODER_DECODER else 1
        found.append(vector("norms", "embedding norm", sides * shape.norm_of(width)))
    if own := read.optional("d_per_layer_embedding"):
        found.extend(tables(vocab, read.integer("n_layers"), d, own))
    return tuple(found)


def relative_positions(read: AttributeAccess, shape: SharedTraits, n: int) -> Iterator[Weight]:
    """The tables of relative positions that the layers of one stack share."""
    kinds = read.kinds("positional_encoding")
    rows = read.optional("n_relative_positions")
    # MPNet has biases of distances beside its table of absolute positions.
    if "relative-bias" in kinds or (_ABSOLUTE in kinds and rows):
        buckets = rows or read.integer("n_relative_positions", _T5_BUCKETS)
        yield vector("positions", "relative position bias", buckets * read.integer_at(HEADS, 0, n))
    if "disentangled-relative" in kinds:
        d = shape.d_model
        yield vector("positions", "relative positions", read.integer("n_relative_positions") * d)
        if read.stated("relative_position_norm", False):
            yield vector("norms", "relative position norm", shape.one_norm)
        if kernel := read.optional("conv_kernel"):
            yield from _convolution(d, kernel)


def _convolution(d: int, kernel: int) -> Iterator[Weight]:
    """DeBERTa-v2's convolution over all channels, beside the first layer, with its norm."""
    size = d * d * kernel
    yield Weight("other", "convolution", size + d, size)
    yield vector("norms", "convolution norm", norm(d, bias=True))
