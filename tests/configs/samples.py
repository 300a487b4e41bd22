"""Configurations whose parameter counts are published, and how they are counted."""

from __future__ import annotations

from typing import Any

from llmnotes.configs import read_config
from llmnotes.sizing import count_parameters

LLAMA: dict[str, Any] = {
    "model_type": "llama",
    "hidden_size": 4096,
    "intermediate_size": 11008,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "vocab_size": 32000,
}


def total(config: dict[str, Any]) -> int:
    return count_parameters(read_config(config)).total


BERT_BASE: dict[str, Any] = {"model_type": "bert", "hidden_size": 768, "num_hidden_layers": 12}

T5_BASE: dict[str, Any] = {
    "model_type": "t5",
    "d_model": 768,
    "d_ff": 3072,
    "d_kv": 64,
    "num_heads": 12,
    "num_layers": 12,
    "vocab_size": 32128,
}

PUBLISHED: list[tuple[str, dict[str, Any], int]] = [
    ("LLaMA-7B", LLAMA, 6_738_415_616),
    (
        "Llama-2-70B",
        {
            **LLAMA,
            "hidden_size": 8192,
            "intermediate_size": 28672,
            "num_hidden_layers": 80,
            "num_attention_heads": 64,
            "num_key_value_heads": 8,
        },
        68_976_648_192,
    ),
    (
        "Mistral-7B",
        {
            **LLAMA,
            "model_type": "mistral",
            "intermediate_size": 14336,
            "num_key_value_heads": 8,
        },
        7_241_732_096,
    ),
    ("GPT-2", {"model_type": "gpt2", "n_embd": 768, "n_layer": 12}, 124_439_808),
    ("BERT-base", BERT_BASE, 109_482_240),
    (
        "ChatGLM-6B",
        {
            "model_type": "chatglm",
            "hidden_size": 4096,
            "inner_hidden_size": 16384,
            "num_layers": 28,
            "num_attention_heads": 32,
            "vocab_size": 130528,
            "max_sequence_length": 2048,
        },
        6_173_286_400,
    ),
    (
        "T5-base",
        T5_BASE,
        222_903_552,
    ),
]
