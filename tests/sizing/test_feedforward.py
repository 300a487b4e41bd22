"""Networks, dense and mixed."""

from __future__ import annotations

from llmnotes.sizing import (
    Architecture,
    Attention,
    Block,
    FeedForward,
    Head,
    MixtureOfExperts,
    Run,
    Stack,
    Weight,
    count_parameters,
)
from llmnotes.sizing.architecture import token_embedding
from tests.sizing.tiny import D, V


def test_a_gate_is_a_third_matrix() -> None:
    """Two matrices plain, three gated."""
    plain = sum(w.total for w in FeedForward(D, 16, gated=False).weights())
    gated = sum(w.total for w in FeedForward(D, 16, gated=True).weights())

    assert (plain, gated) == (2 * 8 * 16, 3 * 8 * 16)


def test_experts_count_whole_and_active() -> None:
    """A token pays for the experts it is sent to, the router and the shared expert."""
    mixture = MixtureOfExperts(D, 4, 2, 16, gated=False, shared=FeedForward(D, 8, shared=True))
    block = Block((Attention(D, 4, 2, 2),), (mixture,))
    stack = Stack("decoder", (Run(block, 1),))
    found = count_parameters(
        Architecture("causal-decoder", D, V, (token_embedding(V, D),), (stack,), Head(V * D, True))
    )

    assert found.parts["experts"] == 4 * 2 * 8 * 16
    assert found.active_parts["experts"] == 2 * 2 * 8 * 16
    assert found.parts["routers"] == 4 * 8
    assert found.total - found.active == 2 * 2 * 8 * 16


def test_biases_in_and_out_are_apart() -> None:
    """The gate's bias stands with that of the way up."""
    network = FeedForward(5, 7, in_bias=True, out_bias=False, extra=(Weight("norms", "x", 3),))
    other = FeedForward(5, 7, False, False, True, shared=True)

    assert [weight.size for weight in network.weights()] == [5 * 14 + 14, 35, 3]
    assert [weight.size for weight in other.weights()] == [35, 35 + 5]
    assert {weight.part for weight in other.weights()} == {"shared_experts"}
    assert {weight.part for weight in network.weights()[:2]} == {"ffn"}


def test_networks_are_gated_and_without_biases_unless_they_say_otherwise() -> None:
    """A gate is told by the name of the matrix that it shares."""
    dense, bank = FeedForward(5, 7), MixtureOfExperts(5, 3, 2, 7)

    assert [weight.name for weight in dense.weights()] == [
        "gate and up projection",
        "down projection",
    ]
    plain = FeedForward(5, 7, gated=False).weights()
    assert [weight.name for weight in plain] == ["up projection", "down projection"]
    assert [weight.size for weight in dense.weights()] == [5 * 14, 35]
    assert [(weight.name, weight.size) for weight in bank.weights()] == [
        ("router", 15), ("expert up projection", 5 * 14), ("expert down projection", 35),
    ]  # fmt: skip
