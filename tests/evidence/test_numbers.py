"""Numbers are read as values, however a conversion printed them."""

from decimal import Decimal

import pytest

from llmnotes.evidence.numbers import numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a rate of 6.0 × 10-4.", "6e-4"),
        ("an epsilon of 10-8,", "1e-8"),
        ("eps=1e-6", "1e-6"),
        ("a base of 500k", "500000"),
        ("a base of 10,000", "10000"),
        ("4k tokens", "4096"),
        ("131k tokens", "131072"),
        ("1048k tokens", "1048576"),
        ("1.5 million steps", "1500000"),
        ("β2 = 0 . 95", "0.95"),
        ("β2 = 0:95", "0.95"),
        ("10<sup>-5</sup>", "1e-5"),
        (".5", "0.5"),
        ("--adam-beta2 .95", "0.95"),
        ("a base of 20 000 000", "20000000"),
        ("θ is set to 10, 000", "10000"),
    ],
)
def test_a_number_is_read(text, value):
    assert Decimal(value).normalize() in {number.value for number in numbers(text)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("130k", "131072"),
        ("132k", "131072"),
        ("40.5", "5"),
        ("6.0 × 10-4", "6"),
        ("2.10.5", "5"),
        ("1e-6", "1"),
        ("10,000", "10"),
    ],
)
def test_a_part_of_a_number_is_none(text, value):
    assert Decimal(value).normalize() not in {number.value for number in numbers(text)}


def test_a_number_has_the_offset_at_which_it_begins():
    text = "The base is 10,000 there."

    assert [number.start for number in numbers(text)] == [text.index("10,000")]
