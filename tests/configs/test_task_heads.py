"""The heads of classes for a task, and classes that are a part of a model."""

from __future__ import annotations

import pytest

from llmnotes.configs import read_config
from llmnotes.sizing import count_parameters
from tests.configs.samples import LLAMA, T5_BASE, total

CLASSES = [
    ("llama", "LlamaForSequenceClassification", -32000 * 4096 + 2 * 4096),
    ("llama", "LlamaForTokenClassification", -32000 * 4096 + 2 * 4096 + 2),
    ("llama", "LlamaForCausalLM", 0),
]


@pytest.mark.parametrize(("model_type", "name", "difference"), CLASSES, ids=[c[1] for c in CLASSES])
def test_a_task_class_has_its_own_head(model_type: str, name: str, difference: int) -> None:
    """A classifier stores its labels' matrix instead of the vocabulary's."""
    config = {**LLAMA, "model_type": model_type}

    assert total({**config, "architectures": [name]}) - total(config) == difference


def test_a_headless_class_has_no_output_projection() -> None:
    """An embedding model built on a decoder stores no head."""
    with_head = total(LLAMA)
    without = total({**LLAMA, "architectures": ["LlamaModel"]})

    assert with_head - without == 32000 * 4096


def test_an_encoder_taken_out_of_an_encoder_decoder() -> None:
    """T5's encoder alone: half the layers, no cross-attention, the shared table."""
    whole = count_parameters(read_config(T5_BASE))
    encoder = count_parameters(read_config({**T5_BASE, "architectures": ["T5EncoderModel"]}))

    assert encoder.total == 109_628_544
    assert "cross_attention" in whole.parts
    assert "cross_attention" not in encoder.parts
