"""Memory of training."""

from __future__ import annotations

import pytest

from llmnotes.errors import InputError
from llmnotes.sizing import (
    activation_memory,
    count_parameters,
    gradient_memory,
    master_weight_memory,
    optimizer_memory,
)
from tests.sizing.tiny import LAYERS, PLAIN, D


def test_optimizer_states() -> None:
    """Adam keeps two fp32 moments; its 8-bit form about a quarter; Adafactor far less."""
    total = count_parameters(PLAIN).total
    adam = optimizer_memory(PLAIN, "Adam").value
    eight_bit = optimizer_memory(PLAIN, "adam-8bit").value

    assert adam == 8 * total
    assert 2 * total < eight_bit < 2.01 * total
    assert 0 < optimizer_memory(PLAIN, "adafactor").value < adam / 2
    assert gradient_memory(PLAIN, "fp32").value == master_weight_memory(PLAIN).value == 4 * total
    with pytest.raises(InputError, match="adamw"):
        optimizer_memory(PLAIN, "adamm")


def test_activations_are_a_stated_lower_bound() -> None:
    """One input for each layer, and the note says that it is the least."""
    figure = activation_memory(PLAIN, context=10, batch=2)

    assert figure.value == LAYERS * 10 * 2 * D * 2
    assert "lower bound" in figure.note
