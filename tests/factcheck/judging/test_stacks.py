"""Layers of an encoder and a decoder: one side, the other, or both together."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.judging.agreement import Comparer
from llmnotes.factcheck.judging.counted import ONE_SIDE
from llmnotes.factcheck.judging.stacks import agreements
from tests.chosen_claims import ChosenClaims

TOTAL = {"small": 12, "base": 24, "large": 48}


@pytest.fixture
def claims():
    made = ChosenClaims([*TOTAL, "decoder"])
    for model, layers in TOTAL.items():
        made.say(model, "n_layers", layers)
        made.say(model, "n_encoder_layers", layers // 2)
        made.say(model, "n_decoder_layers", layers // 2)
    made.say("decoder", "n_layers", 24)
    yield made
    made.connection.close()


def agreed(claims, text, *models, attribute="n_layers", position=0):
    base = BaseClaims(claims.connection)
    reading = read_cell(text, attribute)
    asked = [base.known(model, attribute) for model in models]
    found = agreements(Comparer(base), reading, position, asked)
    assert set(found) == set(models)
    return {model: one.how for model, one in found.items() if one is not None}


def test_one_number_is_either_side_or_both(claims):
    assert agreed(claims, "24", "base") == {"base": "same"}
    assert agreed(claims, "12", "base") == {"base": ONE_SIDE}
    assert agreed(claims, "13", "base") == {}


def test_among_several_sizes_a_number_is_of_one_side_where_it_may_be_both(claims):
    assert agreed(claims, "12", "small", "base") == {"base": ONE_SIDE}


def test_among_several_sizes_a_number_is_what_it_is_of_more_of_them(claims):
    assert agreed(claims, "24", "base", "large", "decoder") == {"base": "same", "decoder": "same"}
    assert agreed(claims, "24", "base", "decoder") == {"base": "same", "decoder": "same"}


@pytest.mark.parametrize("words", ["12 in total", "12 total layers", "12 in all", "12 overall"])
def test_what_is_called_a_total_is_of_both_sides(claims, words):
    base = BaseClaims(claims.connection)
    reading = read_cell("12", "n_layers")
    item = reading.items[0]._replace(qualifier=words.removeprefix("12 "))
    asked = [base.known(model, "n_layers") for model in ("small", "base")]
    found = agreements(Comparer(base), reading._replace(items=(item,)), 0, asked)
    assert {model: one.how for model, one in found.items() if one} == {"small": "same"}


@pytest.mark.parametrize(("position", "text"), [(0, "12+9"), (1, "9+12")])
def test_each_value_of_a_sum_is_of_its_own_side(claims, position, text):
    assert agreed(claims, text, "base", position=position) == {"base": ONE_SIDE}
    assert agreed(claims, text, "base", position=1 - position) == {}


def test_sides_that_differ_are_not_exchanged(claims):
    claims.say("decoder", "n_encoder_layers", 6)
    claims.say("decoder", "n_decoder_layers", 18)
    assert agreed(claims, "6+18", "decoder") == {"decoder": ONE_SIDE}
    assert agreed(claims, "18+6", "decoder") == {}
    assert agreed(claims, "18+6", "decoder", position=1) == {}


def test_without_sides_a_sum_must_be_right(claims):
    for position in (0, 1):
        how = {"decoder": "the sum of both sides"}
        assert agreed(claims, "10+14", "decoder", position=position) == how
        assert agreed(claims, "10+13", "decoder", position=position) == {}


def test_a_sum_of_what_is_not_known_is_nobodys(claims):
    claims.connection.execute("DELETE FROM claims WHERE subject = 'decoder'")
    assert agreed(claims, "10+14", "decoder") == {}


def test_a_sum_of_three_is_no_two_sides(claims):
    assert agreed(claims, "12+6+6", "base") == {"base": ONE_SIDE}


def test_what_has_no_sides_is_held_against_each_model(claims):
    claims.say("base", "n_heads", 12)
    claims.say("large", "n_heads", 16)
    found = agreed(claims, "12", "base", "large", attribute="n_heads")
    assert found == {"base": "same"}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("304M + 131M", "agrees"),
        ("304M + 131M emb.", "agrees-normalised"),
        ("304M + 331M", "wrong"),
    ],
)
def test_the_parts_of_a_size_are_held_against_the_whole_by_their_sum(cell, text, verdict):
    found = cell("DeBERTa v3 large", "Params", text).verdict
    assert found == verdict
