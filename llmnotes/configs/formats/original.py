"""The publishers' own parameter files: Meta's and Mistral's `params.json`, DeepSeek's, xAI's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from llmnotes.configs.errors import ConfigError
from llmnotes.configs.fields import MAX_COUNT, Fields
from llmnotes.configs.huggingface import read_family
from llmnotes.configs.parts import blocks
from llmnotes.sizing.architecture import (
    CAUSAL_DECODER,
    Architecture,
    Block,
    Head,
    Run,
    Stack,
    token_embedding,
)
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.feedforward import MixtureOfExperts
from llmnotes.sizing.weights import vector


def read_params(config: Mapping[str, object]) -> Architecture:
    """The architecture of a `params.json`; its output matrix is untied.

    Raises:
        ConfigError: a key is missing, contradictory or out of range.
    """
    f = Fields(config)
    if f.given("inter_dim"):
        return _deepseek(f)
    for key in ("vision_model", "lora_args", "quantization_args", "moe_args"):
        if f.raw(key):
            raise f.error(f"{key} adds weights that are not known here; remove it to go on")
    if config.get("vocab_size") == -1:
        raise f.error("vocab_size is -1; give the number of the tokenizer's tokens, such as 32000")
    d, heads = f.integer("dim"), f.integer("n_heads")
    kv = f.optional_int("n_kv_heads") or f.optional_int("n_local_heads") or heads
    values: dict[str, object] = {
        "hidden_size": d,
        "num_hidden_layers": blocks.n_layers(f, "n_layers"),
        "num_attention_heads": heads,
        "num_key_value_heads": kv,
        "vocab_size": f.integer("vocab_size", 1, MAX_COUNT),
        "head_dim": f.optional_int("head_dim"),
        "tie_word_embeddings": f.flag("tied_embeddings"),
    }
    mixture = f.nested("moe")
    if mixture is not None:
        own = Fields(mixture, place="moe")
        values |= {
            "num_local_experts": own.integer("num_experts", 1, MAX_COUNT),
            "num_experts_per_tok": own.integer("num_experts_per_tok", 1, MAX_COUNT),
        }
    values["intermediate_size"] = _hidden(f, d)
    found = read_family("mixtral" if mixture is not None else "llama", values)
    return replace(found, model_type="params.json")


def _hidden(f: Fields, d: int) -> int:
    """The inner width, given or by the rule of Meta's code: two thirds of 4·d, rounded up."""
    inner = f.optional_int("hidden_dim")
    if inner is not None:
        return inner
    step = f.integer("multiple_of")
    inner = int(2 * (4 * d) / 3)
    inner = int(f.number("ffn_dim_multiplier", 1.0) * inner)
    return max(step * ((inner + step - 1) // step), 1)


def _deepseek(f: Fields) -> Architecture:
    """DeepSeek's own inference files, which have their own key names."""
    renamed = {
        "dim": "hidden_size",
        "n_layers": "num_hidden_layers",
        "n_heads": "num_attention_heads",
        "vocab_size": "vocab_size",
        "inter_dim": "intermediate_size",
        "moe_inter_dim": "moe_intermediate_size",
        "n_dense_layers": "first_k_dense_replace",
        "n_routed_experts": "n_routed_experts",
        "n_shared_experts": "n_shared_experts",
        "n_activated_experts": "num_experts_per_tok",
        "kv_lora_rank": "kv_lora_rank",
        "qk_nope_head_dim": "qk_nope_head_dim",
        "qk_rope_head_dim": "qk_rope_head_dim",
        "v_head_dim": "v_head_dim",
    }
    values: dict[str, object] = {}
    for key, name in renamed.items():
        if f.raw(key) is None:
            raise f.error(f"{key} is missing; it must be a whole number")
        values[name] = f.raw(key)
    values["q_lora_rank"] = f.optional_int("q_lora_rank", 0) or None
    if f.given("index_n_heads"):
        values["index_n_heads"] = f.raw("index_n_heads")
        values["index_head_dim"] = f.raw("index_head_dim")
        return replace(read_family("deepseek_v32", values), model_type="params.json")
    return replace(read_family("deepseek_v3", values), model_type="params.json")


def read_grok(config: Mapping[str, object]) -> Architecture:
    """Grok-1: four norms a block, eight gated experts with two active, one tied table.

    Raises:
        ConfigError: a key is missing, contradictory or out of range.
    """
    model = config.get("model")
    if not isinstance(model, Mapping):
        raise ConfigError("model is missing; it must be a nested configuration")
    f, top = Fields(model, place="model"), Fields(config)
    d, heads = f.integer("emb_size"), f.integer("num_q_heads")
    kv = blocks.kv_heads(f, heads, "num_kv_heads")
    inner = int(f.number("widening_factor", 4.0) * d) * 2 // 3
    inner += -inner % 8
    count = f.integer("num_experts", 1, MAX_COUNT)
    active = f.integer("num_selected_experts", 1, MAX_COUNT)
    if active > count:
        raise f.error(f"num_selected_experts {active:,} is more than num_experts {count:,}")
    attention = Attention(d, heads, kv, f.integer("key_size"))
    block = Block((attention,), (MixtureOfExperts(d, count, active, inner),), 4 * d)
    vocab = top.integer("vocab_size", 1, MAX_COUNT)
    run = Run(block, blocks.n_layers(f, "num_layers"))
    return Architecture(
        kind=CAUSAL_DECODER,
        d_model=d,
        vocab_size=vocab,
        embeddings=(token_embedding(vocab, d),),
        stacks=(Stack("decoder", (run,), (vector("norms", "final norm", d),)),),
        head=Head(vocab * d, tied=True),
        context_length=top.optional_int("sequence_len", 1, 1 << 40),
        model_type="grok-1",
    )
