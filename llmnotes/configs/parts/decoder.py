"""Builds any decoder that is fully described by its traits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from llmnotes.configs.fields import MAX_COUNT, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.traits import Traits
from llmnotes.configs.registry import Builder, family
from llmnotes.sizing.architecture import (
    CAUSAL_DECODER,
    Architecture,
    Block,
    Head,
    Run,
    Stack,
    token_embedding,
)
from llmnotes.sizing.weights import Weight, vector


def decoder(f: Fields, t: Traits) -> Architecture:
    """A causal decoder whose blocks differ only in window and in dense or sparse networks."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    spans = blocks.windows(f, t, n)
    sparse = [False] * n if t.experts is None else blocks.sparse_layers(f, t.experts, n)
    norms = t.block_norms * blocks.norm_size(t, f, d)

    def build(key: tuple[int | None, bool]) -> Block:
        window, is_sparse = key
        return Block(
            mixers=(blocks.attention(f, t, d, window),),
            feed_forwards=blocks.feed_forward(f, t, d, is_sparse),
            norms=norms,
            extra=(vector("other", "block scales", t.block_extra),) if t.block_extra else (),
        )

    stack_runs = blocks.runs(zip(spans, sparse, strict=True), build)
    extra = (vector("norms", "embedding norm", d),) if t.embedding_norm else ()
    return assemble(f, t, d, stack_runs, embeddings=(*positions(f, t, d), *extra))


def positions(f: Fields, t: Traits, d: int) -> tuple[Weight, ...]:
    """A learned table of positions, where the family has one."""
    if not t.positions:
        return ()
    rows = f.integer(t.positions, 1, MAX_COUNT) + t.position_offset
    return (vector("positions", "position embedding", rows * d),)


def assemble(
    f: Fields,
    t: Traits,
    d: int,
    stack_runs: Sequence[Run],
    *,
    embeddings: tuple[Weight, ...] = (),
    stack_extra: tuple[Weight, ...] = (),
    head_extra: tuple[Weight, ...] = (),
) -> Architecture:
    """A decoder's embeddings, final norm and head around its blocks."""
    vocab = f.integer("vocab_size", 1, MAX_COUNT)
    final = blocks.norm_size(t, f, d) if t.final_norm else 0
    bias = (vector("head", "output bias", vocab),) if f.flag(t.head_bias) else ()
    after = (vector("norms", "final norm", final),) if final else ()
    return Architecture(
        kind=CAUSAL_DECODER,
        d_model=d,
        vocab_size=vocab,
        embeddings=(token_embedding(vocab, d), *embeddings),
        stacks=(Stack("decoder", tuple(stack_runs), (*stack_extra, *after)),),
        head=Head(vocab * d, f.flag("tie_word_embeddings"), (*bias, *head_extra)),
        context_length=f.optional_int("max_position_embeddings", 1, 1 << 40),
    )


def decoders(table: Mapping[str, Traits]) -> None:
    """Register the model types of a table that are fully described by their traits."""

    def builder(traits: Traits) -> Builder:
        return lambda f: decoder(f, traits)

    for name, traits in table.items():
        family(name)(builder(traits))


def with_block_weights(found: Architecture, *weights: Weight) -> Architecture:
    """The model with further weights in every block of its first stack."""
    stack = found.stacks[0]
    runs = tuple(
        replace(run, block=replace(run.block, extra=(*run.block.extra, *weights)))
        for run in stack.runs
    )
    first = replace(stack, runs=runs)
    return replace(found, stacks=(first, *found.stacks[1:]))
