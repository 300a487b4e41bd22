"""Printed figures must agree with the value."""

import pytest

from llmnotes.evidence.agreement import disagreement, other_day
from llmnotes.schema import ATTRIBUTES
from llmnotes.values import parse_value


def differs(name, value, *printed):
    attribute = ATTRIBUTES[name]
    return disagreement(attribute, parse_value(attribute, value), printed) is not None


@pytest.mark.parametrize(
    ("name", "value", "printed"),
    [
        ("d_model", 5140, "5140"),
        ("vocab_size", 50257, "50,257"),
        ("learning_rate", 6e-4, "6.0 × 10−4"),
        ("learning_rate", 2.5e-4, "2.5e-4"),
        ("training_tokens", "300B", "300 billion"),
        ("params_reported", "340M", "340M"),
        ("context_length", 4096, "4k"),
        ("context_length", 1048576, "1M"),
        ("context_length", 204800, "200K"),
        ("context_length", 200000, "200,000 tokens"),
        ("context_length", 131072, "context = 131_072"),
        ("context_length", 131072, "131k"),
        ("context_length", 1048576, "1048k"),
        ("context_length", 1000000, "1 million tokens"),
        ("context_length", 9999 * 1024, "9999"),
        ("batch_size", "512 sequences", "512"),
        ("batch_size", "2048 sequences", "2^11"),
        ("release_date", "2018-10-11", "11 Oct 2018"),
        ("release_date", "2024-09-19", "2024.09.19"),
        ("release_date", "2023-10-05", "[10/5] is out"),
        ("n_layers", 12, "twelve"),
        ("activation", "GELU", "gelu"),
        ("weight_decay", 0.1, "a tenth"),
    ],
)
def test_a_value_agrees_with_its_figures(name, value, printed):
    assert not differs(name, value, printed)


@pytest.mark.parametrize(
    ("name", "value", "printed"),
    [
        ("d_model", 5120, "5140"),
        ("learning_rate", 5e-4, "6.0 × 10−4"),
        ("training_tokens", "301B", "300 billion tokens, 301"[:8]),
        ("release_date", "2019-10-11", "11 Oct 2018"),
        ("release_date", "2023-09-19", "2024.09.19"),
        ("context_length", 1048576, "1"),
        ("context_length", 72, "context = 131_072"),
        ("context_length", 131072, "132k"),
        ("context_length", 131072, "130k"),
        ("context_length", 1048577, "1M"),
        ("context_length", 204800, "200,000 tokens"),
        ("context_length", 10000 * 1024, "10000"),
        ("context_length", 1048576, "1 million tokens"),
    ],
)
def test_a_value_one_digit_off_does_not(name, value, printed):
    assert differs(name, value, printed)


def test_each_score_needs_a_figure():
    scores = [{"benchmark": "A", "score": 40.5}, {"benchmark": "B", "score": 41.0}]

    assert not differs("evaluation", scores, "40.5", "41.0")
    assert differs("evaluation", scores, "40.5")


@pytest.mark.parametrize(
    "printed", ["5 Mar 2020", "March 5, 2020", "2020-03-05", "spring 2020", "Mar 2020"]
)
def test_a_day_printed_in_full_or_not_at_all_agrees(printed):
    assert not other_day("2020-03-05", [printed])
    assert not other_day("2020-03", [printed])


@pytest.mark.parametrize("printed", ["6 Mar 2020", "March 25, 2020", "2020-05-03", "5 May 2020"])
def test_another_day_printed_in_full_does_not(printed):
    assert other_day("2020-03-05", [printed])


def test_one_of_several_days_is_enough():
    assert not other_day("2020-03-05", ["1 Mar 2020", "5 Mar 2020"])
