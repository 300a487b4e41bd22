"""From a curated model's attributes to an architecture; what is missing is named, not guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from llmnotes.attributes.sizing_roles import HEADS, KV_HEADS
from llmnotes.errors import InputError
from llmnotes.sizing.architecture import (
    CAUSAL_DECODER,
    ENCODER,
    ENCODER_DECODER,
    Architecture,
    Block,
    FeedForwardNetwork,
    Head,
    Mixer,
    Run,
    Stack,
    norm,
    pooler,
    token_embedding,
)
from llmnotes.sizing.attention import Attention, LatentAttention
from llmnotes.sizing.attribute_access import AttributeAccess
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.sizing.weights import Weight, vector

_T5_BUCKETS = 32
_NORMS_PER_SUBLAYER = {"pre-norm": 1, "post-norm": 1, "output-norm": 1, "sandwich-norm": 2}
_SCALES = {"LayerNorm": 1, "RMSNorm": 1, "non-parametric LayerNorm": 0}


def from_attributes(attributes: Mapping[str, object]) -> Architecture:
    """The architecture that a model's resolved attributes describe.

    Keys are attribute ids, values their resolved values: numbers, flags, terms, lists of terms,
    and per-layer values as `{"runs": [[count, value], ...]}`.

    Raises:
        InputError: attributes that the count cannot do without are missing (all are named), or a
            value is of a kind that the arithmetic does not know.
    """
    read = AttributeAccess(attributes)
    kind = read.term("architecture", (CAUSAL_DECODER, ENCODER, ENCODER_DECODER, "prefix-decoder"))
    mixer = read.term("mixer", ("transformer",), "transformer")
    del mixer
    shape = _Shape(read)
    stacks = _stacks(read, shape, kind)
    vocab = read.integer("vocab_size")
    tied = read.flag("tied_embeddings")
    embeddings = _embeddings(read, shape, kind, vocab)
    extra = (vector("head", "output bias", vocab),) if shape.biased("head") else ()
    head = Head(vocab * shape.d_model, tied, extra, apart=kind == ENCODER)
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


class _Shape:
    """The widths and traits that every layer shares, read once."""

    def __init__(self, read: AttributeAccess) -> None:
        self.d_model = read.integer("d_model")
        self.gated = read.flag("gated_ffn")
        self.biases = read.terms("bias")
        kind = read.term("normalization", tuple(_SCALES))
        self.placement = read.term("norm_placement", tuple(_NORMS_PER_SUBLAYER))
        with_bias = kind == "LayerNorm" and self.biased("norm")
        scaled = bool(_SCALES.get(kind, 1))
        self.one_norm = norm(self.d_model, bias=with_bias, scale=scaled)
        self.parallel = read.flag("parallel_blocks", False)
        self.qk_norm = read.term("qk_norm", ("none", "per-head", "full"), "none")

    def biased(self, what: str) -> bool:
        """Whether the linear layers or norms called `what` have biases."""
        return "all" in self.biases or what in self.biases

    def norms(self, sublayers: int) -> int:
        """Parameters of a block's norms."""
        count = 1 if self.parallel else sublayers
        return count * _NORMS_PER_SUBLAYER.get(self.placement, 1) * self.one_norm

    @property
    def final_norm(self) -> int:
        """Parameters of the norm after the stack: where norms come first, one more ends it."""
        return 0 if self.placement == "post-norm" else self.one_norm


def _attention(
    read: AttributeAccess, shape: _Shape, layer: int, n: int, window: int | None
) -> Mixer:
    heads = read.integer_at(HEADS, layer, n)
    if read.terms_of_layers("attention", n)[layer] == "MLA":
        return _latent(read, shape, heads, window)
    sharing = read.terms_of_layers("attention", n)[layer]
    implied = {"MHA": heads, "MQA": 1}.get(sharing)
    kv = read.integer_at(KV_HEADS, layer, n, implied)
    dim = read.integer("head_dim")
    if heads % kv:
        raise InputError(f"{HEADS} {heads:,} does not divide by {KV_HEADS} {kv:,}")
    qk = {"none": 0, "per-head": 2 * dim, "full": (heads + kv) * dim}[shape.qk_norm]
    return Attention(
        shape.d_model,
        heads,
        kv,
        dim,
        read.optional("v_head_dim"),
        qkv_bias=shape.biased("attention") or shape.biased("qkv"),
        o_bias=shape.biased("attention"),
        qk_norm=qk,
        window=window,
    )


