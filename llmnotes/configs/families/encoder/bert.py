"""BERT-like encoders by traits; counted headless with their pooler, the head separately."""

from __future__ import annotations

from dataclasses import dataclass, replace

from llmnotes.configs.fields import MAX_COUNT, Fields, Flag
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.traits import LayerTraits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    ENCODER,
    Architecture,
    Block,
    Head,
    Run,
    Stack,
    norm,
    pooler,
    token_embedding,
)
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.feedforward import FeedForward
from llmnotes.sizing.weights import Weight, linear, vector


@dataclass(frozen=True, slots=True)
class Encoder(LayerTraits):
    """The traits that distinguish encoders, in addition to those of their layers.

    Attributes:
        types: the model has segment embeddings.
        narrow: key of the embedding's own width, projected to the model's where they differ.
        project_always: the projection exists even where the widths agree.
        pooler: the headless model has a pooler.
        norm_bias: the norms have biases.
        mlp_out_bias: the network's second matrix has one.
        transform: the head has a dense layer and a norm before the vocabulary.
        head_bias: and a bias at the vocabulary.
        relative_buckets: key of the rows of a relative position table shared by the layers.
        frozen_positions: a sinusoidal table that the class keeps as a parameter, per head.
    """

    types: bool = True
    narrow: str = ""
    project_always: bool = False
    pooler: bool = True
    norm_bias: bool = True
    mlp_out_bias: Flag = True
    transform: bool = True
    head_bias: bool = True
    relative_buckets: str = ""
    frozen_positions: bool = False


BERT = Encoder(
    qkv_bias=True,
    o_bias=True,
    mlp_bias=True,
    gated=False,
    final_norm=False,
    positions="max_position_embeddings",
    embedding_norm=True,
)


_ROTARY = replace(BERT, positions="", gated=True, mlp_bias=False)


def embeddings(f: Fields, e: Encoder, d: int, width: int) -> tuple[Weight, ...]:
    """Token, position and segment tables, their norm, and the projection to the width."""
    vocab = f.integer("vocab_size", 1, MAX_COUNT)
    found = [token_embedding(vocab, width)]
    if e.positions:
        rows = f.integer(e.positions, 1, MAX_COUNT) + e.position_offset
        found.append(vector("positions", "position embedding", rows * width))
    if e.types:
        rows = f.optional_int("type_vocab_size", 0, MAX_COUNT) or 0
        if rows:
            found.append(vector("embeddings", "segment embedding", rows * width))
    if e.embedding_norm:
        found.append(vector("norms", "embedding norm", norm(width, bias=e.norm_bias)))
    if width != d or e.project_always:
        found.append(linear("embeddings", "embedding projection", width, d, True))
    return tuple(found)


def encoder(f: Fields, e: Encoder) -> Architecture:
    """The encoder described by its traits."""
    d = f.integer("hidden_size")
    width = (f.optional_int(e.narrow) or d) if e.narrow else d
    heads = f.integer("num_attention_heads")
    attention = Attention(
        d,
        heads,
        heads,
        blocks.head_dim(f, d, heads),
        qkv_bias=f.flag(e.qkv_bias),
        o_bias=f.flag(e.o_bias),
    )
    network = FeedForward(d, f.integer(e.d_ff), e.gated, f.flag(e.mlp_bias), f.flag(e.mlp_out_bias))
    one = norm(d, bias=e.norm_bias)
    extra: list[Weight] = []
    if e.final_norm:
        extra.append(vector("norms", "final norm", one))
    if e.frozen_positions:
        rows = f.integer("max_position_embeddings", 1, MAX_COUNT)
        extra.append(vector("positions", "frozen positions", rows * attention.head_dim))
    if e.relative_buckets:
        rows = f.integer(e.relative_buckets)
        extra.append(vector("positions", "relative position bias", rows * heads))
    block = Block((attention,), (network,), 2 * one)
    stack = Stack("encoder", (Run(block, blocks.n_layers(f)),), tuple(extra))
    return finish(f, e, d, width, (stack,))


def finish(f: Fields, e: Encoder, d: int, width: int, stacks: tuple[Stack, ...]) -> Architecture:
    """An encoder's embeddings, pooler and head around its blocks."""
    vocab = f.integer("vocab_size", 1, MAX_COUNT)
    head: list[Weight] = []
    if e.transform:
        head.append(linear("head", "head transform", d, width, True))
        head.append(vector("norms", "head norm", norm(width, bias=e.norm_bias)))
    if e.head_bias:
        head.append(vector("head", "output bias", vocab))
    tied = f.flag("tie_word_embeddings")
    return Architecture(
        kind=ENCODER,
        d_model=d,
        vocab_size=vocab,
        embeddings=embeddings(f, e, d, width),
        stacks=stacks,
        head=Head(vocab * width, tied, tuple(head), apart=True),
        pooler=pooler(d) if e.pooler else (),
        context_length=f.optional_int("max_position_embeddings", 1, 1 << 40),
    )


ENCODERS: dict[str, Encoder] = {
    "bert": BERT,
    "roberta": BERT,
    "xlm-roberta": BERT,
    "camembert": BERT,
    "data2vec-text": BERT,
    "ibert": BERT,
    "big_bird": replace(BERT, qkv_bias="use_bias"),
    "xlm-roberta-xl": replace(BERT, embedding_norm=False, final_norm=True),
    "roberta-prelayernorm": replace(BERT, final_norm=True),
    "megatron-bert": replace(BERT, embedding_norm=False, final_norm=True),
    "electra": replace(BERT, narrow="embedding_size", pooler=False),
    "rembert": replace(BERT, narrow="input_embedding_size", project_always=True),
    "roformer": replace(
        BERT, positions="", narrow="embedding_size", pooler=False, frozen_positions=True
    ),
    "distilbert": replace(BERT, types=False, pooler=False, d_ff="hidden_dim"),
    "mpnet": replace(BERT, types=False, relative_buckets="relative_attention_num_buckets"),
    "splinter": replace(BERT, pooler=False),
    "bert-generation": replace(BERT, types=False, pooler=False, transform=False),
    "nomic_bert": replace(_ROTARY, qkv_bias=False, o_bias=False, mlp_out_bias=False, pooler=False),
    "gte": replace(_ROTARY, pooler=False),
    "jina_embeddings_v3": replace(BERT, positions=""),
}
"""The traits of encoders that are fully described by them, by model type."""


def _declare(name: str, traits: Encoder) -> None:
    family(name)(lambda f: encoder(f, traits))


for _name, _traits in ENCODERS.items():
    _declare(_name, _traits)
