"""Decoders with GPT's blocks: LayerNorm, biases, an ungated network four times as wide."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.fields import Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import decoder, decoders
from llmnotes.configs.parts.traits import Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import Architecture
from llmnotes.sizing.weights import linear, vector

GPT = Traits(
    kv_heads="",
    qkv_bias=True,
    o_bias=True,
    mlp_bias=True,
    norm="layer",
    gated=False,
    d_ff_factor=4,
)
_LEARNED = replace(GPT, positions="max_position_embeddings")
_GPTJ = replace(GPT, qkv_bias=False, o_bias=False, d_ff="n_inner", block_norms=1, head_bias=True)
PHI = replace(
    GPT,
    kv_heads="num_key_value_heads",
    d_ff_factor=0,
    block_norms=1,
    head_bias=True,
    qk_norm="head",
    qk_norm_if="qk_layernorm",
    qk_norm_bias=True,
)

decoders(
    {
        "starcoder2": Traits(
            qkv_bias="use_bias",
            o_bias="use_bias",
            mlp_bias="use_bias",
            norm="layer",
            gated=False,
            span="all",
        ),
        "phi": PHI,
        "persimmon": replace(
            GPT,
            d_ff_factor=0,
            qk_norm="head",
            qk_norm_if="qk_layernorm",
            qk_norm_bias=True,
        ),
        "gpt2": replace(_LEARNED, d_ff="n_inner"),
        "gpt-sw3": replace(_LEARNED, d_ff="n_inner"),
        "openai-gpt": replace(_LEARNED, d_ff="n_inner", final_norm=False),
        "gptj": _GPTJ,
        "codegen": _GPTJ,
        "gpt_neox": replace(GPT, qkv_bias="attention_bias", o_bias="attention_bias", d_ff_factor=0),
        "mpt": replace(
            GPT,
            qkv_bias=False,
            o_bias=False,
            mlp_bias=False,
            norm="rms",
            d_ff="",
        ),
        "biogpt": replace(_LEARNED, d_ff_factor=0, position_offset=2),
        "ctrl": replace(GPT, d_ff="dff", head_bias=True),
        "xglm": replace(GPT, d_ff="ffn_dim"),
    }
)


@family("bloom")
def bloom(f: Fields) -> Architecture:
    """BLOOM: ALiBi, a LayerNorm on the embeddings."""
    found = decoder(f, GPT)
    extra = vector("norms", "embedding norm", 2 * found.d_model)
    return replace(found, embeddings=(*found.embeddings, extra))


@family("opt")
def opt(f: Fields) -> Architecture:
    """OPT: learned positions with two additional rows, projections where widths differ."""
    d = f.integer("hidden_size")
    after = f.flag("do_layer_norm_before") and not f.flag("_remove_final_layer_norm")
    affine = f.raw("layer_norm_elementwise_affine") is not False
    t = replace(
        GPT,
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


@family("gpt_neo")
def gpt_neo(f: Fields) -> Architecture:
    """GPT-Neo: alternating full and local attention, no biases on queries, keys and values."""
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
    t = replace(GPT, qkv_bias=False, span="types", positions="max_position_embeddings")
    return decoder(f.replaced({"layer_types": types, "sliding_window": f.raw("window_size")}), t)


@family("gpt_bigcode")
def gpt_bigcode(f: Fields) -> Architecture:
    """GPT-BigCode (SantaCoder, StarCoder): GPT-2 with one KV head where `multi_query`."""
    kv = 1 if f.flag("multi_query") else None
    t = replace(
        GPT, kv_heads="num_key_value_heads", d_ff="n_inner", positions="max_position_embeddings"
    )
    return decoder(f.replaced({"num_key_value_heads": kv}), t)


@family("gpt_neox_japanese")
def gpt_neox_japanese(f: Fields) -> Architecture:
    """GPT-NeoX Japanese: no biases except on the last layer's attention output."""
    d = f.integer("hidden_size")
    inner = int(f.number("intermediate_multiple_size", 4.0) * d)
    t = replace(GPT, qkv_bias=False, o_bias=False, mlp_bias=False, d_ff="intermediate_size")
    found = decoder(f.replaced({"intermediate_size": inner}), t)
    last = vector("attention", "output bias of the last layer", d)
    stack = found.stacks[0]
    return replace(found, stacks=(replace(stack, extra=(*stack.extra, last)),))
