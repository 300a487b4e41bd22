"""A configuration in the words of other programs than transformers."""

from __future__ import annotations

from typing import Any

import pytest

from llmnotes.configs import ConfigError, read_config
from llmnotes.errors import InputError
from tests.configs.samples import total

FORMATS: list[tuple[str, dict[str, Any], int]] = [
    (
        "litgpt",
        {
            "n_embd": 4096,
            "n_layer": 32,
            "n_head": 32,
            "head_size": 128,
            "n_query_groups": 32,
            "intermediate_size": 11008,
            "padded_vocab_size": 32000,
            "norm_class_name": "RMSNorm",
            "mlp_class_name": "LLaMAMLP",
            "bias": False,
        },
        6_738_415_616,
    ),
    (
        "MaxText",
        {
            "decoder_block": "llama2",
            "base_emb_dim": 4096,
            "base_num_query_heads": 32,
            "base_num_kv_heads": 32,
            "base_mlp_dim": 11008,
            "base_num_decoder_layers": 32,
            "head_dim": 128,
            "vocab_size": 32000,
        },
        6_738_415_616,
    ),
    (
        "Megatron",
        {
            "num-layers": "32",
            "hidden-size": "4096",
            "ffn-hidden-size": "11008",
            "num-attention-heads": "32",
            "swiglu": True,
            "disable-bias-linear": True,
            "normalization": "RMSNorm",
            "use-rotary-position-embeddings": True,
            "untie-embeddings-and-output-weights": True,
            "vocab-size": "32000",
        },
        6_738_415_616,
    ),
    (
        "Meta",
        {"dim": 4096, "n_layers": 32, "n_heads": 32, "multiple_of": 256, "vocab_size": 32000},
        6_738_415_616,
    ),
    (
        "Meta, Llama 3 8B",
        {
            "dim": 4096,
            "n_layers": 32,
            "n_heads": 32,
            "n_kv_heads": 8,
            "vocab_size": 128256,
            "multiple_of": 1024,
            "ffn_dim_multiplier": 1.3,
        },
        8_030_261_248,
    ),
]


@pytest.mark.parametrize(("name", "config", "expected"), FORMATS, ids=[row[0] for row in FORMATS])
def test_every_format_is_recognised_from_its_content(
    name: str, config: dict[str, Any], expected: int
) -> None:
    """LLaMA-7B said in the words of four other programs is LLaMA-7B."""
    assert expected == total(config)


def test_a_megatron_file_that_extends_another_is_refused() -> None:
    """What the other file says is not known, so nothing is counted."""
    with pytest.raises(InputError, match="extends"):
        read_config(
            {"extends": ["a.yaml"], "num_layers": 2, "hidden_size": 8, "num_attention_heads": 2}
        )


def test_a_maxtext_layer_of_gemma_2_is_a_pair() -> None:
    """Its decoder layer has a local and a global attention, each with a feed-forward of its own."""
    sizes = {"hidden_size": 64, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16,
             "intermediate_size": 96, "vocab_size": 512, "num_hidden_layers": 6}  # fmt: skip
    pairs = {
        "decoder_block": "gemma2", "base_emb_dim": 64, "base_num_query_heads": 4,
        "base_num_kv_heads": 2, "head_dim": 16, "base_mlp_dim": 96, "vocab_size": 512,
        "base_num_decoder_layers": 3, "logits_via_embedding": True,
    }  # fmt: skip

    assert total(pairs) == total({"model_type": "gemma2", **sizes})
    with pytest.raises(ConfigError, match="base_num_decoder_layers"):
        total({**pairs, "base_num_decoder_layers": "3"})
