"""Stacks of two kinds of mixer: full attention and one with linear cost in the length."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from llmnotes.configs.fields import Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Traits
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
    Mixer,
)

LINEAR = "linear_attention"


_LEGACY = {"mamba": LINEAR, "attention": blocks.FULL, "linear": LINEAR}


def types_of(
    f: Fields, n: int, default: Callable[[int], bool], key: str = "layer_types"
) -> list[str]:
    """Each layer's kind; where the file does not list them, `default` tells which are full."""
    types = f.words(key, n)
    if types is not None:
        return [_LEGACY.get(kind, kind) for kind in types]
    return [blocks.FULL if default(layer) else LINEAR for layer in range(n)]


def hybrid(
    f: Fields,
    t: Traits,
    types: Sequence[str],
    linear_mixer: Mixer,
    full_mixer: Mixer,
    *,
    linear_kinds: tuple[str, ...] = (LINEAR,),
    norms: Callable[[bool], int] | None = None,
) -> Architecture:
    """A stack of two kinds of mixer over one kind of feed-forward layout.

    Raises:
        ConfigError: a layer's kind is not one of the family's.
    """
    d = f.integer("hidden_size")
    n = len(types)
    strange = set(types) - {blocks.FULL, *linear_kinds}
    if strange:
        known = ", ".join((blocks.FULL, *linear_kinds))
        raise f.error(f"layer_types holds {min(strange)!r}; this family has {known}")
    sparse = [False] * n if t.experts is None else blocks.sparse_layers(f, t.experts, n)

    def build(key: tuple[str, bool]) -> Block:
        kind, is_sparse = key
        full = kind == blocks.FULL
        return Block(
            mixers=(full_mixer if full else linear_mixer,),
            feed_forwards=blocks.feed_forward(f, t, d, is_sparse),
            norms=t.block_norms * d if norms is None else norms(full),
        )

    return assemble(f, t, d, blocks.runs(zip(types, sparse, strict=True), build))
