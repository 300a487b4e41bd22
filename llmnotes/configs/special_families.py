"""Decoders with a layout of their own: Falcon, OPT, BLOOM, GPT-Neo, DBRX, JetMoE and others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from llmnotes.configs import blocks
from llmnotes.configs.decoder import assemble, decoder
from llmnotes.configs.fields import MAX_COUNT, Fields
from llmnotes.configs.traits import Experts, Traits
from llmnotes.sizing.architecture import Architecture, Block
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.sizing.weights import Weight, linear, vector

_BIASED = Traits(qkv_bias="attention_bias", o_bias="attention_bias")
_LLAMA = replace(_BIASED, mlp_bias="mlp_bias")
_GPT = Traits(
    kv_heads="",
    qkv_bias=True,
    o_bias=True,
    mlp_bias=True,
    norm="layer",
    gated=False,
    d_ff_factor=4,
)


def falcon(f: Fields) -> Architecture:
    """Falcon: 7B (one KV head, one norm), 40B and 180B (grouped, two norms), and RW (plain)."""
    new = f.flag("new_decoder_architecture")
    parallel = f.flag("parallel_attn")
    heads = f.integer("num_attention_heads")
    grouped = f.optional_int("num_kv_heads") or heads
    one = f.flag("multi_query")
    kv = grouped if new else (1 if one else heads)
    norms = f.optional_int("num_ln_in_parallel_attn", 1, 2) or (2 if new else 1)
    count = norms if parallel else 2
    t = replace(
        _GPT,
        kv_heads="num_key_value_heads",
        qkv_bias="bias",
        o_bias="bias",
        mlp_bias="bias",
        block_norms=count,
        d_ff="ffn_hidden_size",
    )
    return decoder(f.replaced({"num_key_value_heads": kv, "head_dim": None}), t)


def opt(f: Fields) -> Architecture:
    """OPT: learned positions with two rows beside them, projections where widths differ."""
    d = f.integer("hidden_size")
    after = f.flag("do_layer_norm_before") and not f.flag("_remove_final_layer_norm")
    affine = f.raw("layer_norm_elementwise_affine") is not False
    t = replace(
        _GPT,
        qkv_bias="enable_bias",
        o_bias="enable_bias",
        mlp_bias="enable_bias",
        norm="layer" if affine else "none",
        final_norm=after,
        d_ff="ffn_dim",
        positions="max_position_embeddings",
        position_offset=2,
    )
    width = f.optional_int("word_embed_proj_dim") or d
    found = decoder(f, t)
    if width == d:
        return found
    vocab = found.vocab_size
    table = vector("embeddings", "token embedding", vocab * width)
    around = linear("embeddings", "embedding projection", d, width)
    return replace(
        found,
        embeddings=(table, around, around, *found.embeddings[1:]),
        head=replace(found.head, matrix=vocab * width),
    )


def bloom(f: Fields) -> Architecture:
    """BLOOM: ALiBi, a LayerNorm on the embeddings."""
    found = decoder(f, _GPT)
    extra = vector("norms", "embedding norm", 2 * found.d_model)
    return replace(found, embeddings=(*found.embeddings, extra))


def gpt_neo(f: Fields) -> Architecture:
    """GPT-Neo: full and local attention in turn, no biases on queries, keys and values."""
    n = blocks.n_layers(f)
    kinds: list[str] = []
    for entry in f.items("attention_types") or [[["global", "local"], n]]:
        if not (isinstance(entry, (list, tuple)) and len(entry) == 2):
            raise f.error("attention_types must be a list of [kinds, times]")
        names, times = entry
        if not isinstance(names, (list, tuple)) or type(times) is not int or times > 4096:
            raise f.error("attention_types must be a list of [kinds, times]")
        kinds += [str(name) for name in names] * times
    full = {"global": blocks.FULL, "local": "sliding_attention"}
    types = [full.get(kind, kind) for kind in (kinds * n)[:n]]
    t = replace(_GPT, qkv_bias=False, span="types", positions="max_position_embeddings")
    return decoder(f.replaced({"layer_types": types, "sliding_window": f.raw("window_size")}), t)


def gpt_bigcode(f: Fields) -> Architecture:
    """GPT-BigCode (SantaCoder, StarCoder): GPT-2 with one KV head where `multi_query`."""
    kv = 1 if f.flag("multi_query") else None
    t = replace(
        _GPT, kv_heads="num_key_value_heads", d_ff="n_inner", positions="max_position_embeddings"
    )
    return decoder(f.replaced({"num_key_value_heads": kv}), t)


def stablelm(f: Fields) -> Architecture:
    """StableLM: LayerNorm, one norm where the residual is parallel."""
    t = Traits(
        qkv_bias="use_qkv_bias",
        norm="layer",
        block_norms=1 if f.flag("use_parallel_residual") else 2,
        qk_norm="full",
        qk_norm_if="qk_layernorm",
    )
    return decoder(f, t)


def hyperclovax(f: Fields) -> Architecture:
    """HyperCLOVA X: LLaMA with norms after the blocks where `use_post_norm`."""
    return decoder(f, replace(_LLAMA, block_norms=4 if f.flag("use_post_norm") else 2))


def bitnet(f: Fields) -> Architecture:
    """BitNet b1.58: LLaMA with a norm inside attention and inside the feed-forward."""
    inner = f.integer("intermediate_size") + f.integer("hidden_size")
    return _with_block_weight(decoder(f, _BIASED), vector("norms", "inner norms", inner))


def diffllama(f: Fields) -> Architecture:
    """DiffLlama: differential attention, four lambda vectors a layer."""
    found = decoder(f, _BIASED)
    dim = blocks.head_dim(f, found.d_model, f.integer("num_attention_heads"))
    return _with_block_weight(found, vector("attention", "lambdas", 4 * dim))


def beam(f: Fields) -> Architecture:
    """Beam: gated attention with a bias per head, four norms, a mixture after three layers."""
    t = replace(
        _BIASED,
        gate="channel",
        qk_norm="head",
        block_norms=4,
        experts=Experts(layers="types", dense_first=3),
        span="types",
        full_every=6,
    )
    bias = vector("attention", "gate bias", f.integer("num_attention_heads"))
    return _with_block_weight(decoder(f, t), bias)


def _with_block_weight(found: Architecture, weight: Weight) -> Architecture:
    stack = found.stacks[0]
    runs = tuple(
        replace(run, block=replace(run.block, extra=(*run.block.extra, weight)))
        for run in stack.runs
    )
    return replace(found, stacks=(replace(stack, runs=runs),))


def granite_sliding(experts: bool) -> Callable[[Fields], Architecture]:
    """Granite with sliding windows: every fourth layer full, beginning with the first."""
    e = Experts(
        count="num_local_experts",
        width="intermediate_size",
        shared="width",
        shared_key="shared_intermediate_size",
    )
    t = replace(_BIASED, experts=e) if experts else _LLAMA
    t = replace(t, span="types", sinks=True)

    def build(f: Fields) -> Architecture:
        n = blocks.n_layers(f)
        if f.given("layer_types"):
            return decoder(f, t)
        types = [blocks.FULL if layer % 4 == 0 else "sliding_attention" for layer in range(n)]
        return decoder(f.replaced({"layer_types": types}), t)

    return build


def dbrx(f: Fields) -> Architecture:
    """DBRX: sixteen experts of which four work, LayerNorms without biases."""
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


def jetmoe(f: Fields) -> Architecture:
    """JetMoE: a mixture of attention heads (queries and outputs) and a mixture of networks."""
    d = f.integer("hidden_size")
    kv, dim = f.integer("num_key_value_heads"), f.integer("kv_channels")
    count = f.integer("num_local_experts", 1, MAX_COUNT)
    active = f.integer("num_experts_per_tok", 1, MAX_COUNT)
    if active > count:
        raise f.error(f"num_experts_per_tok {active:,} is more than num_local_experts {count:,}")
    width = kv * dim
    moe_attention = (
        linear("routers", "attention router", d, count),
        Weight("attention", "query experts", d * width, d * width, count, active),
        Weight("attention", "output experts", d * width, d * width, count, active),
        vector("attention", "attention bias", d),
    )
    # Queries and outputs are the experts above; what is left is the shared keys and values.
    keys = linear("attention", "key and value projection", d, 2 * width)
    cached = _shared_keys(kv * active, kv, dim, (*moe_attention, keys))
    mixture = MixtureOfExperts(
        d,
        count,
        active,
        f.integer("intermediate_size"),
        extra=(vector("ffn", "expert output bias", d),),
    )
    block = Block((cached,), (mixture,), 2 * d)
    return assemble(f, Traits(), d, blocks.runs([0] * blocks.n_layers(f), lambda _: block))


def _shared_keys(heads: int, kv: int, dim: int, weights: tuple[Weight, ...]) -> Attention:
    return Attention(0, heads, kv, dim, has_kv_weights=False, extra=weights)


def hunyuan_moe(f: Fields) -> Architecture:
    """Hunyuan-Large and A13B: one shared network of full width and routed experts as wide."""
    n = blocks.n_layers(f)
    count = _same(f, "num_experts", n)
    active = _same(f, "moe_topk", n)
    e = Experts("num_experts", "moe_topk", "intermediate_size")
    d = f.integer("hidden_size")
    sized = f.replaced({"num_experts": count, "moe_topk": active})
    shared = FeedForward(d, f.integer("intermediate_size"), shared=True)
    mixture = replace(blocks.experts(sized, e, d), shared=shared)
    t = replace(_BIASED, qk_norm="head")
    block = Block((blocks.attention(f, t, d),), (mixture,), 2 * d)
    return assemble(f, t, d, blocks.runs([0] * n, lambda _: block))


def _same(f: Fields, key: str, n: int) -> int:
    """One number for all layers, also where the file repeats it for each.

    Raises:
        ConfigError: the numbers differ; the published class cannot build such a model.
    """
    values = f.counts(key, n)
    if not values:
        raise f.error(f"{key} is missing; it must be a whole number")
    if len(set(values)) > 1:
        raise f.error(f"{key} differs from layer to layer; only one value for all is known")
    return values[0]


def ctrl(f: Fields) -> Architecture:
    """CTRL: sinusoidal positions, biases everywhere, the head's bias too."""
    return decoder(f, replace(_GPT, d_ff="dff", head_bias=True))


