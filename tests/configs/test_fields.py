"""What is said of a wrong value, and what an omitted key means."""

from __future__ import annotations

from typing import Any

import pytest

from llmnotes.configs import ConfigError, read_config
from llmnotes.sizing import count_parameters
from tests.configs.samples import LLAMA


def test_an_omitted_key_means_the_class_default_and_is_told() -> None:
    """Qwen3's head_dim is 128 unless said otherwise, whatever width and heads would give."""
    config = {
        "model_type": "qwen3",
        "hidden_size": 1024,
        "num_hidden_layers": 28,
        "num_attention_heads": 16,
        "num_key_value_heads": 8,
        "intermediate_size": 3072,
        "vocab_size": 151936,
        "tie_word_embeddings": True,
    }

    model = read_config(config)

    assert count_parameters(model).total == 596_049_920
    assert ("head_dim", 128) in model.assumptions


WRONG: list[tuple[dict[str, Any], str]] = [
    ({}, "empty"),
    ({"hidden_size": 4096}, "model_type is missing"),
    ({**LLAMA, "model_type": 7}, "model_type is 7"),
    ({**LLAMA, "hidden_size": None}, "hidden_size is missing"),
    ({"model_type": "llama", "hidden_size": 64}, "num_hidden_layers is missing"),
    ({**LLAMA, "hidden_size": "4096"}, "hidden_size is '4096'"),
    ({**LLAMA, "hidden_size": -1}, "hidden_size is -1"),
    ({**LLAMA, "hidden_size": 0}, "hidden_size is 0"),
    ({**LLAMA, "hidden_size": 10**30}, "hidden_size is 1,000"),
    ({**LLAMA, "hidden_size": float("nan")}, "hidden_size is nan"),
    ({**LLAMA, "hidden_size": True}, "hidden_size is True"),
    ({**LLAMA, "hidden_size": [4096]}, "hidden_size is [4096]"),
    ({**LLAMA, "num_hidden_layers": 10**9}, "num_hidden_layers is 1,000,000,000"),
    ({**LLAMA, "num_attention_heads": 33}, "does not divide"),
    ({**LLAMA, "num_key_value_heads": 5}, "do not divide by num_key_value_heads 5"),
    ({**LLAMA, "tie_word_embeddings": "False"}, "tie_word_embeddings is 'False'"),
    ({"model_type": "gpt2", "n_embd": 768, "hidden_size": 1024, "n_layer": 2}, "n_embd"),
    (
        {**LLAMA, "model_type": "gemma3_text", "layer_types": ["full_attention"]},
        "layer_types has 1 items and the model 32 layers",
    ),
    (
        {**LLAMA, "model_type": "mixtral", "num_local_experts": 2, "num_experts_per_tok": 4},
        "num_experts_per_tok 4 is more than num_local_experts 2",
    ),
    ({"model_type": "llava"}, "text_config is missing"),
    ({"model_type": "llava", "text_config": []}, "text_config is []"),
    ({"dim": 64, "n_layers": 2, "n_heads": 2, "vocab_size": -1}, "vocab_size is -1"),
]


@pytest.mark.parametrize(("config", "sentence"), WRONG, ids=[row[1][:40] for row in WRONG])
def test_a_wrong_configuration_is_told_in_one_sentence(
    config: dict[str, Any], sentence: str
) -> None:
    """The key, what is wrong with it and what would be right, on one line."""
    with pytest.raises(ConfigError) as caught:
        read_config(config)

    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)
