"""Latent or compressed attention with several residual streams: DeepSeek-V4, Hunyuan 4."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.families.latent.attention import indexer, latent_attention
from llmnotes.configs.fields import MAX_COUNT, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Experts, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
)
from llmnotes.sizing.compressed_attention import CompressedAttention
from llmnotes.sizing.hyper_connections import manifold_head, manifold_mixing, mixing
from llmnotes.sizing.sparse_attention import compressor, indexed_compressor
from llmnotes.sizing.weights import Weight, vector

_COMPRESSED, _HEAVILY = "compressed_sparse_attention", "heavily_compressed_attention"


_RATIOS = {0: "sliding_attention", 4: _COMPRESSED, 128: _HEAVILY}


def _v4_layers(f: Fields, n: int) -> list[str]:
    types = f.words("layer_types")
    if types is None:
        ratios = f.items("compress_ratios")
        if ratios is not None:
            bad = [ratio for ratio in ratios if ratio not in _RATIOS]
            if bad:
                raise f.error(f"compress_ratios holds {bad[0]!r}; known are 0, 4 and 128")
            types = [_RATIOS[ratio] for ratio in ratios if isinstance(ratio, int)]
    if types is None:
        types = [_HEAVILY] * 2 + [_COMPRESSED if i % 2 else _HEAVILY for i in range(n - 2)]
    known = set(_RATIOS.values())
    if len(types) < n or set(types) - known:
        raise f.error(f"layer_types must name {n:,} layers, each one of {', '.join(sorted(known))}")
    return types[:n]


def compressed_attention(
    f: Fields,
    d: int,
    extra: tuple[Weight, ...],
    rate: int,
    indexed: bool,
    *,
    caches: bool = True,
) -> CompressedAttention:
    """The family's attention; `rate` tokens share one compressed key (0 = only the window).

    `indexed`: an indexer has its own key for each compressed one. Without `caches` the compressed keys are
    those of another layer.
    """
    far = f.integer("head_dim") + (f.integer("index_head_dim") if indexed else 0)
    return CompressedAttention(
        d_model=d,
        n_heads=f.integer("num_attention_heads"),
        head_dim=f.integer("head_dim"),
        q_lora_rank=f.integer("q_lora_rank"),
        o_groups=f.integer("o_groups"),
        o_lora_rank=f.integer("o_lora_rank"),
        window=f.integer("sliding_window"),
        rate=rate,
        far_width=far if caches else 0,
        extra=extra,
    )


@family("deepseek_v4")
def deepseek_v4(f: Fields) -> Architecture:
    """DeepSeek-V4: one shared key-value head, compressed long-range keys, hyper-connections."""
    d = f.integer("hidden_size")
    n = blocks.n_layers(f)
    rates = f.nested("compress_rates") or {}
    own = Fields(rates, {_COMPRESSED: 4, _HEAVILY: 128}, place="compress_rates")
    streams = f.integer("hc_mult", 1, 64)
    rank, dim, heads = f.integer("q_lora_rank"), f.integer("head_dim"), f.integer("index_n_heads")
    small = f.integer("index_head_dim")
    dense = own.integer(_COMPRESSED, 1, MAX_COUNT)
    e = Experts(
        count="n_routed_experts",
        shared="width",
        shared_key="moe_intermediate_size",
        shared_bias="mlp_bias",
    )
    extras: dict[str, tuple[Weight, ...]] = {
        "sliding_attention": (),
        _HEAVILY: compressor(d, dim, own.integer(_HEAVILY, 1, MAX_COUNT), dim),
        _COMPRESSED: indexed_compressor(d, dim, dense, rank, heads, small),
    }
    rate = {
        "sliding_attention": 0,
        _COMPRESSED: dense,
        _HEAVILY: own.integer(_HEAVILY, 1, MAX_COUNT),
    }

    def block(key: str) -> Block:
        kind = str(key)
        attention = compressed_attention(
            f, d, extras[kind], rate[kind], indexed=kind == _COMPRESSED
        )
        return Block((attention,), (blocks.experts(f, e, d),), 2 * d, manifold_mixing(streams, d))

    head = manifold_head(streams, d)
    runs = blocks.runs(_v4_layers(f, n), block)
    return assemble(f, Traits(), d, runs, stack_extra=head)


_ROUTED = Experts(count="n_routed_experts", layers="types", shared="times")


@family("hy_v4", "hy_v4_vl_text")
def hy_v4(f: Fields) -> Architecture:
    """Hunyuan 4: gated MLA with sinks, shared indexers, hyper-connections."""
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    streams = f.integer("hc_mult", 1, 64)
    plain = latent_attention(f, d)
    heads, width = plain.n_heads, plain.n_heads * plain.v_head_dim
    sinks = (vector("attention", "attention sinks", heads),)
    plain = replace(plain, gate=width, extra=sinks)
    own = replace(plain, extra=(*sinks, *indexer(f, d)), cache_extra=f.integer("index_head_dim"))
    types = f.words("indexer_types", n)
    indexed = [
        layer == 0 or (layer - 1) % 4 == 0 if types is None else types[layer] == "full"
        for layer in range(n)
    ]
    e = replace(_ROUTED, dense_first=1)
    t = Traits(experts=e)
    mixes = mixing(2 * streams, 2, streams, d)

    def build(key: tuple[bool, bool]) -> Block:
        has_indexer, sparse = key
        mixer = own if has_indexer else plain
        return Block((mixer,), blocks.feed_forward(f, t, d, sparse), 2 * d, (*mixes, *mixes))

    keys = zip(indexed, blocks.sparse_layers(f, e, n), strict=True)
    head = mixing(streams, 1, streams, d)
    return assemble(f, t, d, blocks.runs(keys, build), stack_extra=head)
