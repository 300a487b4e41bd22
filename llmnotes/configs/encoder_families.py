"""Encoders: BERT and its kin, by traits; counted headless with their pooler, the head apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from llmnotes.configs import blocks
from llmnotes.configs.fields import MAX_COUNT, Fields, Flag
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
class Encoder:
    """What tells one encoder from another.

    Attributes:
        positions: key of the learned table's rows ("" = none).
        position_offset: rows beside them.
        types: the model has segment embeddings.
        narrow: key of the embedding's own width, projected to the model's where they differ.
        project_always: the projection is there even where the widths agree.
        embedding_norm: a LayerNorm follows the embeddings.
        pooler: the headless model has a pooler.
        qkv_bias, o_bias: biases on attention; norm_bias on the norms; mlp_bias, mlp_out_bias on the network.
        gated: the feed-forward network has a gate.
        final_norm: a LayerNorm follows the stack.
        transform: the head has a dense layer and a norm before the vocabulary.
        head_bias: and a bias at the vocabulary.
        relative_buckets: key of the rows of a relative position table shared by the layers.
        d_ff: key of the inner width.
        frozen_positions: a sinusoidal table that the class keeps as a parameter, per head.
    """

    positions: str = "max_position_embeddings"
    position_offset: int = 0
    types: bool = True
    narrow: str = ""
    project_always: bool = False
    embedding_norm: bool = True
    pooler: bool = True
    qkv_bias: Flag = True
    o_bias: Flag = True
    norm_bias: bool = True
    mlp_bias: Flag = True
    mlp_out_bias: Flag = True
    gated: bool = False
    final_norm: bool = False
    transform: bool = True
    head_bias: bool = True
    relative_buckets: str = ""
    d_ff: str = "intermediate_size"
    frozen_positions: bool = False


_BERT = Encoder()
_ROTARY = replace(_BERT, positions="", gated=True, mlp_bias=False)

ENCODERS: dict[str, Encoder] = {
    "bert": _BERT,
    "roberta": _BERT,
    "xlm-roberta": _BERT,
    "camembert": _BERT,
    "data2vec-text": _BERT,
    "ibert": _BERT,
    "big_bird": replace(_BERT, qkv_bias="use_bias"),
    "xlm-roberta-xl": replace(_BERT, embedding_norm=False, final_norm=True),
    "roberta-prelayernorm": replace(_BERT, final_norm=True),
    "megatron-bert": replace(_BERT, embedding_norm=False, final_norm=True),
    "electra": replace(_BERT, narrow="embedding_size", pooler=False),
    "rembert": replace(_BERT, narrow="input_embedding_size", project_always=True),
    "roformer": replace(
        _BERT, positions="", narrow="embedding_size", pooler=False, frozen_positions=True
    ),
    "distilbert": replace(_BERT, types=False, pooler=False, d_ff="hidden_dim"),
    "mpnet": replace(_BERT, types=False, relative_buckets="relative_attention_num_buckets"),
    "splinter": replace(_BERT, pooler=False),
    "bert-generation": replace(_BERT, types=False, pooler=False, transform=False),
    "nomic_bert": replace(_ROTARY, qkv_bias=False, o_bias=False, mlp_out_bias=False, pooler=False),
    "gte": replace(_ROTARY, pooler=False),
    "jina_embeddings_v3": replace(_BERT, positions=""),
}
"""Model type -> traits; the keys are the `model_type` of a configuration file."""


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


def encoder(e: Encoder) -> Callable[[Fields], Architecture]:
    """The builder of an encoder that its traits describe."""

    def build(f: Fields) -> Architecture:
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
        network = FeedForward(
            d, f.integer(e.d_ff), e.gated, f.flag(e.mlp_bias), f.flag(e.mlp_out_bias)
        )
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

    return build


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


def albert(f: Fields) -> Architecture:
    """ALBERT: narrow embeddings, and layers that share the weights of a few groups."""
    d = f.integer("hidden_size")
    width = f.integer("embedding_size")
    heads = f.integer("num_attention_heads")
    groups = f.integer("num_hidden_groups", 1, 4096)
    inner = f.integer("inner_group_num", 1, 4096)
    n = blocks.n_layers(f)
    if groups > n:
        raise f.error(f"num_hidden_groups {groups:,} is more than num_hidden_layers {n:,}")
    dim = blocks.head_dim(f, d, heads)
    attention = Attention(d, heads, heads, dim, qkv_bias=True, o_bias=True)
    network = FeedForward(d, f.integer("intermediate_size"), False, True, True)
    block = Block((attention,), (network,), 4 * d)
    stack = Stack("encoder", (Run(block, n * inner, groups * inner),))
    e = replace(_BERT, narrow="embedding_size", project_always=True)
    return finish(f, e, d, width, (stack,))


def longformer(f: Fields) -> Architecture:
    """Longformer: a second set of projections for the tokens that attend globally."""
    found = encoder(_BERT)(f)
    d = found.d_model
    second = linear("attention", "global query, key and value projection", d, 3 * d)
    second = replace(second, size=second.size + 3 * d)
    return with_block_weights(found, (second,))


def layoutlm(f: Fields) -> Architecture:
    """LayoutLM: BERT with tables for the place of each token on the page."""
    found = encoder(_BERT)(f)
    rows = f.integer("max_2d_position_embeddings", 1, MAX_COUNT)
    page = vector("positions", "page position embeddings", 4 * rows * found.d_model)
    return replace(found, embeddings=(*found.embeddings, page))


def with_block_weights(found: Architecture, weights: tuple[Weight, ...]) -> Architecture:
    """The same encoder with further weights in every block."""
    stack = found.stacks[0]
    runs = tuple(
        replace(run, block=replace(run.block, extra=(*run.block.extra, *weights)))
        for run in stack.runs
    )
    return replace(found, stacks=(replace(stack, runs=runs),))


def ernie(f: Fields) -> Architecture:
    """ERNIE: BERT with a table of task types where `use_task_id`."""
    found = encoder(_BERT)(f)
    if not f.flag("use_task_id"):
        return found
    rows = f.integer("task_type_vocab_size", 1, MAX_COUNT)
    table = vector("embeddings", "task embedding", rows * found.d_model)
    return replace(found, embeddings=(*found.embeddings, table))


def modernbert(f: Fields) -> Architecture:
    """ModernBERT: rotary, gated, LayerNorms without bias, no first norm; local and global."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    heads = f.integer("num_attention_heads")
    bias, mlp_bias = f.flag("attention_bias"), f.flag("mlp_bias")
    one = norm(d, bias=f.flag("norm_bias"))
    attention = Attention(d, heads, heads, blocks.head_dim(f, d, heads), qkv_bias=bias, o_bias=bias)
    network = FeedForward(d, f.integer("intermediate_size"), True, mlp_bias, mlp_bias)
    every = f.optional_int("global_attn_every_n_layers") or 3
    types = f.words("layer_types", n)
    window = f.optional_int("local_attention") or f.optional_int("sliding_window")

    def full(layer: int) -> bool:
        return layer % every == 0 if types is None else types[layer] == blocks.FULL

    def build(key: object) -> Block:
        first, is_full = key if isinstance(key, tuple) else (False, True)
        mixer = attention if is_full else replace(attention, window=window)
        return Block((mixer,), (network,), one if first else 2 * one)

    runs = blocks.runs([(layer == 0, full(layer)) for layer in range(n)], build)
    stack = Stack("encoder", runs, (vector("norms", "final norm", one),))
    e = Encoder(
        positions="",
        types=False,
        pooler=False,
        norm_bias=f.flag("norm_bias"),
        transform=False,
        head_bias=f.flag("decoder_bias"),
    )
    found = finish(f, e, d, d, (stack,))
    dense = linear("head", "head transform", d, d, f.flag("classifier_bias"))
    extra = (dense, vector("norms", "head norm", one), *found.head.extra)
    return replace(found, head=replace(found.head, extra=extra))


def eurobert(f: Fields) -> Architecture:
    """EuroBERT: LLaMA's layers, attending both ways."""
    from llmnotes.configs.decoder import decoder
    from llmnotes.configs.dense_families import DENSE

    found = decoder(f, DENSE["llama"])
    bias = (vector("head", "output bias", found.vocab_size),) if f.flag("mlp_bias") else ()
    head = replace(found.head, extra=bias, apart=True)
    stack = replace(found.stacks[0], name="encoder")
    return replace(found, kind=ENCODER, head=head, stacks=(stack,))


ENCODER_BUILDERS: dict[str, Callable[[Fields], Architecture]] = {
    **{name: encoder(traits) for name, traits in ENCODERS.items()},
    "albert": albert,
    "ernie": ernie,
    "longformer": longformer,
    "layoutlm": layoutlm,
    "modernbert": modernbert,
    "eurobert": eurobert,
}
"""Model type -> builder."""
