"""Grouped-query attention with indexers in some layers (MiniMax-M3)."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.fields import Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Experts, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
)
from llmnotes.sizing.weights import linear, vector


@family("minimax_m3_vl_text", "minimax_m3")
def minimax_m3(f: Fields) -> Architecture:
    """MiniMax-M3's text model: an indexer in sparse layers, dense layers before the mixture."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    legacy = f.nested("sparse_attention_config") or {}
    names = {"index_n_heads": "sparse_num_index_heads", "index_head_dim": "sparse_index_dim"}
    f = f.replaced({key: legacy[old] for key, old in names.items() if old in legacy})
    own_types = f.words("layer_types", n)
    pattern = Fields(legacy, place="sparse_attention_config").items("sparse_attention_freq", n)
    if own_types is None:
        indexed = [bool(each) for each in pattern] if pattern is not None else [False] * n
    else:
        indexed = [kind == "minimax_m3_sparse" for kind in own_types]
    frequency = f.items("moe_layer_freq", n)
    if frequency is not None and not f.given("mlp_layer_types"):
        f = f.replaced({"mlp_layer_types": ["sparse" if each else "dense" for each in frequency]})
    e = Experts(
        count="num_local_experts",
        width="intermediate_size",
        layers="types",
        shared="width",
        shared_key="shared_intermediate_size",
    )
    t = Traits(qk_norm="head", experts=e, dense_d_ff="dense_intermediate_size")
    own = blocks.attention(f, t, d)
    heads, dim = f.integer("index_n_heads"), f.integer("index_head_dim")
    extra = (
        linear("attention", "indexer query and key projection", d, (heads + 1) * dim),
        vector("norms", "indexer norms", 2 * dim),
    )
    with_indexer = replace(own, extra=extra, cache_extra=dim)

    def build(key: tuple[bool, bool]) -> Block:
        is_sparse, is_indexed = key
        mixer = with_indexer if is_indexed else own
        return Block((mixer,), blocks.feed_forward(f, t, d, is_sparse), 2 * d)

    keys = zip(blocks.sparse_layers(f, e, n), indexed, strict=True)
    return assemble(f, t, d, blocks.runs(keys, build))
