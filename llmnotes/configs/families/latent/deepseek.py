"""Decoders with multi-head latent attention in every layer: DeepSeek, Kimi, GLM, LongCat."""

from __future__ import annotations

from dataclasses import dataclass, replace

from llmnotes.configs.families.latent.attention import indexer, indexer_layers, latent_attention
from llmnotes.configs.fields import MAX_COUNT, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble, decoder
from llmnotes.configs.parts.traits import Experts, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
)
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.sizing.weights import Weight, linear

_ROUTED = Experts(count="n_routed_experts", layers="first-k", shared="times")


_TYPES = replace(_ROUTED, layers="types", dense_first=1)


@dataclass(frozen=True, slots=True)
class Latent:
    """The traits that distinguish these families.

    Attributes:
        traits: of its dense and sparse networks.
        indexed: which layers select keys with an indexer (DeepSeek sparse attention): "" (none),
            "all", "pattern" (as listed in the file).
        sparse_norms: norms of a sparse layer.
    """

    traits: Traits
    indexed: str = ""
    sparse_norms: int = 2


def latent(f: Fields, own: Latent) -> Architecture:
    """A decoder with latent attention in all layers."""
    d, n, t = f.integer("hidden_size"), blocks.n_layers(f), own.traits
    sparse = [False] * n if t.experts is None else blocks.sparse_layers(f, t.experts, n)
    indexed = indexer_layers(f, n) if own.indexed == "pattern" else [own.indexed == "all"] * n
    attention = latent_attention(f, d)
    with_indexer = attention
    if any(indexed):
        keys = f.integer("index_head_dim")
        with_indexer = replace(attention, extra=indexer(f, d), cache_extra=keys)

    def build(key: tuple[bool, bool]) -> Block:
        is_sparse, is_indexed = key
        return Block(
            mixers=(with_indexer if is_indexed else attention,),
            feed_forwards=blocks.feed_forward(f, t, d, is_sparse),
            norms=(own.sparse_norms if is_sparse else 2) * d,
        )

    return assemble(f, t, d, blocks.runs(zip(sparse, indexed, strict=True), build))


@family("deepseek_v2")
def deepseek_v2(f: Fields) -> Architecture:
    """DeepSeek-V2: its shared experts may have biases; plain attention in small ones of VL2 and OCR."""
    t = Traits(mlp_bias="mlp_bias", experts=replace(_ROUTED, shared_bias="mlp_bias"))
    return _plain(f, t) if f.raw("use_mla") is False else latent(f, Latent(t))


@family("deepseek_ocr2_text", "unlimited_ocr_text")
def deepseek_ocr2(f: Fields) -> Architecture:
    """DeepSeek-OCR 2 and Unlimited-OCR: DeepSeek-V2's networks behind plain attention."""
    mixture = replace(_TYPES, shared_bias="mlp_bias")
    return _plain(f, Traits(mlp_bias="mlp_bias", experts=mixture))


def _plain(f: Fields, t: Traits) -> Architecture:
    """Attention without a latent, whose heads share the width whatever the file says of theirs."""
    biased = replace(t, qkv_bias="attention_bias", o_bias="attention_bias")
    return decoder(f.replaced({"head_dim": None}), biased)


@family("deepseek_v3", "mistral4", "sarvam_mla", also=("kimi_k2",))
def deepseek_v3(f: Fields) -> Architecture:
    """DeepSeek-V3 and R1, Kimi K2, Mistral 4, Sarvam-105B."""
    return latent(f, Latent(Traits(experts=_ROUTED)))


@family("deepseek_v32")
def deepseek_v32(f: Fields) -> Architecture:
    """DeepSeek-V3.2: an indexer in every layer."""
    return latent(f, Latent(Traits(experts=_TYPES), indexed="all"))


@family("glm_moe_dsa")
def glm5(f: Fields) -> Architecture:
    """GLM-5: indexers in some layers, whose selection the next layers reuse."""
    return latent(f, Latent(Traits(experts=_TYPES), indexed="pattern"))


@family("glm4_moe_lite")
def glm4_lite(f: Fields) -> Architecture:
    """GLM-4.7-Flash: DeepSeek-V3's layers, with dense and sparse ones listed."""
    return latent(f, Latent(Traits(experts=_TYPES)))


@family("axk1")
def axk1(f: Fields) -> Architecture:
    """A.X K1: a third norm in sparse layers."""
    return latent(f, Latent(Traits(experts=_TYPES), sparse_norms=3))


@family("axk2")
def axk2(f: Fields) -> Architecture:
    """A.X K2: queries and an output gate from twice the compressed width, gated norms, indexers."""
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    t = Traits(experts=_TYPES)
    plain = latent_attention(f, d)
    rank, width = f.integer("q_lora_rank"), plain.n_heads * plain.v_head_dim
    extra = (
        linear("attention", "second query up-projection", rank, plain.n_heads * plain.qk_head_dim),
        linear("attention", "output gate", 2 * rank, width),
        *indexer(f, d),
    )
    mixer = replace(plain, extra=extra, cache_extra=f.integer("index_head_dim"))
    gate_rank = f.integer("gated_norm_rank")
    gate = (
        linear("other", "norm gate in", d, gate_rank),
        linear("other", "norm gate out", gate_rank, d),
    )

    def build(sparse: bool) -> Block:
        gates = (*gate, *gate) if sparse else gate
        return Block((mixer,), blocks.feed_forward(f, t, d, sparse), 2 * d, gates)

    return assemble(f, t, d, blocks.runs(blocks.sparse_layers(f, _TYPES, n), build))


@family("minicpm3")
def minicpm3(f: Fields) -> Architecture:
    """MiniCPM3: latent attention over dense networks."""
    return latent(f, Latent(Traits(mlp_bias="mlp_bias")))


@family("youtu")
def youtu(f: Fields) -> Architecture:
    """Youtu: latent attention over dense networks without biases."""
    return latent(f, Latent(Traits()))


@family("longcat_flash")
def longcat_flash(f: Fields) -> Architecture:
    """LongCat-Flash: per layer two attentions, two dense networks and one parallel mixture.

    Some of its router's outputs are zero-computation experts without weights.
    """
    d = f.integer("hidden_size")
    attention = latent_attention(f, d)
    mlp = FeedForward(d, f.integer("ffn_hidden_size"))
    count = f.integer("n_routed_experts", 1, MAX_COUNT)
    zero = f.optional_int("zero_expert_num", 0, MAX_COUNT) or 0
    active = min(f.integer("moe_topk", 1, MAX_COUNT), count)
    width = f.integer("expert_ffn_hidden_size")
    mixture = MixtureOfExperts(d, count, active, width, router_outputs=count + zero)
    # The library's class allocates gate and up matrices to the zero experts too, as one bank; the
    # checkpoint has none, but a count of that class includes them.
    idle = Weight("experts", "zero experts", 2 * d * width, 0, zero, 0)
    block = Block((attention, attention), (mlp, mlp, mixture), 4 * d, (idle,) if zero else ())
    layers = blocks.n_layers(f, "num_layers")
    return assemble(f, Traits(), d, blocks.runs([0] * layers, lambda _: block))
