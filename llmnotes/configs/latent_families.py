"""Decoders with multi-head latent attention: DeepSeek, Kimi, GLM-5, LongCat and their kin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from llmnotes.configs import blocks
from llmnotes.configs.decoder import assemble
from llmnotes.configs.fields import MAX_COUNT, MAX_LAYERS, Fields
from llmnotes.configs.traits import Experts, Traits
from llmnotes.sizing.architecture import Architecture, Block
from llmnotes.sizing.attention import LatentAttention
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.sizing.weights import Weight, linear, vector

_ROUTED = Experts(count="n_routed_experts", layers="first-k", shared="times")
_TYPES = replace(_ROUTED, layers="types", dense_first=1)

LATENT: dict[str, Traits] = {
    "deepseek_v2": Traits(mlp_bias="mlp_bias", experts=replace(_ROUTED, shared_bias="mlp_bias")),
    "deepseek_v3": Traits(experts=_ROUTED),
    "mistral4": Traits(experts=_ROUTED),
    "deepseek_v32": Traits(experts=_TYPES),
    "glm_moe_dsa": Traits(experts=_TYPES),
    "glm4_moe_lite": Traits(experts=_TYPES),
    "axk1": Traits(experts=_TYPES),
    "minicpm3": Traits(mlp_bias="mlp_bias"),
    "youtu": Traits(),
}
"""Model type -> traits of its dense and sparse layers; all attend with MLA."""

INDEXED = ("deepseek_v32", "glm_moe_dsa")
"""Types whose layers pick keys with an indexer (DeepSeek sparse attention)."""


def latent_attention(f: Fields, d: int) -> LatentAttention:
    """Multi-head latent attention as DeepSeek's configurations name its widths."""
    heads = f.integer("num_attention_heads")
    return LatentAttention(
        d_model=d,
        n_heads=heads,
        q_lora_rank=f.optional_int("q_lora_rank"),
        kv_lora_rank=f.integer("kv_lora_rank"),
        qk_nope_head_dim=f.integer("qk_nope_head_dim"),
        qk_rope_head_dim=f.integer("qk_rope_head_dim", 0),
        v_head_dim=blocks.head_dim(f, d, heads, "v_head_dim"),
        bias=f.flag("attention_bias"),
    )


def indexer(f: Fields, d: int) -> tuple[Weight, ...]:
    """The indexer of DeepSeek sparse attention (DeepSeek-V3.2): scores that pick the keys."""
    heads, dim = f.integer("index_n_heads"), f.integer("index_head_dim")
    return (
        linear("attention", "indexer query projection", f.integer("q_lora_rank"), heads * dim),
        linear("attention", "indexer key projection", d, dim),
        vector("norms", "indexer key norm", 2 * dim),
        linear("attention", "indexer weights projection", d, heads),
    )


def indexer_layers(f: Fields, n: int) -> list[bool]:
    """Which layers run their own indexer; the others reuse the choice of the one before."""
    types = f.words("indexer_types", n)
    if types is not None:
        return [kind == "full" for kind in types]
    pattern = f.text("index_topk_pattern")
    if pattern is not None:
        if len(pattern) != n or set(pattern) - set("FS"):
            raise f.error(f"index_topk_pattern must be {n:,} letters F or S")
        return [letter == "F" for letter in pattern]
    every = max(f.optional_int("index_topk_freq", 0, MAX_LAYERS) or 1, 1)
    offset = f.optional_int("index_skip_topk_offset", 0, MAX_LAYERS)
    offset = 2 if offset is None else offset
    return [max(layer - offset + 1, 0) % every == 0 for layer in range(n)]


