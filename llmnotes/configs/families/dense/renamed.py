"""Families with their own key names for the common sizes: Qwen, ChatGLM, RefinedWeb."""

from __future__ import annotations

from llmnotes.configs.families.dense.falcon import falcon
from llmnotes.configs.families.dense.gpt import GPT, PHI
from llmnotes.configs.fields import MAX_COUNT, Fields
from llmnotes.configs.parts.decoder import decoder
from llmnotes.configs.parts.renaming import renamed
from llmnotes.configs.parts.traits import Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    Architecture,
)

_UNTIED = {"tie_word_embeddings": False}


def _required(f: Fields, *keys: str) -> None:
    for key in keys:
        f.integer(key, 1, MAX_COUNT)


@family("qwen")
def qwen(f: Fields) -> Architecture:
    """Qwen (first generation): LLaMA's layers with biases on queries, keys and values.

    `intermediate_size` counts gate and up-projection together.
    """
    f = renamed(
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


@family("chatglm")
def chatglm(f: Fields) -> Architecture:
    """ChatGLM: the first has GPT's blocks; from ChatGLM2 on gated, with grouped keys, untied."""
    if f.given("inner_hidden_size"):
        return _first_chatglm(f)
    if not f.given("ffn_hidden_size"):
        raise f.error("ffn_hidden_size is missing; it must be a whole number")
    f = renamed(
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


def _first_chatglm(f: Fields) -> Architecture:
    """ChatGLM-6B: two-dimensional rotary positions; tied unless the file says otherwise."""
    names = {
        "num_hidden_layers": "num_layers",
        "intermediate_size": "inner_hidden_size",
        "max_position_embeddings": "max_sequence_length",
    }
    f = renamed(f, names)
    if f.raw("tie_word_embeddings") is None:
        f = f.replaced({"tie_word_embeddings": True})
    return decoder(f, GPT)


@family("phi-msft")
def phi_msft(f: Fields) -> Architecture:
    """Phi-1.5 in its first form: GPT-2's key names, Phi's layers."""
    f = renamed(
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
    return decoder(f, PHI)


@family("RefinedWeb", "RefinedWebModel", classes=("RWForCausalLM",))
def refined_web(f: Fields) -> Architecture:
    """Falcon in its first form, with the type RefinedWeb."""
    f = renamed(
        f,
        {
            "num_hidden_layers": "n_layer",
            "num_attention_heads": "n_head",
            "num_kv_heads": "n_head_kv",
        },
    )
    _required(f, "num_hidden_layers", "num_attention_heads", "vocab_size")
    return falcon(f.replaced({"new_decoder_architecture": f.given("num_kv_heads")}))