def xglm(f: Fields) -> Architecture:
    """XGLM: sinusoidal positions, biases everywhere."""
    return decoder(f, replace(_GPT, d_ff="ffn_dim"))


def gpt_neox_japanese(f: Fields) -> Architecture:
    """GPT-NeoX Japanese: no biases but one on the last layer's attention output."""
    d = f.integer("hidden_size")
    inner = int(f.number("intermediate_multiple_size", 4.0) * d)
    t = replace(_GPT, qkv_bias=False, o_bias=False, mlp_bias=False, d_ff="intermediate_size")
    found = decoder(f.replaced({"intermediate_size": inner}), t)
    last = vector("attention", "output bias of the last layer", d)
    stack = found.stacks[0]
    return replace(found, stacks=(replace(stack, extra=(*stack.extra, last)),))


def helium(f: Fields) -> Architecture:
    """Helium: LLaMA's layers; the output projection is square."""
    d, heads = f.integer("hidden_size"), f.integer("num_attention_heads")
    if heads * blocks.head_dim(f, d, heads) != d:
        raise f.error(f"num_attention_heads times head_dim must be hidden_size {d:,}")
    return decoder(f, Traits(qkv_bias="attention_bias", mlp_bias="mlp_bias"))


def molmo2(f: Fields) -> Architecture:
    """Molmo 2's text model: a second table for the tokens it added, a head of its own."""
    t = Traits(qk_norm="head", qkv_bias="qkv_bias")
    found = decoder(f.replaced({"tie_word_embeddings": False}), t)
    rows = f.integer("additional_vocab_size", 0, MAX_COUNT)
    extra = vector("embeddings", "added token embedding", rows * found.d_model)
    return replace(found, embeddings=(*found.embeddings, extra))


SPECIAL: dict[str, Callable[[Fields], Architecture]] = {
    "falcon": falcon,
    "opt": opt,
    "bloom": bloom,
    "gpt_neo": gpt_neo,
    "gpt_bigcode": gpt_bigcode,
    "gpt_neox_japanese": gpt_neox_japanese,
    "stablelm": stablelm,
    "hyperclovax": hyperclovax,
    "bitnet": bitnet,
    "diffllama": diffllama,
    "beam": beam,
    "granite_swa": granite_sliding(False),
    "granitemoe_swa": granite_sliding(True),
    "dbrx": dbrx,
    "helium": helium,
    "jetmoe": jetmoe,
    "molmo2_text": molmo2,
    "hunyuan_v1_moe": hunyuan_moe,
    "ctrl": ctrl,
    "xglm": xglm,
}
"""Model type -> builder."""
