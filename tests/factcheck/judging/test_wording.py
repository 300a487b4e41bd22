"""What the base has, in words for a report."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.judging.wording import (
    dispute_text,
    expected_text,
    items_text,
    raw_list,
    sizes_text,
)
from llmnotes.resolve import Statement
from tests.chosen_claims import ChosenClaims


@pytest.fixture
def claims():
    made = ChosenClaims(["7B", "13B", "70B"])
    yield made
    made.connection.close()


def expected(claims, attribute, *models):
    base = BaseClaims(claims.connection)
    return expected_text(base, [base.known(model, attribute) for model in models])


def test_one_value_of_all_sizes_is_said_once(claims):
    for model in ("7B", "13B"):
        claims.say(model, "n_layers", 32)
    assert expected(claims, "n_layers", "7B", "13B") == "32"


def test_several_values_are_said_with_their_sizes(claims):
    for model, layers in (("7B", 32), ("13B", 40), ("70B", 32)):
        claims.say(model, "n_layers", layers)
    assert expected(claims, "n_layers", "7B", "13B", "70B") == "32 (7B, 70B) · 40 (13B)"


def test_what_is_withheld_is_said_and_what_is_not_known_is_left_blank(claims):
    claims.say("7B", "n_layers", None, "undisclosed")
    assert expected(claims, "n_layers", "7B") == "undisclosed"
    assert expected(claims, "n_layers", "13B") == ""


def test_sizes_are_said_once_in_their_order(claims):
    base = BaseClaims(claims.connection)
    assert sizes_text(base, ["13B", "7B", "13B"]) == "13B, 7B"


def test_the_words_of_a_cell_are_those_of_its_values():
    assert items_text([Item(32, "32 layers"), Item(40, "40")]) == "32 layers, 40"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[{"name": "C4"}]', [{"name": "C4"}]),
        ('[{"name": "C4"}', None),  # a list that was cut off
        ('["C4"]', None),
        ("[1]", None),
        ("C4", None),
    ],
)
def test_a_list_of_records_is_read_as_an_export_writes_it(text, found):
    assert raw_list(text) == found


@pytest.mark.parametrize(
    ("source", "note", "reason", "said"),
    [
        ("card", None, None, "card says so; paper has 32"),
        ("card", "in table 2", "the later one", "card says so; paper has 32 (the later one)"),
        ("paper", None, "the later one", "paper has it too; the base takes 32"),
        ("paper", "in table 2.", None, "paper has it too (in table 2); the base takes 32"),
    ],
)
def test_a_dispute_says_who_says_what(source, note, reason, said):
    first = Statement("7B", "n_layers", 32, "reported", "paper", None, "curated", reason=reason)
    claim = Statement("7B", "n_layers", 30, "reported", source, None, "curated", note)
    assert dispute_text(claim, first, "32") == said
