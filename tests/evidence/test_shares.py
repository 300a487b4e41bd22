"""A share or rate has the scale in which it is printed."""

from decimal import Decimal

import pytest

from llmnotes.evidence.shares import other_percentage, other_rate, other_share
from llmnotes.schema import ATTRIBUTES

PRINTED = [Decimal(figure).normalize() for figure in ("8.4", "67.0", "0.05", "2020")]


@pytest.mark.parametrize("weight", [0.084, 0.67, 0.05])
def test_a_share_of_one_or_a_percentage_is_printed(weight):
    assert other_share([{"name": "C4", "weight": weight}, {"name": "books"}], PRINTED) is None


@pytest.mark.parametrize("weight", [0.0084, 0.84, 0.067, 0.005, 0.5])
def test_a_share_of_another_scale_is_told(weight):
    assert "C4" in (other_share([{"name": "C4", "weight": weight}], PRINTED) or "")


@pytest.mark.parametrize(
    ("attribute", "value", "printed"),
    [
        ("weight_decay", 0.1, "0.1"),
        ("dropout", 0.1, "10%"),
        ("weight_decay", 0.01, "weight decay .01"),
        ("learning_rate", 6e-4, "6.0 × 10−4"),
        ("weight_decay", 0.1, "weight decay"),
        ("n_layers", 24, "2.4"),
    ],
)
def test_a_rate_as_it_is_printed_is_fine(attribute, value, printed):
    assert other_rate(ATTRIBUTES[attribute], value, [printed]) is None


@pytest.mark.parametrize(
    ("attribute", "value", "printed"),
    [("weight_decay", 0.01, "0.1"), ("dropout", 0.01, "10%"), ("learning_rate", 6e-3, "0.0006")],
)
def test_a_rate_of_another_scale_is_told(attribute, value, printed):
    assert "printed is" in (other_rate(ATTRIBUTES[attribute], value, [printed]) or "")


@pytest.mark.parametrize(
    ("score", "printed"), [(40.5, "0.405"), (40.5, "0.40483"), (40, "0.4049"), (40.5, "40.5")]
)
def test_a_derived_score_is_a_rounded_percentage(score, printed):
    assert other_percentage([{"benchmark": "MMLU", "score": score}], [printed]) is None


@pytest.mark.parametrize(("score", "printed"), [(4.05, "0.405"), (40.6, "0.40483")])
def test_a_derived_score_of_another_figure_is_told(score, printed):
    assert "MMLU" in (other_percentage([{"benchmark": "MMLU", "score": score}], [printed]) or "")


def test_words_without_figures_tell_nothing():
    assert other_percentage([{"benchmark": "MMLU", "score": 40.5}], ["four in ten"]) is None
