"""Work: forward, training, tokens per parameter."""

from __future__ import annotations

import pytest

from llmnotes.sizing import (
    Architecture,
    Run,
    Stack,
    count_parameters,
    flops_per_token,
    tokens_per_parameter,
    training_compute,
    training_flops_per_token,
)
from tests.sizing.tiny import LAYERS, PLAIN, D, V


def test_shared_layers_weigh_once_and_work_every_time() -> None:
    """ALBERT's sharing: one copy of the weights, all the FLOPs."""
    block = PLAIN.stacks[0].runs[0].block
    shared = Architecture(
        "causal-decoder",
        D,
        V,
        PLAIN.embeddings,
        (Stack("decoder", (Run(block, LAYERS, copies=1),)),),
        PLAIN.head,
    )

    one_block = sum(w.total for w in block.weights())

    assert count_parameters(PLAIN).total - count_parameters(shared).total == 3 * one_block
    assert flops_per_token(PLAIN).value == flops_per_token(shared).value


def test_flops_are_two_for_each_matrix_element_and_grow_with_the_context() -> None:
    """2 x (blocks + head) at no context; 4 x width x context x layers more for attention."""
    blocks = count_parameters(PLAIN).total - V * D

    assert flops_per_token(PLAIN).value == 2 * (blocks + V * D)
    grown = flops_per_token(PLAIN, 100).value - flops_per_token(PLAIN).value
    assert grown == LAYERS * 2 * (2 * 8) * 100


def test_training_costs_three_forward_passes_and_is_near_6nd() -> None:
    """Backward costs twice forward; without context and lookups the rule 6ND is exact."""
    shape, rule = training_compute(PLAIN, 1e6)

    assert training_flops_per_token(PLAIN).value == 3 * flops_per_token(PLAIN).value
    assert shape.value == pytest.approx(rule.value)
    assert rule.inputs["ratio_to_shape"] == pytest.approx(1.0)


def test_tokens_per_parameter() -> None:
    """Chinchilla's ratio of tokens to parameters."""
    total = count_parameters(PLAIN).total

    assert tokens_per_parameter(PLAIN, 20.0 * total).value == pytest.approx(20.0)
