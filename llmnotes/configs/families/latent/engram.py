"""DeepSeek-V4.1: compressed keys shared by runs of layers, and n-gram memory tables (Engram)."""

from __future__ import annotations

from collections.abc import Sequence

from llmnotes.configs.families.latent.hyper_connections import compressed_attention
from llmnotes.configs.fields import MAX_COUNT, MAX_LAYERS, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Experts, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import Architecture, Block
from llmnotes.sizing.hyper_connections import manifold_mixing
from llmnotes.sizing.weights import Weight, linear, vector

_MOST_ROWS = 1 << 40


@family("deepseek_v41_text")
def deepseek_v41(f: Fields) -> Architecture:
    """DeepSeek-V4.1: few layers compress keys, which the others read; two layers have n-gram tables.

    A compressing layer writes one entry and one index key for every `compress_ratios` tokens; later layers
    attend to the same entries and cache only their window. Counted from the publisher's inference code; its
    image encoder, its drafting blocks and the routing correction biases are left out.
    """
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    ratios = _ratios(f, n)
    sources = _layers(f, "kv_source_layer_ids", n)
    indexed = _layers(f, "index_source_layer_ids", n)
    tables = dict(zip(_ids(f, "engram_layer_ids", n), _rows(f), strict=False))
    streams = f.integer("hc_mult", 1, 64)
    mixes = manifold_mixing(streams, d)
    e = Experts(count="n_routed_experts", shared="times")
    networks = (blocks.experts(f, e, d),)

    def build(key: tuple[int, bool, bool, int]) -> Block:
        ratio, is_source, has_indexer, rows = key
        extra = (
            *(_compressor(f, d, ratio) if is_source else ()),
            *(_indexer(f, d, owns_keys=is_source) if has_indexer else ()),
        )
        attention = compressed_attention(f, d, extra, ratio, has_indexer, caches=is_source)
        memory = _engram(f, d, rows, streams) if rows else ()
        return Block((attention,), networks, 2 * d, (*mixes, *memory))

    keys = (
        (ratios[layer], layer in sources, layer in indexed, tables.get(layer, 0))
        for layer in range(n)
    )
    return assemble(f, Traits(), d, blocks.runs(keys, build))


def _compressor(f: Fields, d: int, ratio: int) -> tuple[Weight, ...]:
    """The compressor of `ratio` tokens into one entry: gated where it pools several."""
    dim = f.integer("head_dim")
    return (
        linear("attention", "compressor projections", d, dim * (2 if ratio > 1 else 1)),
        vector("norms", "compressor norm", dim),
    )


def _indexer(f: Fields, d: int, *, owns_keys: bool) -> tuple[Weight, ...]:
    heads, small = f.integer("index_n_heads"), f.integer("index_head_dim")
    queries = (
        linear("attention", "indexer query projection", f.integer("q_lora_rank"), heads * small),
        linear("attention", "indexer weights projection", d, heads),
    )
    if not owns_keys:
        return queries
    return (
        *queries,
        linear("attention", "indexer key projection", f.integer("head_dim"), small),
        vector("norms", "indexer key norm", small),
    )


def _engram(f: Fields, d: int, rows: int, streams: int) -> tuple[Weight, ...]:
    """A hash table of n-grams, from which a token reads one row for each order and head."""
    width = f.integer("engram_head_dim")
    fetched = (f.integer("engram_max_ngram_size", 2, 64) - 1) * f.integer("engram_n_heads", 1, 4096)
    return (
        Weight("embeddings", "n-gram memory", width, 0, rows, fetched),
        linear("other", "n-gram key and value projection", fetched * width, d * (streams + 1)),
        vector("norms", "n-gram gate scales", 2 * streams * d),
    )


def _ratios(f: Fields, n: int) -> list[int]:
    found = f.items("compress_ratios")
    if found is None or len(found) < n:
        raise f.error(f"compress_ratios must give a number for each of {n:,} layers")
    ratios = [item for item in found[:n] if type(item) is int and 0 <= item <= MAX_COUNT]
    if len(ratios) < n:
        raise f.error("compress_ratios holds what is no whole number; 0 is no compression")
    return ratios


def _layers(f: Fields, key: str, n: int) -> frozenset[int]:
    return frozenset(_ids(f, key, n))


def _ids(f: Fields, key: str, n: int) -> list[int]:
    found: list[int] = []
    for item in f.items(key) or ():
        if type(item) is not int or not 0 <= item < min(n, MAX_LAYERS):
            raise f.error(f"{key} holds {item!r}; it must be a list of layers from 0 to {n - 1}")
        found.append(item)
    return found


def _rows(f: Fields) -> Sequence[int]:
    rows = f.items("engram_num_embeddings") or ()
    found = [row for row in rows if type(row) is int and 0 < row <= _MOST_ROWS]
    if len(found) < len(rows) or len(found) != len(f.items("engram_layer_ids") or ()):
        raise f.error("engram_num_embeddings must give the rows of each of engram_layer_ids")
    return found