def _latent(
    read: AttributeAccess, shape: _Shape, heads: int, window: int | None
) -> LatentAttention:
    return LatentAttention(
        shape.d_model,
        heads,
        read.optional("q_lora_rank"),
        read.integer("kv_lora_rank"),
        read.integer("qk_nope_head_dim"),
        read.integer("qk_rope_head_dim"),
        read.integer("v_head_dim"),
        window=window,
    )


def _network(read: AttributeAccess, shape: _Shape, layer: int, n: int) -> FeedForwardNetwork:
    bias = shape.biased("ffn")
    if not read.is_mixture(layer, n):
        inner = read.integer_at("d_ff", layer, n)
        return FeedForward(shape.d_model, inner, shape.gated, bias, bias)
    width, count = read.integer("d_expert"), read.integer("n_experts")
    active = read.integer("n_experts_active")
    if active > count:
        raise InputError(f"n_experts_active {active:,} is more than n_experts {count:,}")
    number = read.optional("n_shared_experts") or 0
    shared = None
    if number:
        inner = number * width
        shared = FeedForward(shape.d_model, inner, shape.gated, bias, bias, shared=True)
    return MixtureOfExperts(shape.d_model, count, active, width, shape.gated, bias, shared=shared)


def _stack(read: AttributeAccess, shape: _Shape, name: str, n: int, *, cross: bool) -> Stack:
    spans = read.windows(n)
    runs: list[Run] = []
    # Where nothing changes from layer to layer, the first stands for all.
    each = 1 if read.changes_by_layer() else n
    for layer in range(0, n, each):
        own = _attention(read, shape, layer, n, spans[layer])
        mixers: tuple[Mixer, ...] = (own,)
        if cross and isinstance(own, Attention):
            other = replace(own, qk_norm=0, window=None, cross=True)
            mixers = (own, other)
        networks = (_network(read, shape, layer, n),)
        block = Block(mixers, networks, shape.norms(len(mixers) + 1))
        if runs and runs[-1].block == block:
            runs[-1] = Run(block, runs[-1].count + each)
        else:
            runs.append(Run(block, each))
    extra: list[Weight] = []
    if shape.final_norm:
        extra.append(vector("norms", "final norm", shape.final_norm))
    if "relative-bias" in read.kinds("positional_encoding"):
        buckets = read.integer("n_relative_buckets", _T5_BUCKETS)
        heads = read.integer_at(HEADS, 0, n)
        extra.append(vector("positions", "relative position bias", buckets * heads))
    return Stack(name, tuple(runs), tuple(extra))


def _stacks(read: AttributeAccess, shape: _Shape, kind: str) -> tuple[Stack, ...]:
    if kind == ENCODER_DECODER:
        encoder = read.integer("n_encoder_layers")
        decoder = read.integer("n_decoder_layers")
        return (
            _stack(read, shape, "encoder", encoder, cross=False),
            _stack(read, shape, "decoder", decoder, cross=True),
        )
    name = "encoder" if kind == ENCODER else "decoder"
    return (_stack(read, shape, name, read.integer("n_layers"), cross=False),)


def _embeddings(read: AttributeAccess, shape: _Shape, kind: str, vocab: int) -> tuple[Weight, ...]:
    d = shape.d_model
    found = [token_embedding(vocab, d)]
    if "learned-absolute" in read.kinds("positional_encoding"):
        sides = 2 if kind == ENCODER_DECODER else 1
        rows = read.integer("n_positions") * sides
        found.append(vector("positions", "position embedding", rows * d))
    types = read.optional("n_token_types") or 0
    if types:
        found.append(vector("embeddings", "segment embedding", types * d))
    if kind == ENCODER and shape.placement == "post-norm":
        # Where norms follow the sublayers, an encoder's input is normalised like their output.
        found.append(vector("norms", "embedding norm", shape.one_norm))
    return tuple(found)
