"""How far a printed number may be from the exact one: every bound just inside and just outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.judging import tolerance
from llmnotes.schema import ATTRIBUTES


def agrees(attribute: str, text: str, exact: float) -> bool:
    (item,) = read_cell(text, attribute).items
    return tolerance.same_count(ATTRIBUTES[attribute], item, exact) is not None


@pytest.mark.parametrize(
    ("attribute", "text", "inside", "outside"),
    [
        # One digit of a size covers 0.5 to 1.5 billion, but says nothing when it is a quarter off.
        ("params_total", "1B", 800_000_000, 799_999_999),
        ("params_total", "1B", 1_333_333_333, 1_333_333_334),
        # Two digits are as good as their own precision: half of the last one.
        ("params_total", "1.0B", 950_000_000, 949_999_999),
        ("params_total", "6.7B", 6_799_999_999, 6_800_000_000),
        # Tokens of one digit: 12 % of the exact number.
        ("training_tokens", "1T", 892_857_142_858, 892_857_142_857),
        # Rates of one digit: 5 %.
        ("learning_rate", "2e-4", 1.9048e-4, 1.9047e-4),
        # Two digits of a rate count by their own precision, though that is more than 5 %.
        ("learning_rate", "1.0e-4", 9.501e-5, 9.499e-5),
        # Zeros written out round to their first digits, but by no more than a tenth.
        ("params_total", "7,000,000,000", 6_500_000_000, 6_499_999_999),
        ("vocab_size", "100,000", 90_910, 90_909),
        # A vocabulary is padded by at most 1.5 %, to a multiple of 64.
        ("vocab_size", "63040", 64_000, 64_064),
        ("vocab_size", "64000", 63_041, 63_039),
        ("vocab_size", "152064", 151_935, 151_936),  # the base's is padded already
        ("params_total", "67M", 66_362_880, 66_000_000),  # a hundredth from 66.4M
        ("vocab_size", "50257", 50_304, 50_311),
        # Tokens added later are a thousandth at most, and more than one digit of difference.
        ("vocab_size", "50254", 50_277, 50_306),
        ("vocab_size", "50254", 50_277, 50_254 + 30),
        # Two digits and a zero are rounded, perhaps twice: 354.8 to 355 to 360.
        ("params_total", "360M", 354_823_168, 354_400_000),
        ("params_total", "100B", 103_000_000_000, 106_000_000_000),
        # Up to twice as much as "more than" says.
        ("training_tokens", "15T+", 31_000_000_000_000, 31_000_000_000_001),
        ("context_length", "< 4096", 4096, 4097),
        ("n_layers", "≤ 30", 30, 31),
        ("n_layers", "≥ 30", 30, 29),
        ("n_layers", "≥ 30", 60, 61),
        # Counts of the shape are exact.
        ("n_layers", "80", 80, 81),
        ("d_ff", "11,000", 11_000, 11_008),
        # A k is 1,000 or 1,024, and nothing between.
        ("context_length", "128k", 131_072, 130_000),
        ("context_length", "128000", 131_072, 130_048),
        ("context_length", "131072", 128_000, 127_000),
        ("context_length", "1,048,576", 1_000_000, 1_040_000),
        ("context_length", "1,024,000", 1_048_576, 1_040_384),
        # A quantity that is called approximate has no bound of its own.
        ("learning_rate", "~2e-4", 1.6e-4, 1.4e-4),
    ],
)  # fmt: skip
def test_a_number_agrees_just_inside_its_bound_and_not_just_outside(
    attribute, text, inside, outside
):
    assert agrees(attribute, text, inside)
    assert not agrees(attribute, text, outside)


@pytest.mark.parametrize(
    ("text", "value", "unit", "how"),
    [
        ("1M", 1_165_084, "tokens", "same"),  # 2^20 is a tenth less than 1,165,084.4
        ("1M", 1_165_085, "tokens", "counted"),  # and by a binary million taken for a decimal one
        ("1M", 1_300_000, "tokens", None),
        ("512", 512, "sequences", "same"),
        ("512", 513, "sequences", None),
        ("1M", 512, "sequences", "counted"),  # 512 × 2,048 tokens
        ("2M", 512, "sequences", None),
        ("1.000M", 1_024_000, "tokens", "counted"),  # a binary thousand taken for a decimal one
        ("1.000M", 1_048_576, "tokens", "same"),  # the M of a batch may be binary by itself
        ("1.000M", 1_025_000, "tokens", None),
        ("1.024M", 1_000_000, "tokens", "counted"),  # and the other way round
        ("1.049M", 1_000_000, "tokens", "counted"),
        ("1.025M", 1_000_000, "tokens", None),
        ("1,001,000", 1_001 * 1_024, "tokens", "counted"),
        ("1,025,024", 1_001_000, "tokens", "counted"),
        ("1,025,025", 1_001_000, "tokens", None),
        ("1,001,000,000", 1_001 * 2**20, "tokens", "counted"),
        ("1,049,624,576", 1_001 * 10**6, "tokens", "counted"),
        ("1,049,624,577", 1_001 * 10**6, "tokens", None),
        ("4096", 2_048 * 4096, "tokens", "counted"),  # sequences where the base has tokens
        ("4097", 2_048 * 4096, "tokens", None),
        ("4096 sequences", 2_048 * 4096, "tokens", "counted"),
        ("4096 tokens", 2_048 * 4096, "tokens", None),  # which say that they are none
        ("512 tokens", 512, "sequences", None),
    ],
)
def test_a_batch_agrees_in_its_own_unit_or_by_the_length_of_a_sequence(text, value, unit, how):
    (item,) = read_cell(text, "batch_size").items
    found = tolerance.same_batch(item, {"stages": [value], "unit": unit}, [2048])
    assert (found and found.split()[0]) == how


@pytest.mark.parametrize(
    ("text", "agrees"),
    [("2000 steps", True), ("2000", True), ("2001", False), ("2000 tokens", False)],
)
def test_a_length_agrees_in_its_unit_or_without_one(text, agrees):
    (item,) = read_cell(text, "warmup").items
    found = tolerance.same_quantity(item, {"value": 2000, "unit": "steps"})
    assert found == (tolerance.SAME if agrees else None)


@pytest.mark.parametrize(
    ("attribute", "text", "exact", "how"),
    [
        ("params_total", "7B", 6_738_415_616, "same"),
        ("params_total", "~7B", 6_738_415_616, "approximate"),
        ("vocab_size", "100,000", 95_000, "rounded"),
        ("context_length", "128000", 131_072, "counted"),
        ("context_length", "131072", 128_000, "counted"),
        ("vocab_size", "50257", 50_304, "with"),
        ("n_layers", "32", True, None),
        ("n_layers", "32", "32", None),
    ],
)
def test_the_convention_by_which_a_number_agrees_is_named(attribute, text, exact, how):
    (item,) = read_cell(text, attribute).items
    found = tolerance.same_count(ATTRIBUTES[attribute], item, exact)
    assert (found and found.split()[0]) == how


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("7,000,000,000", 6_500_000_000, 6_499_999_999),  # half of the last digit that is none
        ("7,000,000,000", 7_500_000_000, 7_500_000_001),
        ("100,000", 90_910, 90_909),  # and no more than a tenth
        ("12,300", 12_250, 12_249),
        ("12,300", 12_399, 12_400),  # of three digits the further ones may be cut off
        ("12,000", 12_500, 12_501),  # of two they are rounded
        ("10,000", 10_400, 11_200),
    ],
)
def test_zeros_stand_for_digits_that_are_not_given(text, inside, outside):
    (item,) = read_cell(text, "vocab_size").items
    assert tolerance.rounded(item, inside)
    assert not tolerance.rounded(item, outside)


@pytest.mark.parametrize("text", ["9,000", "12,340", "7B", "10,001"])
def test_a_small_or_a_full_number_or_one_with_a_scale_has_no_zeros_to_stand_for_digits(text):
    (item,) = read_cell(text, "params_total").items
    assert not tolerance.rounded(item, float(item.value) * 1.0001)


def test_a_number_may_go_without_its_further_digits_but_not_with_one_digit_alone():
    (item,), (one,), (bound,), (plain,) = (
        read_cell(text, "vocab_size").items for text in ("65k", "6k", ">65k", "65,000")
    )
    assert [tolerance.truncated(item, exact) for exact in (64_999, 65_000, 65_999, 67_600)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert not tolerance.truncated(one, 6_500)
    assert not tolerance.truncated(bound, 65_500)
    assert not tolerance.truncated(plain, 65_500)


@pytest.mark.parametrize(("text", "attribute"), [("✓", "gated_ffn"), ("GQA", "attention")])
def test_a_word_is_no_count(text, attribute):
    (item,) = read_cell(text, attribute).items
    assert not tolerance.covers(item, 1)
    assert tolerance.same_count(ATTRIBUTES["dropout"], item, 1) is None
    assert tolerance.reach(item) is None


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("0.1999999999999999", True),  # what a float makes of 0.2
        ("0.199999999999999", False),  # one digit fewer is a number of its own
        ("0.1999999999999990", False),
    ],
)
def test_the_last_digits_of_a_float_are_its_conversions(text, covered):
    (item,) = read_cell(text, "dropout").items
    assert tolerance.covers(item, 0.2) is covered


def test_a_bound_reaches_everywhere_and_a_number_a_third_beyond_what_it_covers():
    (bound,), (number,) = (read_cell(text, "params_total").items for text in (">7B", "7.0B"))
    assert tolerance.reach(bound) is None
    ((low, high),) = tolerance.reach(number) or []
    assert (low, high) == (pytest.approx(6.95e9 / 1.3), pytest.approx(7.05e9 * 1.3))


@pytest.mark.parametrize(
    ("attribute", "text", "exact", "agrees"),
    [
        ("training_tokens", "14.5T", 15 * 10**12, True),  # half of the last digit of 15
        ("training_tokens", "14.4T", 15 * 10**12, False),
        ("training_tokens", "1.95T", 2 * 10**12, True),  # of one digit two count: 2.0
        ("training_tokens", "1.94T", 2 * 10**12, False),
        ("training_tokens", "1.235T", 1_230 * 10**9, True),
        ("training_tokens", "1.239T", 1_230 * 10**9, True),  # of three digits one may be cut off
        ("training_tokens", "1.240T", 1_230 * 10**9, False),
        ("training_tokens", "1.225T", 1_230 * 10**9, True),
        ("training_tokens", "1.224T", 1_230 * 10**9, False),
        ("training_tokens", "1.2341T", 1_234 * 10**9, False),  # four digits are not rounded
        ("training_tokens", "14.5T", 14_600 * 10**9, False),  # as many digits are not finer
        ("params_total", "6.74B", 7 * 10**9, False),  # closer to 6.7 than to 7.0
        ("params_total", "6.95B", 7 * 10**9, True),
        ("sliding_window", "4,123", 4_100, False),  # which is printed as it is
    ],
)  # fmt: skip
def test_a_number_may_be_finer_than_the_rounded_one_of_the_base(attribute, text, exact, agrees):
    (item,) = read_cell(text, attribute).items
    found = tolerance.same_count(ATTRIBUTES[attribute], item, exact)
    assert found == ("more precise than the base" if agrees else None)


@pytest.mark.parametrize(
    ("text", "exact", "agrees"),
    [("130K", 129_280, True), ("130K", 124_400, False), ("131K", 129_280, False)],
)
def test_a_vocabulary_may_be_rounded_to_tens_of_thousands(text, exact, agrees):
    (item,) = read_cell(text, "vocab_size").items
    assert (tolerance.same_count(ATTRIBUTES["vocab_size"], item, exact) == "rounded") is agrees


def test_a_count_may_leave_the_embedding_out_or_count_a_tied_one_twice():
    (item,) = read_cell("110M", "params_total").items
    millions = 10**6

    def agrees(total: int, tied: bool) -> bool:
        return tolerance.with_or_without_embeddings(item, total * millions, 40 * millions, tied)

    assert agrees(150, tied=True)  # without its 40
    assert agrees(70, tied=True)  # with a tied 40 counted twice
    assert not agrees(70, tied=False)
    assert agrees(190, tied=False)  # without both
    assert not agrees(190, tied=True)
    assert not agrees(191, tied=False)


@given(
    st.sampled_from(["params_total", "training_tokens", "vocab_size", "context_length", "d_model"]),
    st.integers(1, 10**13),
    st.floats(0.5, 2.0),
)
def test_whatever_agrees_lies_within_the_reach_that_is_looked_at(attribute, number, factor):
    exact = max(1, round(number * factor))
    (item,) = read_cell(f"{number:,}", attribute).items
    if tolerance.same_count(ATTRIBUTES[attribute], item, exact) is not None:
        assert any(low <= exact <= high for low, high in tolerance.reach(item) or [])


@pytest.mark.parametrize(
    ("text", "exact", "yes"),
    [
        ("~30M", 28_572_000, True),
        ("~30M", 28_570_000, False),
        ("~30M", 31_578_000, True),
        ("~30M", 31_580_000, False),
        ("30.0M", 28_800_000, False),
    ],
)
def test_an_approximate_number_may_deviate_by_a_twentieth(text, exact, yes):
    assert agrees("params_total", text, exact) is yes


@pytest.mark.parametrize(
    ("text", "yes"), [("1.1e22", True), ("1.11e22", False), ("9.0e21", True), ("8.9e21", False)]
)
def test_two_estimates_of_the_compute_may_differ_by_a_tenth(text, yes):
    assert agrees("training_compute", text, 1e22) is yes


@pytest.mark.parametrize(("text", "yes"), [("≤ 240", True), ("≤ 248", False)])
def test_a_bound_eight_times_above_tells_nothing(text, yes):
    assert agrees("n_layers", text, 30) is yes


@pytest.mark.parametrize(("text", "yes"), [("up to 128K", True), ("up to 200K", False)])
def test_up_to_a_length_is_the_longest(text, yes):
    assert agrees("context_length", text, 131_072) is yes


@pytest.mark.parametrize(("text", "yes"), [("up to 120B", True), ("up to 170B", False)])
def test_up_to_a_size_is_the_size_of_the_largest(text, yes):
    assert agrees("params_total", text, 120_000_000_000) is yes


@pytest.mark.parametrize(
    ("text", "exact", "same"),
    [
        ("8191", 8192, True),
        ("32760", 32768, True),
        ("32759", 32768, False),
        ("2040", 2048, True),
        ("504", 512, False),  # a hundredth of so short a one is a slip
    ],
)
def test_a_service_may_count_a_context_a_few_tokens_otherwise(text, exact, same):
    assert agrees("context_length", text, exact) is same
