"""Families whose code came with their weights: Qwen, ChatGLM, Baichuan, InternLM, MiniCPM ..."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from llmnotes.configs.decoder import decoder
from llmnotes.configs.fields import MAX_COUNT, Fields
from llmnotes.configs.special_families import falcon
from llmnotes.configs.traits import Experts, Traits
from llmnotes.sizing.architecture import Architecture

_UNTIED = {"tie_word_embeddings": False}


def _named(f: Fields, names: Mapping[str, str]) -> Fields:
    """The same configuration with the family's own names said in the general ones.

    Raises:
        ConfigError: both names are given and say different things.
    """
    found: dict[str, object] = {}
    for general, own in names.items():
        value = f.config.get(own)
        if value is None:
            continue
        said = f.config.get(general)
        if said is not None and said != value:
            raise f.error(f"{general} is {said!r} and {own} is {value!r}; they must agree")
        found[general] = value
    return f.replaced(found)


def _required(f: Fields, *keys: str) -> None:
    for key in keys:
        f.integer(key, 1, MAX_COUNT)


def qwen(f: Fields) -> Architecture:
    """Qwen (first generation): LLaMA's layers with biases on queries, keys and values.

    `intermediate_size` counts gate and up-projection together.
    """
    f = _named(
        f,
        {
            "hidden_size": "n_embd",
            "num_hidden_layers": "n_layer",
            "num_attention_heads": "n_head",
            "intermediate_size": "ffn_hidden_size",
            "head_dim": "kv_channels",
        },
    )
    inner = f.integer("intermediate_size", 2)
    if inner % 2:
        raise f.error(f"intermediate_size {inner:,} must be even: it holds two equal halves")
    sized = {"intermediate_size": inner // 2, "tie_word_embeddings": f.flag("tie_word_embeddings")}
    return decoder(f.replaced(sized), Traits(qkv_bias=True))


def chatglm(f: Fields) -> Architecture:
    """ChatGLM2, ChatGLM3 and GLM-4: gated, grouped keys, an output layer of its own."""
    if not f.given("ffn_hidden_size"):
        raise f.error(
            "ffn_hidden_size is missing; the first ChatGLM, which has inner_hidden_size, "
            "is not known here"
        )
    f = _named(
        f,
        {
            "num_hidden_layers": "num_layers",
            "intermediate_size": "ffn_hidden_size",
            "head_dim": "kv_channels",
            "vocab_size": "padded_vocab_size",
            "max_position_embeddings": "seq_length",
        },
    )
    kv = f.integer("multi_query_group_num") if f.flag("multi_query_attention") else None
    if f.raw("rmsnorm") is False:
        raise f.error("rmsnorm must be true; the variant with LayerNorm is not known here")
    bias = f.flag("add_bias_linear")
    t = Traits(qkv_bias=bias or f.flag("add_qkv_bias"), o_bias=bias, mlp_bias=bias)
    return decoder(f.replaced({"num_key_value_heads": kv, **_UNTIED}), t)


def baichuan(f: Fields) -> Architecture:
    """Baichuan: LLaMA's layers, a head of its own."""
    return decoder(f.replaced(_UNTIED), Traits())


def internlm(f: Fields) -> Architecture:
    """InternLM: LLaMA's layers with biases on all of attention where `bias`."""
    return decoder(f, Traits(qkv_bias="bias", o_bias="bias"))


def minicpm(f: Fields) -> Architecture:
    """MiniCPM: LLaMA's layers, tied unless the file says otherwise, or a mixture."""
    t = Traits(qkv_bias="attention_bias", o_bias="attention_bias")
    if f.raw("tie_word_embeddings") is None:
        f = f.replaced({"tie_word_embeddings": True})
    if f.optional_int("num_experts", 0, MAX_COUNT):
        t = replace(t, experts=Experts(width="intermediate_size"))
    return decoder(f, t)


def orion(f: Fields) -> Architecture:
    """Orion: LLaMA's layers with LayerNorm."""
    t = Traits(qkv_bias="attention_bias", o_bias="attention_bias", norm="layer")
    return decoder(f, t)


def bailing_moe(f: Fields) -> Architecture:
    """Ling (Bailing-MoE): a mixture with shared experts, dense layers first where asked."""
    f = _named(f, {"num_experts": "n_routed_experts", "num_shared_experts": "n_shared_experts"})
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


def mimo(f: Fields) -> Architecture:
    """MiMo-7B: Qwen2's layers; its prediction layers are not counted."""
    return decoder(f, Traits(qkv_bias=True))


def phi_msft(f: Fields) -> Architecture:
    """Phi-1.5 in its first form: the names are GPT-2's, the layers Phi's."""
    from llmnotes.configs.dense_families import DENSE

    f = _named(
        f,
        {
            "hidden_size": "n_embd",
            "num_hidden_layers": "n_layer",
            "num_attention_heads": "n_head",
            "num_key_value_heads": "n_head_kv",
            "intermediate_size": "n_inner",
            "max_position_embeddings": "n_positions",
        },
    )
    if not f.given("intermediate_size"):
        f = f.replaced({"intermediate_size": 4 * f.integer("hidden_size")})
    return decoder(f, DENSE["phi"])


def refined_web(f: Fields) -> Architecture:
    """Falcon in its first form, when its type was RefinedWeb."""
    f = _named(
        f,
        {
            "num_hidden_layers": "n_layer",
            "num_attention_heads": "n_head",
            "num_kv_heads": "n_head_kv",
        },
    )
    _required(f, "num_hidden_layers", "num_attention_heads", "vocab_size")
    return falcon(f.replaced({"new_decoder_architecture": f.given("num_kv_heads")}))


REMOTE: dict[str, Callable[[Fields], Architecture]] = {
    "qwen": qwen,
    "chatglm": chatglm,
    "baichuan": baichuan,
    "internlm": internlm,
    "internlm2": internlm,
    "minicpm": minicpm,
    "orion": orion,
    "bailing_moe": bailing_moe,
    "mimo": mimo,
    "phi-msft": phi_msft,
    "RefinedWeb": refined_web,
    "RefinedWebModel": refined_web,
}
"""Model type -> builder. No class of a library gives these defaults, so every size is asked for."""
