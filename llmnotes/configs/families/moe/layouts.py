"""Mixtures with layouts of their own: DBRX, JetMoE, Hunyuan, Beam, K2-Horizon."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.families.dense.llama import first_of_four_full
from llmnotes.configs.families.moe.common import GRANITE_SHARED
from llmnotes.configs.fields import MAX_COUNT, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble, decoder, with_block_weights
from llmnotes.configs.parts.renaming import renamed
from llmnotes.configs.parts.traits import BIASED, Experts, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
)
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.attention_variants import expert_attention
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.sizing.weights import Weight, linear, vector


@family("dbrx")
def dbrx(f: Fields) -> Architecture:
    """DBRX: sixteen experts, four of them active, LayerNorms without biases."""
    d = f.integer("hidden_size")
    attn = Fields(f.nested("attn_config") or {}, {"kv_n_heads": 1}, place="attn_config")
    ffn_defaults = {"ffn_hidden_size": 3584, "moe_num_experts": 4, "moe_top_k": 1}
    ffn = Fields(f.nested("ffn_config") or {}, ffn_defaults, place="ffn_config")
    heads = f.integer("num_attention_heads")
    dim = blocks.head_dim(f, d, heads)
    mixture = blocks.experts(ffn, Experts("moe_num_experts", "moe_top_k", "ffn_hidden_size"), d)
    attention = Attention(d, heads, blocks.kv_heads(attn, heads, "kv_n_heads"), dim)
    block = Block((attention,), (mixture,), 2 * d)
    t = Traits(norm="scale")
    return assemble(f, t, d, blocks.runs([0] * blocks.n_layers(f), lambda _: block))


@family("jetmoe")
def jetmoe(f: Fields) -> Architecture:
    """JetMoE: a mixture of attention heads (queries and outputs) and a mixture of networks."""
    d = f.integer("hidden_size")
    kv, dim = f.integer("num_key_value_heads"), f.integer("kv_channels")
    count = f.integer("num_local_experts", 1, MAX_COUNT)
    active = f.integer("num_experts_per_tok", 1, MAX_COUNT)
    if active > count:
        raise f.error(f"num_experts_per_tok {active:,} is more than num_local_experts {count:,}")
    attention = expert_attention(d, kv, dim, count, active, bias=True)
    mixture = MixtureOfExperts(
        d,
        count,
        active,
        f.integer("intermediate_size"),
        extra=(vector("ffn", "expert output bias", d),),
    )
    block = Block((attention,), (mixture,), 2 * d)
    return assemble(f, Traits(), d, blocks.runs([0] * blocks.n_layers(f), lambda _: block))


@family("hunyuan_v1_moe", classes=("HunYuanMoEV1ForCausalLM",), also=("hunyuan",))
def hunyuan_moe(f: Fields) -> Architecture:
    """Hunyuan-Large and A13B: one shared network of full width and routed experts of the same width."""
    n = blocks.n_layers(f)
    count = _same(f, "num_experts", n)
    active = _same(f, "moe_topk", n)
    e = Experts("num_experts", "moe_topk", "intermediate_size")
    d = f.integer("hidden_size")
    sized = f.replaced({"num_experts": count, "moe_topk": active})
    shared = FeedForward(d, f.integer("intermediate_size"), shared=True)
    mixture = replace(blocks.experts(sized, e, d), shared=shared)
    t = replace(BIASED, qk_norm="head")
    own = blocks.attention(f, t, d)
    shared_keys = replace(own, reuses_kv=True, has_kv_weights=False)

    def build(reuses: bool) -> Block:
        return Block((shared_keys if reuses else own,), (mixture,), 2 * d)

    return assemble(f, t, d, blocks.runs(_reuses_keys(f, n), build))


def _reuses_keys(f: Fields, n: int) -> list[bool]:
    """Which layers attend to the keys and values of the one before (`use_cla`); they keep both norms."""
    group = f.integer("cla_share_factor", 1, MAX_COUNT) if f.flag("use_cla") else 1
    return [layer % group > 0 for layer in range(n)]


def _same(f: Fields, key: str, n: int) -> int:
    """One number for all layers, which the file may repeat for each.

    Raises:
        ConfigError: the numbers differ; the published class cannot build such a model.
    """
    values = f.counts(key, n)
    if not values:
        raise f.error(f"{key} is missing; it must be a whole number")
    if len(set(values)) > 1:
        raise f.error(f"{key} differs from layer to layer; only one value for all is known")
    return values[0]


@family("beam")
def beam(f: Fields) -> Architecture:
    """Beam: gated attention with a bias per head, four norms, a mixture after three layers."""
    t = replace(
        BIASED,
        gate="channel",
        qk_norm="head",
        block_norms=4,
        experts=Experts(layers="types", dense_first=3),
        span="types",
        full_every=6,
    )
    bias = vector("attention", "gate bias", f.integer("num_attention_heads"))
    return with_block_weights(decoder(f, t), bias)


@family("k2_horizon")
def k2_horizon(f: Fields) -> Architecture:
    """K2-Horizon: dense, or a mixture whose sparse layers may choose values from experts too (MoVA)."""
    f = f.replaced({"num_experts": f.raw("num_experts") or 0})
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    gate = "" if f.raw("attention_gate_func") is None else "channel"
    e = Experts(layers="step", shared="times", shared_key="num_shared_experts")
    t = replace(BIASED, qk_norm="full", qk_norm_if="query_key_norm", gate=gate)
    attention = blocks.attention(f, t, d)
    choosing = _chooses_values(f, attention)
    mixed = f.optional_int("num_experts", 0, MAX_COUNT)
    sparse = blocks.sparse_layers(f, e, n) if mixed else [False] * n

    def build(is_sparse: bool) -> Block:
        network = blocks.experts(f, e, d) if is_sparse else blocks.dense(f, t, d)
        return Block((choosing if is_sparse else attention,), (network,), 2 * d)

    return assemble(f, t, d, blocks.runs(sparse, build))


def _chooses_values(f: Fields, plain: Attention) -> Attention:
    """Attention whose values are a weighted sum of experts' projections; unchanged without any."""
    count = f.optional_int("mova_num_experts", 0, MAX_COUNT)
    if not count:
        return plain
    active = f.integer("mova_num_experts_per_tok", 1, MAX_COUNT)
    if active > count:
        raise f.error(
            f"mova_num_experts_per_tok {active:,} is more than mova_num_experts {count:,}"
        )
    d, width = plain.d_model, plain.n_kv_heads * plain.head_dim
    extra = (
        linear("attention", "key projection", d, width, plain.qkv_bias),
        linear("routers", "value router", d, count),
        Weight("attention", "value experts", d * width, d * width, count, active),
    )
    return replace(plain, has_kv_weights=False, extra=extra)


@family("granitemoe_swa")
def granite_sliding_mixture(f: Fields) -> Architecture:
    """Granite's mixture with sliding windows: every fourth layer full, beginning with the first."""
    return first_of_four_full(f, replace(BIASED, experts=GRANITE_SHARED))


@family("bailing_moe")
def bailing_moe(f: Fields) -> Architecture:
    """Ling (Bailing-MoE): a mixture with shared experts, optionally dense layers first."""
    f = renamed(f, {"num_experts": "n_routed_experts", "num_shared_experts": "n_shared_experts"})
    e = Experts(layers="first-k", shared="times", shared_key="num_shared_experts")
    t = Traits(
        qkv_bias="use_qkv_bias",
        o_bias="use_bias",
        mlp_bias="use_bias",
        qk_norm="head",
        qk_norm_if="use_qk_norm",
        experts=e,
    )
    return decoder(f, t)