def latent(model_type: str) -> Callable[[Fields], Architecture]:
    """The builder of one of the `LATENT` types."""
    t = LATENT[model_type]

    def build(f: Fields) -> Architecture:
        d = f.integer("hidden_size")
        n = blocks.n_layers(f)
        sparse = [False] * n if t.experts is None else blocks.sparse_layers(f, t.experts, n)
        indexed = [False] * n
        if model_type in INDEXED:
            indexed = indexer_layers(f, n) if model_type == "glm_moe_dsa" else [True] * n
        attention = latent_attention(f, d)
        with_indexer = attention
        if any(indexed):
            keys = f.integer("index_head_dim")
            with_indexer = replace(attention, extra=indexer(f, d), cache_extra=keys)

        def block(key: object) -> Block:
            is_sparse, is_indexed = key if isinstance(key, tuple) else (False, False)
            norms = 3 * d if model_type == "axk1" and is_sparse else 2 * d
            return Block(
                mixers=(with_indexer if is_indexed else attention,),
                feed_forwards=blocks.feed_forward(f, t, d, is_sparse),
                norms=norms,
            )

        return assemble(f, t, d, blocks.runs(zip(sparse, indexed, strict=True), block))

    return build


def longcat_flash(f: Fields) -> Architecture:
    """LongCat-Flash: two attentions and two dense networks a layer, one mixture beside them.

    Some of what its router scores are zero-computation experts without weights.
    """
    d = f.integer("hidden_size")
    attention = latent_attention(f, d)
    mlp = FeedForward(d, f.integer("ffn_hidden_size"))
    count = f.integer("n_routed_experts", 1, MAX_COUNT)
    zero = f.optional_int("zero_expert_num", 0, MAX_COUNT) or 0
    active = min(f.integer("moe_topk", 1, MAX_COUNT), count)
    width = f.integer("expert_ffn_hidden_size")
    mixture = MixtureOfExperts(d, count, active, width, router_outputs=count + zero)
    # The library's class allots gate and up matrices to the zero experts too, as one bank; the
    # checkpoint has none, but a count of that class includes them.
    idle = Weight("experts", "zero experts", 2 * d * width, 0, zero, 0)
    block = Block((attention, attention), (mlp, mlp, mixture), 4 * d, (idle,) if zero else ())
    layers = blocks.n_layers(f, "num_layers")
    return assemble(f, Traits(), d, blocks.runs([0] * layers, lambda _: block))


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


def _hyper_connection(streams: int, d: int) -> tuple[Weight, ...]:
    mixes = (2 + streams) * streams
    return (
        Weight("other", "hyper-connection", mixes * streams * d, mixes * streams * d),
        vector("other", "hyper-connection base and scale", mixes + 3),
    )


def _compressor(d: int, width: int, ratio: int, norm: int) -> tuple[Weight, ...]:
    return (
        linear("attention", "compressor projections", d, 2 * width),
        vector("attention", "compressor position bias", ratio * width),
        vector("norms", "compressor norm", norm),
    )


def deepseek_v4(f: Fields) -> Architecture:
    """DeepSeek-V4: one shared key-value head, compressed long-range keys, hyper-connections."""
    from llmnotes.configs.compressed import compressed_attention

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
        _HEAVILY: _compressor(d, dim, own.integer(_HEAVILY, 1, MAX_COUNT), dim),
        _COMPRESSED: (
            *_compressor(d, 2 * dim, dense, dim),
            *_compressor(d, 2 * small, dense, small),
            linear("attention", "indexer query projection", rank, heads * small),
            linear("attention", "indexer weights projection", d, heads),
        ),
    }
    rate = {
        "sliding_attention": 0,
        _COMPRESSED: dense,
        _HEAVILY: own.integer(_HEAVILY, 1, MAX_COUNT),
    }

    def block(key: object) -> Block:
        kind = str(key)
        attention = compressed_attention(
            f, d, extras[kind], rate[kind], indexed=kind == _COMPRESSED
        )
        mixes = _hyper_connection(streams, d)
        return Block((attention,), (blocks.experts(f, e, d),), 2 * d, (*mixes, *mixes))

    width = streams * streams * d
    head = (Weight("other", "hyper-connection head", width + streams + 1, width),)
    runs = blocks.runs(_v4_layers(f, n), block)
    return assemble(f, Traits(), d, runs, stack_extra=head)
