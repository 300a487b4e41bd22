"""Work: forward, training, tokens per parameter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from llmnotes.sizing import (
    Architecture,
    Attention,
    CompressedAttention,
    Head,
    Recurrent,
    Run,
    Stack,
    count_parameters,
    flops_per_token,
    tokens_per_parameter,
    training_compute,
    training_flops_per_token,
)
from llmnotes.sizing.architecture import pooler
from llmnotes.sizing.weights import linear
from tests.sizing.tiny import LAYERS, PLAIN, D, V, model


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


def test_work_of_windows_states_and_far_keys() -> None:
    """A window bounds it, a state adds the same for each token, a far key stands for four."""
    plain = flops_per_token(PLAIN).value
    windowed = model(Attention(D, 4, 2, 2, window=10))
    state = model(Recurrent("s", (), 5, step_macs=7))
    far = model(CompressedAttention(D, 4, 2, 3, 1, 3, window=10, rate=4, far_width=6))

    assert flops_per_token(windowed, 10).value == flops_per_token(windowed, 99).value
    assert flops_per_token(windowed, 9).value < flops_per_token(windowed, 10).value
    assert flops_per_token(windowed).value == plain
    assert flops_per_token(state).value == flops_per_token(state, 50).value
    assert flops_per_token(state).value - flops_per_token(model()).value == 2 * LAYERS * 7
    beyond = flops_per_token(far, 100).value - flops_per_token(far).value
    assert beyond == 2 * LAYERS * 2 * 4 * 2 * (10 + 25)


def test_without_a_far_past_the_window_is_all_there_is() -> None:
    """A compressing layer of rate 0 works against its window alone."""
    near = model(CompressedAttention(D, 4, 2, 3, 1, 3, window=10))
    beyond = flops_per_token(near, 100).value - flops_per_token(near).value

    assert beyond == 2 * LAYERS * 2 * 4 * 2 * 10
    assert flops_per_token(near, 10).inputs["attention_macs"] == LAYERS * 2 * 4 * 2 * 10
    assert "encoder_token_macs" not in flops_per_token(near).inputs
    assert training_flops_per_token(near).inputs["context"] == 0
    assert training_compute(near, 5)[0].inputs["context"] == 0


def test_an_encoder_decoder_tells_both_sides() -> None:
    """The decoder's token is the figure, the encoder's an input; training pays for the first."""
    encoder = Stack("encoder", PLAIN.stacks[0].runs, (linear("other", "extra", 3, 5),))
    both = replace(PLAIN, kind="encoder-decoder", stacks=(encoder, PLAIN.stacks[0]))
    head = V * D

    figure = flops_per_token(both, 6)

    assert figure.value == flops_per_token(PLAIN, 6).value
    own = flops_per_token(PLAIN, 6).value / 2 - head + 15
    assert figure.inputs["encoder_token_macs"] == own
    trained = training_flops_per_token(both, 12)
    assert trained.value == 3 * figure.value
    assert trained.inputs["encoder_token_macs"] == own


def test_a_causal_token_sees_half_of_the_sequence_and_an_encoders_all() -> None:
    """On average over a training sequence."""
    stack = Stack("encoder", PLAIN.stacks[0].runs)
    encoder = replace(PLAIN, kind="encoder-only", stacks=(stack,))

    assert flops_per_token(encoder, 8).value == flops_per_token(PLAIN, 8).value
    assert training_flops_per_token(PLAIN, 8).value == 3 * flops_per_token(PLAIN, 4).value
    assert training_flops_per_token(encoder, 8).value == 3 * flops_per_token(encoder, 8).value
    assert training_flops_per_token(PLAIN, 8).inputs["attended"] == 4


def test_a_head_apart_and_a_pooler() -> None:
    """What does not count does no work; a pooler does."""
    apart = replace(PLAIN, head=Head(V * D, True, apart=True))
    pooled = replace(apart, pooler=pooler(D))

    assert flops_per_token(PLAIN).value - flops_per_token(apart).value == 2 * V * D
    assert flops_per_token(pooled).value - flops_per_token(apart).value == 2 * D * D


def test_training_compute_counts_tokens_and_context() -> None:
    """6ND with active parameters; the ratio tells how far the rule is from the shape."""
    count = count_parameters(PLAIN)
    shape, rule = training_compute(PLAIN, 100, 16, count)

    assert shape.value == training_flops_per_token(PLAIN, 16).value * 100
    assert rule.value == 6 * count.active * 100
    assert rule.inputs["ratio_to_shape"] == shape.value / rule.value
    empty = training_compute(PLAIN, 0)[1]
    assert (empty.value, empty.inputs["ratio_to_shape"]) == (0, 0.0)
    half = replace(count, active=50)
    assert training_compute(PLAIN, 100, 0, half)[1].value == 6 * 50 * 100
    assert tokens_per_parameter(PLAIN, 100, half).value == 2
    assert tokens_per_parameter(PLAIN, 100, replace(count, active=0)).value == 0.0
