"""Of which models, and of which attribute, one value among several speaks."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.judging.spoken_of import asked_of, is_beside
from tests.chosen_claims import ChosenClaims


class Sizes:
    """Finds the models whose ids say a size."""

    def of_size(self, models, text):
        return [model for model in models if model.lower() == text.lower()]


@pytest.fixture
def base():
    claims = ChosenClaims(["7B", "13B", "1.5B", "8x7B", "base", "110M"])
    yield BaseClaims(claims.connection)
    claims.connection.close()


def asked(base, attribute, qualifier):
    stated = [base.known(model, attribute) for model in base.members("toy")]
    found = asked_of(base, Sizes(), Item("GQA", "GQA", qualifier=qualifier), stated)
    return [(known.model, known.attribute.id) for known in found]


@pytest.mark.parametrize(
    ("words", "models"),
    [
        ("13B only", ["13B"]),
        ("13 b only", ["7B", "13B", "1.5B", "8x7B", "base", "110M"]),  # no model goes by it
        ("7B, 13B", ["7B", "13B"]),
        ("of 1.5B", ["1.5B"]),  # which is not 5B
        ("8x7B", ["8x7B"]),
        ("110M", ["110M"]),
        ("Base", ["base"]),
        ("database", ["7B", "13B", "1.5B", "8x7B", "base", "110M"]),
        ("99B only", ["7B", "13B", "1.5B", "8x7B", "base", "110M"]),
        ("", ["7B", "13B", "1.5B", "8x7B", "base", "110M"]),
        ("in all layers", ["7B", "13B", "1.5B", "8x7B", "base", "110M"]),
    ],
)
def test_sizes_beside_a_value_say_whose_it_is(base, words, models):
    assert asked(base, "attention", words) == [(model, "attention") for model in models]


@pytest.mark.parametrize(
    ("attribute", "words", "other"),
    [
        ("params_total", "Activated", "params_active"),
        ("params_active", "activated", "params_active"),
        ("params_total", "actifs", "params_active"),
        ("params_total", "激活", "params_active"),
        ("params_total", "native", "params_total"),
        ("n_layers", "activated", "n_layers"),
        ("n_experts", "shared", "n_shared_experts"),
        ("n_experts_active", "Shared", "n_shared_experts"),
        ("n_heads", "shared", "n_heads"),
        ("n_experts", "activated", "n_experts"),
    ],
)
def test_words_beside_a_number_make_it_one_of_another_attribute(base, attribute, words, other):
    assert {name for _, name in asked(base, attribute, words)} == {other}
    assert len(asked(base, attribute, words)) == 6


def beside(base, text, position, attribute="n_heads", true=("7B", "n_kv_heads", 8)):
    stated = [base.known(model, attribute) for model in ("7B", "13B")]

    def agrees(item, model, name):
        return (model, name, item.value) == true

    return is_beside(agrees, read_cell(text, attribute), position, stated)


def test_the_second_of_two_numbers_may_be_that_of_the_attribute_written_beside(base):
    assert beside(base, "32 / 8", 1)
    assert not beside(base, "32 / 8", 0)
    assert beside(base, "8 / 32", 0)
    assert beside(base, "32 / 8", 1, true=("13B", "n_kv_heads", 8))
    assert not beside(base, "32 / 8", 1, true=("70B", "n_kv_heads", 8))


def test_one_number_or_three_stand_beside_nothing(base):
    assert not beside(base, "8", 0)
    assert not beside(base, "32 / 16 / 8", 2)
    assert not beside(base, "32 → 8", 1)
    assert beside(base, "1 + 8", 0, "n_experts", true=("7B", "n_shared_experts", 1))


def test_what_nothing_is_written_beside_has_no_other_number(base):
    assert not beside(base, "32 / 8", 1, "n_layers", true=("7B", "", 8))
