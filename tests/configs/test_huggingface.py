"""A configuration of transformers: parts that see, and the words of other families."""

from __future__ import annotations

from llmnotes.configs import read_config
from llmnotes.sizing import count_parameters
from tests.configs.samples import total


def test_a_checkpoint_that_sees_counts_its_language_model_alone() -> None:
    """The vision part is named and not counted; its own type gives the text's defaults."""
    config = {
        "model_type": "gemma3",
        "text_config": {
            "model_type": "gemma3_text",
            "hidden_size": 2560,
            "intermediate_size": 10240,
            "num_hidden_layers": 34,
        },
        "vision_config": {"hidden_size": 1152},
    }

    found = count_parameters(read_config(config))

    assert found.total == 3_880_263_168
    assert ("vision", "not part of the language model") in found.not_counted


def test_a_number_under_another_familys_name_is_read() -> None:
    """Files of one family are written in the words of others; its own word counts first."""
    own = {"model_type": "deepseek_v3", "hidden_size": 64, "num_hidden_layers": 4}

    few = total({**own, "n_routed_experts": 8})
    assert total({**own, "num_experts": 8}) == total({**own, "num_local_experts": 8}) == few
    assert total({**own, "num_experts": 8, "n_routed_experts": 16}) > few
