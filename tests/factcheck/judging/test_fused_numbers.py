"""Numbers that several have grown into, and numbers too large to be one."""

from __future__ import annotations

import pytest

from llmnotes.attributes.printed import PRINTED
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.judging.fused_numbers import impossible, parted, parts_of, written_out


@pytest.mark.parametrize("attribute", ["n_layers", "d_model", "vocab_size", "context_length"])
def test_a_number_beyond_the_largest_is_no_single_one(attribute):
    largest = int(PRINTED[attribute].largest or 0)
    at, beyond = (read_cell(f"{n:,}", attribute).items[0] for n in (largest, largest + 1))
    assert not impossible(attribute, at)
    assert impossible(attribute, beyond)


def test_an_attribute_without_a_largest_number_has_no_impossible_one():
    assert not impossible("sliding_window", read_cell(f"{10**15:,}", "sliding_window").items[0])


def item(text: str):
    (found,) = read_cell(text, "sliding_window").items
    return found


@pytest.mark.parametrize(
    ("text", "known", "parts"),
    [
        ("4,096,819,218,432", [4096, 8192, 18432], (4096, 8192, 18432)),
        ("40968192", [4096, 8192], (4096, 8192)),  # written out without marks too
        ("4096", [40, 96, 4096], ()),  # a value itself
        ("40964096", [4096, 8192], ()),  # twice the same is no sign of two
        ("4096", [4096, 8192], ()),
        ("40968", [4096, 8192], ()),  # a rest that is no value
        ("74096", [4096, 8192], ()),
        ("128", [12, 8, 28], ()),  # one digit is no part
        ("1232", [12, 32.0, True], ()),  # only whole numbers are
        ("4096", [4096], ()),
        ("4.096M", [40, 96, 4096], ()),  # nor is a number with a scale written out
    ],
)
def test_a_number_is_parted_into_at_least_two_different_known_ones(text, known, parts):
    assert parted(item(text), parts_of(known)) == parts


def test_a_part_has_two_digits_and_is_whole():
    assert parts_of([9, 10, 99.0, True, "32", 4096]) == {"10", "4096"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1,234", True),
        ("1234", True),
        ("1k", False),
        ("~1234", False),
        ("1" * 40, True),
        ("1" * 41, False),
    ],
)
def test_what_is_written_out_is_digits_and_marks_alone(text, written):
    assert written_out(item("1234")._replace(text=text)) is written


@pytest.mark.parametrize(
    ("text", "held", "parts"),
    [
        ("4,096,819,218,432", (4096, 8192, 18432), (4096, 8192, 18432)),
        ("4060", (40, 60, 80), (40, 60)),
        ("12,288", (12, 288), (12, 288)),
        ("12,288", (96, 12288), ()),
        ("3232", (32,), ()),
        ("32", (32, 40), ()),
        ("4060k", (40, 60), ()),
    ],
)
def test_a_fused_number_is_parted_into_values_that_there_are(
    text: str, held: tuple[int, ...], parts: tuple[int, ...]
) -> None:
    item = read_cell(text, "context_length").items[0]

    assert parted(item, parts_of(held)) == parts
