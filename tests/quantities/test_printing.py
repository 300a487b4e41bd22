"""Printed numbers, and parsing them back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes import quantities


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (6_738_415_616, "6.74B"),
        (13_015_864_320, "13.0B"),
        (13_000_000_000, "13B"),
        (1_000_000_000_000, "1.0T"),
        (110_000_000, "110M"),
        (999_999, "1.00M"),
        (512, "512"),
    ],
)
def test_a_large_number_is_shortened_to_three_digits(number, text):
    assert quantities.compact(number) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [(4096, "4,096"), (1e-5, "1e-5"), (0.1, "0.1"), (3.14e23, "3.14e23"), (1.5e-4, "1.5e-4")],
)
def test_an_exact_number_keeps_all_its_digits(number, text):
    assert quantities.exact(number) == text


@given(st.integers(min_value=0, max_value=10**15))
def test_an_exact_count_reads_back_as_itself(number):
    assert quantities.parse(quantities.exact(number)).integer == number


@given(st.integers(min_value=0, max_value=10**15))
def test_a_shortened_count_reads_back_within_half_a_percent(number):
    again = quantities.parse(quantities.compact(number)).value

    assert abs(int(again) - number) <= number * 0.005


@given(st.floats(min_value=1e-12, max_value=1e30))
def test_a_rate_reads_back_as_itself(number):
    assert float(quantities.parse(quantities.exact(number)).value) == pytest.approx(
        number, rel=1e-12
    )
