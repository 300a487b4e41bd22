"""Operands: the numbers that an operator and a text admit."""

import pytest

from llmnotes.errors import InputError
from llmnotes.knowledge.conditions import Comparison, MeasureComparison
from llmnotes.knowledge.measures import read_measure
from llmnotes.knowledge.operands import (
    DateBound,
    Interval,
    date_bounds,
    flag,
    interval,
    measured,
)
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


@pytest.mark.parametrize(
    ("wanted", "inside", "outside"),
    [
        (Interval(1, 3), [1, 2, 3], [0.99, 3.01]),
        (Interval(1, 3, open_low=True), [1.01, 3], [1, 0.99]),
        (Interval(1, 3, open_high=True), [1, 2.99], [3, 3.01]),
        (Interval(None, 3), [-9, 3], [3.01]),
        (Interval(1, None), [1, 9], [0.99]),
    ],
)
def test_an_interval_holds_what_lies_between_its_bounds(wanted, inside, outside):
    assert all(map(wanted.holds, inside))
    assert not any(map(wanted.holds, outside))


@pytest.mark.parametrize(
    ("attribute", "text", "low", "high", "unit"),
    [
        ("batch_size", "512 sequences", 512, 512, "sequences"),
        ("batch_size", "1..2M tokens", 1, 2_000_000, "tokens"),
        ("batch_size", "500 seqs..", 500, None, "sequences"),
        ("warmup", "..2000 steps", None, 2000, "steps"),
        ("params_total", "7B parameters", 6_500_000_000, 7_500_000_000, None),
        ("context_length", "2k tokens", 2000, 2048, None),
    ],
)
def test_a_unit_may_stand_behind_either_bound(attribute, text, low, high, unit):
    wanted = interval(asked(text, attribute))

    assert (wanted.low, wanted.high, wanted.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("attribute", "text", "message"),
    [
        ("batch_size", "512", "'512' needs a unit; write 512 tokens or 512 sequences$"),
        ("warmup", "1..2", "'1..2' needs a unit; write 1 steps or 1 tokens$"),
        ("batch_size", "1 token..2 sequences", "is in two units"),
        ("batch_size", "512 apples", "unknown batch unit value 'apples'"),
        ("n_layers", "12 tokens", "'tokens' where none belongs"),
    ],
)
def test_a_missing_or_wrong_unit_is_refused(attribute, text, message):
    with pytest.raises(InputError, match=message):
        interval(asked(text, attribute))


def test_a_range_goes_with_an_equal_sign_alone():
    with pytest.raises(InputError, match=r"a range such as '7B..70B' goes with =, not >"):
        interval(asked("7B..70B", operator=">"))


def test_an_attribute_without_a_published_figure_is_taken_as_written():
    wanted = interval(asked("1.4T", "training_tokens"))

    assert wanted.low == wanted.high == 1_400_000_000_000


@pytest.mark.parametrize(
    ("text", "stored"),
    [("9223372036854775807", int), ("9223372036854775808", float), ("1.5", float)],
)
def test_a_number_is_whole_where_the_store_holds_it_so(text, stored):
    assert type(interval(asked(text, lenient=False)).low) is stored


def day(text, operator="=", *, lenient=False, possible=False):
    """The bounds of a date as the texts of their tests."""
    found = date_bounds(asked(text, "release_date", operator, lenient), possible=possible)
    return [f"{'first' if b.earliest else 'last'} {b.operator} {b.day}" for b in found]


@pytest.mark.parametrize(
    ("text", "operator", "bounds"),
    [
        ("2023", "=", ["first >= 2023-01-01", "last <= 2023-12-31"]),
        ("2023-02", ">=", ["first >= 2023-02-01"]),
        ("2023-02", ">", ["first > 2023-02-28"]),
        ("2023-02", "<=", ["last <= 2023-02-28"]),
        ("2023-02", "<", ["last < 2023-02-01"]),
        ("2022..2023-02", "=", ["first >= 2022-01-01", "last <= 2023-02-28"]),
        ("2022..", "=", ["first >= 2022-01-01"]),
        ("..2022", "=", ["last <= 2022-12-31"]),
        ("2022..2022", "=", ["first >= 2022-01-01", "last <= 2022-12-31"]),
    ],
)
def test_a_date_is_compared_by_all_its_days(text, operator, bounds):
    assert day(text, operator) == bounds


def test_a_lenient_or_possible_date_is_compared_by_any_of_its_days():
    loose = ["last >= 2023-02-01", "first <= 2023-02-28"]

    assert day("2023-02", lenient=True) == day("2023-02", possible=True) == loose


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2024..2023", "begins after its end"),
        ("..", "has no bound"),
        ("soon", "release_date: 'soon' is not a date"),
    ],
)
def test_what_is_no_range_of_dates_is_refused(text, message):
    with pytest.raises(InputError, match=message):
        day(text)


@pytest.mark.parametrize(
    ("bound", "inside", "outside"),
    [
        (DateBound(">=", "2023-02-10", True), "2023-02-10", "2023-02-09"),
        (DateBound(">", "2023-02-10", True), "2023-02-11", "2023-02-10"),
        (DateBound("<=", "2023-02-10", False), "2023-02-10", "2023-02-11"),
        (DateBound("<", "2023-02-10", False), "2023-02-09", "2023-02-10"),
        (DateBound(">=", "2023-02-10", False), "2023-02", "2023-01"),
        (DateBound("<=", "2023-02-10", True), "2023-02", "2023-03"),
    ],
)
def test_a_bound_of_a_date_holds_to_the_day(bound, inside, outside):
    assert bound.holds(inside)
    assert not bound.holds(outside)


def ratio(text, operator="="):
    return measured(MeasureComparison(read_measure("d_ff / d_model"), operator, text))


def test_a_measure_is_compared_exactly():
    assert ratio("4") == Interval(4, 4)
    assert ratio("2.5..4") == Interval(2.5, 4)
    assert ratio("4", ">") == Interval(4, None, open_low=True)
    assert ratio("4", "<") == Interval(None, 4, open_high=True)
    assert ratio("4", ">=") == Interval(4, None)
    for text in ("4 tokens", "4..2", "..", "wide"):
        with pytest.raises(InputError):
            ratio(text)


def test_a_flag_is_yes_or_no():
    assert flag(asked("yes", "gated_ffn")) is True
    assert flag(asked("No", "gated_ffn")) is False
    with pytest.raises(InputError, match="neither yes nor no"):
        flag(asked("perhaps", "gated_ffn"))


@pytest.mark.parametrize("text", ["7 Mrd.", "7 Mrd", "7 млрд.", "7B"])
def test_an_abbreviation_that_ends_in_a_point_is_as_round_as_one_without(text):
    """Every exact count that rounds to it, as of 7B."""
    found = interval(Comparison(ATTRIBUTES["params_total"], "=", text, True))

    assert (found.low, found.high) == (6_500_000_000, 7_500_000_000)


@pytest.mark.parametrize("text", ["1B..7B", "1B...7B", "1B .. 7B"])
def test_a_range_may_have_three_points(text):
    found = interval(Comparison(ATTRIBUTES["params_total"], "=", text, True))

    assert (found.low, found.high) == (1_000_000_000, 7_000_000_000)
