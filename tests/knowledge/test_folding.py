"""A family's sizes in one cell, on a few claims that are chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from llmnotes.knowledge.folding import ComparedSubject, FoldedCell, fold
from llmnotes.schema import ATTRIBUTES
from llmnotes.store.claims import Claims
from tests.chosen_claims import ChosenClaims

SIZES = ["70B", "7B", "13B"]
Fold = Callable[..., FoldedCell]


@pytest.fixture
def folded() -> Iterator[Fold]:
    """The cell of a family for an attribute, whose sizes are given claims: values or (value, status)."""
    base = ChosenClaims(SIZES)

    def call(attribute: str, claims: dict[str, Any], layer: str = "curated") -> FoldedCell:
        for size, value in claims.items():
            value, status = value if isinstance(value, tuple) else (value, "reported")
            base.say(size, attribute, value, status, layer=layer)
        family = ComparedSubject("toy", "family", "Toy", SIZES, SIZES)
        found = Claims(base.connection, SIZES)
        return fold(found, family, ATTRIBUTES[attribute], {"acme": "Acme AI"})

    yield call
    base.connection.close()


def test_one_value_of_all_sizes_stands_alone(folded: Fold) -> None:
    cell = folded("d_model", dict.fromkeys(SIZES, 4096))
    assert cell.text == "4,096"
    assert [(value.models, value.source) for value in cell.values] == [(SIZES, "paper")]


def test_values_that_differ_say_of_which_sizes(folded: Fold) -> None:
    cell = folded("attention", {"70B": "GQA", "7B": "MHA", "13B": "MHA"})
    assert cell.text == "GQA (70B) · MHA (7B, 13B)"
    assert cell.sources == ["paper"]


def test_a_range_goes_from_the_least_to_the_largest_in_whatever_order_the_sizes_stand(
    folded: Fold,
) -> None:
    tokens = {"70B": 2 * 10**12, "7B": 10**12, "13B": 15 * 10**11}
    assert (
        folded("training_tokens", tokens).text == "1.0T–2.0T: 2.0T (70B) · 1.0T (7B) · 1.5T (13B)"
    )


def test_no_range_where_a_size_is_unknown_or_the_attribute_has_none(folded: Fold) -> None:
    tokens = {"70B": 2 * 10**12, "7B": 10**12}
    assert folded("training_tokens", tokens).text == "2.0T (70B) · 1.0T (7B) · unknown (13B)"
    widths = {"70B": 8192, "7B": 4096, "13B": 5120}
    assert folded("d_model", widths).text == "8,192 (70B) · 4,096 (7B) · 5,120 (13B)"


def test_a_size_is_not_named_beside_itself(folded: Fold) -> None:
    sizes = {"70B": 70 * 10**9, "7B": 7 * 10**9, "13B": 13 * 10**9}
    assert folded("params_total", sizes).text == "70B · 7B · 13B"


def test_what_is_guessed_or_the_users_own_is_marked_and_folded_apart(folded: Fold) -> None:
    layers = {"70B": (80, "rumoured"), "7B": 80, "13B": (None, "undisclosed")}
    assert folded("n_layers", layers).text == "80 (rumoured) (70B) · 80 (7B) · undisclosed (13B)"
    assert folded("n_heads", dict.fromkeys(SIZES, 64), "user").text == "64 (yours)"


def test_derived_and_reported_values_are_one(folded: Fold) -> None:
    cell = folded("head_dim", {"70B": 128, "7B": (128, "derived"), "13B": 128})
    assert cell.text == "128"


def test_layers_of_two_sides_are_a_sum(folded: Fold) -> None:
    folded("n_encoder_layers", dict.fromkeys(SIZES, 12))
    folded("n_decoder_layers", {"70B": 4, "7B": 12, "13B": 12})
    assert (
        folded("n_layers", {"70B": 16, "7B": 24, "13B": 24}).text == "12+4 (70B) · 12+12 (7B, 13B)"
    )


def test_publishers_are_called_by_their_names(folded: Fold) -> None:
    assert folded("organization", {size: ["acme", "foo"] for size in SIZES}).text == "Acme AI, foo"


def test_a_dense_model_has_no_experts_and_nobody_is_cited_for_it(folded: Fold) -> None:
    folded("sparsity", dict.fromkeys(SIZES, "dense"))
    cell = folded("n_experts", {})
    assert (cell.text, cell.values[0].implied, cell.sources) == ("not applicable", True, [])
