"""Decoders from architecture search, with different sizes in each block (Nemotron-NAS)."""

from __future__ import annotations

from collections.abc import Mapping

from llmnotes.configs.fields import Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
)
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.feedforward import FeedForward
from llmnotes.sizing.weights import Weight, linear

_LINEAR = -1


@family("nemotron-nas", classes=("DeciLMForCausalLM",))
def nemotron_nas(f: Fields) -> Architecture:
    """Llama-Nemotron (DeciLM): attention or network of each block may be reduced, linear or absent.

    `n_heads_in_group` is the number of query heads per KV head, `ffn_mult` the inner width as a multiple,
    of which two thirds are taken and rounded up to 256.
    """
    d, heads = f.integer("hidden_size"), f.integer("num_attention_heads")
    n = blocks.n_layers(f)
    dim = blocks.head_dim(f, d, heads)
    keys = [
        (_attention(f, block, heads), _inner(f, block, d))
        for block in f.items("block_configs", n) or ()
    ]
    if not keys:
        raise f.error("block_configs is missing; it must hold the sizes of each block")

    def build(key: tuple[int, int]) -> Block:
        kv, inner = key
        extra: list[Weight] = []
        if kv == _LINEAR:
            extra.append(linear("attention", "linear in place of attention", d, d))
        if inner == _LINEAR:
            extra.append(linear("ffn", "linear in place of the network", d, d))
        mixers = (Attention(d, heads, kv, dim),) if kv > 0 else ()
        networks = (FeedForward(d, inner),) if inner > 0 else ()
        norms = (int(kv != 0) + int(inner != 0)) * d
        return Block(mixers, networks, norms, tuple(extra))

    return assemble(f, Traits(), d, blocks.runs(keys, build))


def _part(f: Fields, block: object, key: str) -> Fields:
    part = block.get(key) if isinstance(block, Mapping) else None
    if not isinstance(part, Mapping):
        raise f.error(f"block_configs must give {key} for each block")
    return Fields(part, place=f"block_configs, {key}")


def _attention(f: Fields, block: object, heads: int) -> int:
    """KV heads; 0 where attention is absent, -1 where a matrix replaces it."""
    part = _part(f, block, "attention")
    if part.flag("no_op"):
        return 0
    if part.flag("replace_with_linear"):
        return _LINEAR
    group = part.integer("n_heads_in_group")
    if heads % group:
        raise part.error(f"n_heads_in_group {group:,} does not divide {heads:,} query heads")
    return heads // group


def _inner(f: Fields, block: object, d: int) -> int:
    """Inner width; 0 where the network is absent, -1 where a matrix replaces it."""
    part = _part(f, block, "ffn")
    if part.flag("no_op"):
        return 0
    if part.flag("replace_with_linear"):
        return _LINEAR
    multiple = part.number("ffn_mult", 0.0)
    if not 0 < multiple < 1024:
        raise part.error(f"ffn_mult is {multiple:g}; it must lie between 0 and 1,024")
    inner = int(2 * multiple * d / 3)
    return max(-(-inner // 256) * 256, 1)
