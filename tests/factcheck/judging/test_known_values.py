"""The numbers of some models, found by size and by the digits they are written with."""

from __future__ import annotations

from decimal import Decimal

import pytest

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.judging.known_values import KnownValues, spans, within
from tests.chosen_claims import ChosenClaims


@pytest.fixture
def claims():
    made = ChosenClaims(["7B", "13B"])
    made.say("7B", "n_layers", 32)
    made.say("13B", "n_layers", 40)
    made.say("7B", "d_model", 4096)
    made.say("7B", "context_length", [4096, 8192])
    made.say("7B", "batch_size", {"stages": [512, 1024], "unit": "sequences"})
    yield made
    made.connection.close()


@pytest.fixture
def values(claims):
    return KnownValues(BaseClaims(claims.connection))


def number(low, high=None, others=()):
    return Item(low, str(low), Decimal(str(low)), Decimal(str(high or low)), others=others)


def test_lists_and_stages_are_taken_one_by_one(values):
    assert values.numbers(("7B", "13B"), "n_layers") == [32, 40]
    assert values.numbers(("7B",), "context_length") == [4096, 8192]
    assert values.numbers(("7B",), "batch_size") == [512, 1024]
    assert values.numbers(("13B",), "d_model") == []


def test_what_was_looked_up_is_kept_for_these_models_and_this_attribute(claims, values):
    assert values.numbers(("7B",), "n_layers") == [32]
    claims.connection.execute("DELETE FROM claims")
    assert values.numbers(("7B",), "n_layers") == [32]
    assert values.numbers(("7B", "13B"), "n_layers") == [32, 40]  # read with the family


def test_attributes_near_a_number_are_named_the_likeliest_first(values):
    both = ("7B", "13B")
    assert values.near(both, number(4096)) == ["d_model", "context_length"]
    assert values.near(both, number(32)) == ["n_layers"]
    assert values.near(both, number(33)) == []
    assert values.near(both, number(30, 40)) == ["n_layers"]
    assert values.near(("7B",), number(40)) == []
    assert values.near(both, number(33, others=(number(512),))) == ["batch_size"]


def test_a_value_at_either_end_of_what_a_number_covers_is_near(values):
    assert values.near(("7B",), number(32, 35)) == ["n_layers"]
    assert values.near(("7B",), number(30, 32)) == ["n_layers"]
    assert values.near(("7B",), number(32.01, 35)) == []
    assert values.near(("7B",), number(30, 31.99)) == []


def test_parts_are_those_of_several_values_the_headed_attribute_first(values):
    both = ("7B", "13B")
    parts = values.parts(both, "n_layers")
    assert parts[0] == ("n_layers", frozenset({"32", "40"}))
    assert dict(parts) == {
        "n_layers": {"32", "40"}, "context_length": {"4096", "8192"}, "batch_size": {"512", "1024"},
    }  # fmt: skip
    assert values.parts(both, "context_length")[0][0] == "context_length"
    assert "d_model" not in dict(parts)  # one value alone cannot run together
    assert "n_layers" not in dict(values.parts(("7B",), "n_layers"))


def test_what_a_number_covers_is_widened_by_a_billionth():
    ((low, high),) = spans(number(1000, 2000))
    assert low == pytest.approx(1000 - 1e-6, abs=1e-9)
    assert high == pytest.approx(2000 + 2e-6, abs=1e-9)
    assert len(spans(number(1, others=(number(2), Item("word", "word"))))) == 2
    assert spans(Item("word", "word")) == []
    half = Item(1, "1", Decimal(1))
    assert spans(half) == []


def test_a_number_lies_within_any_of_several_spans_its_ends_included():
    covered = [(1.0, 2.0), (5.0, 6.0)]
    inside = [one for one in (0.9, 1.0, 2.0, 2.1, 4.9, 5.0, 6.0, 6.1) if within(covered, one)]
    assert inside == [1.0, 2.0, 5.0, 6.0]
    assert not within([], 1.0)
