"""Memory of training."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from llmnotes.errors import InputError
from llmnotes.sizing import (
    Architecture,
    Block,
    FeedForward,
    Head,
    MixtureOfExperts,
    Run,
    Stack,
    activation_memory,
    count_parameters,
    gradient_memory,
    master_weight_memory,
    optimizer_memory,
    weight_memory,
)
from llmnotes.sizing.architecture import pooler, token_embedding
from llmnotes.sizing.weights import Weight, vector
from tests.sizing.tiny import LAYERS, PLAIN, D, V


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
    assert activation_memory(PLAIN, 10) == activation_memory(PLAIN, 10, 1, "bf16")


@pytest.mark.parametrize(
    ("name", "size"),
    [("adam", 8), ("AdamW", 8), ("sgd_momentum", 4), ("sgd", 0), ("lion", 4),
     ("8bit-adam", 2 + 8 / 2048), ("adam_8bit", 2 + 8 / 2048)],
)  # fmt: skip
def test_states_of_each_optimizer(name: str, size: float) -> None:
    """Bytes for each parameter: moments in fp32, or in blocks of 2,048 with a scale each."""
    total = count_parameters(PLAIN).total

    figure = optimizer_memory(PLAIN, name)
    assert figure.value == size * total
    assert re.search(r"\(\w[^()]* \w[^()]*\)$", figure.formula), (
        "what is kept stands behind its size"
    )
    assert figure.source


def test_adafactor_keeps_rows_and_columns() -> None:
    """Each matrix as a square, tables by their sides, other numbers one each; experts apart."""
    bank = MixtureOfExperts(D, 3, 1, 16, gated=False)
    block = Block((), (FeedForward(D, 16, gated=False), bank), 5)
    tiny = Architecture(
        "causal-decoder", D, V, (token_embedding(V, D),), (Stack("decoder", (Run(block, 2),)),),
        Head(V * D, tied=False, extra=(vector("head", "bias", V),)),
    )  # fmt: skip
    matrices = 2 * (2 + 3 * 2) * 2 * (D * 16) ** 0.5 + 2 * 2 * (D * 3) ** 0.5 + 2 * (V * D) ** 0.5
    others = 2 * 5 + V

    found = optimizer_memory(tiny, "adafactor")

    assert found.value == pytest.approx(4 * (matrices + V + D + others))
    assert found.inputs["factored_elements"] == pytest.approx(matrices + V + D)
    assert found.formula.startswith("4 bytes x (rows + columns")
    assert found.inputs["optimizer"] == "adafactor"
    assert found.inputs["parameters"] == count_parameters(tiny).total
    assert "lower bound" in found.note


def test_adafactor_counts_the_biases_of_matrices_and_what_ends_a_stack() -> None:
    """A matrix's bias is kept number by number, for every copy, as is a final norm."""
    bank = MixtureOfExperts(D, 3, 1, 16, gated=False, bias=True)
    plain = replace(bank, bias=False)
    final = (vector("norms", "final norm", D),)

    def states(mixture: MixtureOfExperts, extra: tuple[Weight, ...] = ()) -> float:
        stack = Stack("decoder", (Run(Block((), (mixture,)), 2),), extra)
        return optimizer_memory(replace(PLAIN, stacks=(stack,)), "adafactor").value

    assert states(bank) - states(plain) == pytest.approx(4 * 2 * 3 * (16 + D))
    assert states(plain, final) - states(plain) == pytest.approx(4 * D)


def test_adafactor_of_what_is_shared_and_of_a_head_apart() -> None:
    """Shared layers keep one set of states; a head that does not count keeps none."""
    block = PLAIN.stacks[0].runs[0].block
    shared = replace(PLAIN, stacks=(Stack("decoder", (Run(block, LAYERS, 1),)),))
    apart = replace(PLAIN, head=Head(V * D, False, apart=True))

    assert optimizer_memory(shared, "adafactor").value < optimizer_memory(PLAIN, "adafactor").value
    assert optimizer_memory(apart, "adafactor").value == optimizer_memory(PLAIN, "adafactor").value
    pooled = replace(PLAIN, pooler=pooler(D))
    more = optimizer_memory(pooled, "adafactor").value - optimizer_memory(PLAIN, "adafactor").value
    assert more == pytest.approx(4 * (2 * D + D))


def test_weights_gradients_and_master_weights() -> None:
    """Bytes of a number times the parameters, from a count that is at hand or not."""
    count = count_parameters(PLAIN)

    assert weight_memory(PLAIN).value == gradient_memory(PLAIN).value == 2 * count.total
    assert weight_memory(PLAIN, "fp32", count).value == master_weight_memory(PLAIN).value
    assert gradient_memory(PLAIN, "fp8", count).value == count.total
    assert not weight_memory(PLAIN).note
    assert "norms" in weight_memory(PLAIN, "q4_k").note
    half = replace(count, total=10)
    assert [each(PLAIN, count=half).value for each in (weight_memory, gradient_memory)] == [20, 20]
    assert master_weight_memory(PLAIN, half).value == 40
    assert optimizer_memory(PLAIN, count=half).value == 80
