"""Figures with the digits of a value, but of another scale or unit, are not its figures."""

import pytest

from llmnotes.evidence.magnitude import other_scale, other_unit
from llmnotes.evidence.texts import plain
from llmnotes.schema import ATTRIBUTES
from llmnotes.values import parse_value


def scale(name, value, *printed):
    attribute = ATTRIBUTES[name]
    return other_scale(attribute, parse_value(attribute, value), printed)


@pytest.mark.parametrize(
    ("name", "value", "printed"),
    [
        ("params_reported", "10B", "1.0B"),
        ("params_reported", "7M", "7 billion"),
        ("training_tokens", "300M", "300 billion tokens"),
        ("learning_rate", 6e-3, "6.0 × 10−4"),
        ("learning_rate", 2.5e-5, "2.5e-4"),
    ],
)
def test_another_scale_is_told(name, value, printed):
    assert scale(name, value, printed)


@pytest.mark.parametrize(
    ("name", "value", "printed"),
    [
        ("params_reported", "1B", "1.0B"),
        ("params_reported", "7B", "7"),
        ("params_reported", "340M", "340"),
        ("context_length", 32768, "32k"),
        ("context_length", 32000, "32k"),
        ("learning_rate", 6e-4, "6.0 × 10−4"),
        ("training_tokens", "1T", "1,000 billion"),
        ("activation", "GELU", "gelu"),
    ],
)
def test_the_same_scale_or_none_is_not(name, value, printed):
    assert scale(name, value, printed) is None


def test_one_figure_of_the_right_scale_is_enough():
    assert scale("params_reported", "7B", "7M", "7B") is None


@pytest.mark.parametrize(
    ("unit", "printed", "text", "said"),
    [
        ("tokens", ["512"], "batches of 512\nsequences", "sequences"),
        ("steps", ["2,000 tokens"], "for 2,000 tokens", "tokens"),
        ("tokens", ["512"], "batches of 512 tokens", None),
        ("tokens", ["512"], "batches of 512 (2^18 sequences)", None),
        ("tokens", ["512"], "512 sequences, and 512 of them", None),
        ("steps", ["2000"], "2000 iterations", None),
        ("tokens", ["512"], "nothing", None),
    ],
)
def test_the_unit_beside_the_figures_is_that_of_the_value(unit, printed, text, said):
    assert other_unit(unit, printed, plain(text)) == said
