"""Operands: the numbers that an operator and a text admit."""

import pytest

from llmnotes.errors import InputError
from llmnotes.knowledge.conditions import Comparison
from llmnotes.knowledge.operands import interval
from llmnotes.schema import ATTRIBUTES


def asked(text, attribute="params_total", operator="=", lenient=True):
    return Comparison(ATTRIBUTES[attribute], operator, text, lenient)


@pytest.mark.parametrize(
    "text",
    ["7B", "7 billion", "7bn", "70亿", "7x10^9", "7e9", "７Ｂ", "7.000 millones", "7 млрд"],
)
def test_a_round_figure_is_every_count_that_rounds_to_it_and_no_other(text):
    wanted = interval(asked(text))

    assert (wanted.low, wanted.high) == (6_500_000_000, 7_500_000_000)


def test_more_digits_leave_less_room():
    wanted = interval(asked("6.7B"))

    assert (wanted.low, wanted.high) == (6_650_000_000, 6_750_000_000)


@pytest.mark.parametrize("text", ["7000000000", "6738415616", "2^33"])
def test_a_count_written_out_or_a_power_is_exact(text):
    wanted = interval(asked(text))

    assert wanted.low == wanted.high


def test_the_published_figure_itself_and_the_strict_id_are_exact():
    published = interval(asked("7B"), published=True)
    strict = interval(asked("7B", lenient=False))

    assert (published.low, published.high) == (strict.low, strict.high) == (7e9, 7e9)


@pytest.mark.parametrize(
    ("text", "low", "high"), [("8k", 8000, 8192), ("8k..", 8000, None), ("..8k", None, 8192)]
)
def test_k_of_a_length_reaches_from_the_decimal_to_the_binary_thousand(text, low, high):
    wanted = interval(asked(text, "context_length"))

    assert (wanted.low, wanted.high) == (low, high)


def test_a_range_ends_where_it_says():
    wanted = interval(asked("7B..70B"))

    assert (wanted.low, wanted.high, wanted.open_low, wanted.open_high) == (
        7_000_000_000, 70_000_000_000, False, False,
    )  # fmt: skip


@pytest.mark.parametrize(("operator", "low", "high"), [(">", 7e9, None), ("<", None, 7e9)])
def test_an_open_bound_leaves_its_figure_out(operator, low, high):
    wanted = interval(asked("7B", operator=operator))

    assert (wanted.low, wanted.high) == (low, high)
    assert (wanted.open_low, wanted.open_high) == (operator == ">", operator == "<")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("70B..7B", "begins above its end"),
        ("7B..6999999999", "begins above its end"),
        ("..", "has no bound"),
        ("~7B", "write 7B"),
        ("7 tokens", "unit 'tokens' where none belongs"),
        ("many", "is not a quantity"),
    ],
)
def test_what_is_no_range_is_refused_in_one_sentence(text, message):
    with pytest.raises(InputError, match=message) as refused:
        interval(asked(text))

    assert str(refused.value).startswith("params_total: ")
    assert "\n" not in str(refused.value)


def test_a_range_of_one_figure_is_no_error():
    wanted = interval(asked("7B..7B"))

    assert (wanted.low, wanted.high) == (6_500_000_000, 7_500_000_000)
