"""BART-like encoder-decoders: learned positions, LayerNorm after each sublayer, biases."""

from __future__ import annotations

from dataclasses import dataclass, replace

from llmnotes.configs.fields import MAX_COUNT, MAX_LAYERS, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    ENCODER_DECODER,
    Architecture,
    Block,
    Head,
    Run,
    Stack,
    token_embedding,
)
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.feedforward import FeedForward
from llmnotes.sizing.weights import Weight, linear, vector


@dataclass(frozen=True, slots=True)
class Bart:
    """The traits that distinguish BART-like families.

    Attributes:
        positions: learned or frozen tables of positions are parameters.
        offset: additional rows of the table.
        embedding_norm: a LayerNorm follows each side's embeddings.
        final_norm: a LayerNorm follows each stack.
        bias: biases on attention.
    """

    positions: bool = True
    offset: int = 0
    embedding_norm: bool = False
    final_norm: bool = False
    bias: bool = True


def bart(f: Fields, t: Bart) -> Architecture:
    """A BART-like encoder-decoder (arXiv 1910.13461)."""
    d = f.integer("hidden_size")
    vocab = f.integer("vocab_size", 1, MAX_COUNT)
    rows = f.integer("max_position_embeddings", 1, MAX_COUNT) + t.offset
    if f.flag("use_prompt"):
        raise f.error("use_prompt adds prompt layers, which are not known here")
    tied = f.flag("tie_word_embeddings")
    # Untied, the class keeps a shared table and one for each side.
    tables = 1 if tied else 3
    if f.raw("share_encoder_decoder_embeddings") is False:
        tables = 2

    def stack(name: str) -> Stack:
        heads = f.integer(f"{name}_attention_heads")
        dim = blocks.head_dim(f.replaced({"head_dim": None}), d, heads)
        own = Attention(d, heads, heads, dim, qkv_bias=t.bias, o_bias=t.bias)
        mixers = (own,) if name == "encoder" else (own, replace(own, cross=True))
        network = FeedForward(d, f.integer(f"{name}_ffn_dim"), False, True, True)
        block = Block(mixers, (network,), (len(mixers) + 1) * 2 * d)
        extra: list[Weight] = []
        if t.positions:
            extra.append(vector("positions", "position embedding", rows * d))
        norms = int(t.embedding_norm) + int(t.final_norm)
        if norms:
            extra.append(vector("norms", "stack norms", norms * 2 * d))
        n = f.integer(f"{name}_layers", 1, MAX_LAYERS)
        return Stack(name, (Run(block, n),), tuple(extra))

    return Architecture(
        kind=ENCODER_DECODER,
        d_model=d,
        vocab_size=vocab,
        embeddings=(token_embedding(vocab, d),) * tables,
        stacks=(stack("encoder"), stack("decoder")),
        head=Head(vocab * d, tied),
        context_length=f.optional_int("max_position_embeddings", 1, 1 << 40),
    )


@family("led")
def led(f: Fields) -> Architecture:
    """LED (arXiv 2004.05150): BART whose encoder has a second set of projections."""
    d = f.integer("hidden_size")
    vocab = f.integer("vocab_size", 1, MAX_COUNT)
    tied = f.flag("tie_word_embeddings")

    def stack(name: str, rows: int) -> Stack:
        heads = f.integer(f"{name}_attention_heads")
        dim = blocks.head_dim(f.replaced({"head_dim": None}), d, heads)
        own = Attention(d, heads, heads, dim, qkv_bias=True, o_bias=True)
        mixers: tuple[Attention, ...] = (own, replace(own, cross=True))
        if name == "encoder":
            second = linear("attention", "global query, key and value projection", d, 3 * d)
            mixers = (replace(own, extra=(replace(second, size=second.size + 3 * d),)),)
        network = FeedForward(d, f.integer(f"{name}_ffn_dim"), False, True, True)
        block = Block(mixers, (network,), (len(mixers) + 1) * 2 * d)
        extra: tuple[Weight, ...] = (
            vector("positions", "position embedding", rows * d),
            vector("norms", "embedding norm", 2 * d),
        )
        return Stack(name, (Run(block, f.integer(f"{name}_layers", 1, MAX_LAYERS)),), extra)

    return Architecture(
        kind=ENCODER_DECODER,
        d_model=d,
        vocab_size=vocab,
        embeddings=(token_embedding(vocab, d),) * (1 if tied else 3),
        stacks=(
            stack("encoder", f.integer("max_encoder_position_embeddings", 1, MAX_COUNT)),
            stack("decoder", f.integer("max_decoder_position_embeddings", 1, MAX_COUNT)),
        ),
        head=Head(vocab * d, tied),
        context_length=f.optional_int("max_encoder_position_embeddings", 1, 1 << 40),
    )


BART: dict[str, Bart] = {
    "bart": Bart(offset=2, embedding_norm=True),
    "plbart": Bart(offset=2, embedding_norm=True),
    "mvp": Bart(offset=2, embedding_norm=True),
    "mbart": Bart(offset=2, embedding_norm=True, final_norm=True),
    "pegasus": Bart(final_norm=True),
    "blenderbot": Bart(final_norm=True),
    "blenderbot-small": Bart(embedding_norm=True),
    "marian": Bart(),
    "m2m_100": Bart(positions=False, final_norm=True),
}
"""The traits of families that are fully described by them, by model type."""


def _declare(name: str, traits: Bart) -> None:
    family(name)(lambda f: bart(f, traits))


for _name, _traits in BART.items():
    _declare(_name, _traits)
