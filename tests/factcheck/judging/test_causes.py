"""Why a cell is false: slips of a digit, dates near the right one."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging.causes import one_edit


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("2022", "2023", True),
        ("2022", "2033", False),  # two digits changed
        ("124", "142", True),  # neighbours swapped
        ("124", "421", False),  # swapped, and not neighbours
        ("1234", "1432", False),
        ("32", "320", True),  # one added
        ("32", "3200", False),  # two added
        ("320", "32", True),
        ("117", "340", False),
        ("5", "6", False),  # a single digit says nothing
        ("12", "12", False),
    ],
)
def test_one_digit_changed_lost_added_or_swapped_with_its_neighbour_is_a_slip(first, second, near):
    assert one_edit(first, second) is near
    assert one_edit(second, first) is near


@pytest.mark.parametrize(
    ("date", "cause"),
    [
        ("2024-04", "wrong-date"),  # 24 months after PaLM
        ("2024-05", "unexplained"),  # 25
        ("2020-04", "wrong-date"),
        ("2032-04", "digit-slip"),
        ("2024", "wrong-date"),
        ("2025", "digit-slip"),
    ],
)
def test_a_date_within_two_years_is_another_date_and_not_mistyped(cell, date, cause):
    assert cell("PaLM 540B", "Release date", date).cause == cause


@pytest.mark.parametrize(
    ("header", "text", "cause"),
    [
        ("Heads", "8192", "other-attribute"),  # 100 and more tells by its size alone
        ("Layers", "28672", "other-attribute"),
        ("Layers", "64", "other-attribute"),  # 64 heads: smaller, and nothing else explains it
        ("Heads", "8", "other-attribute"),
    ],
)
def test_a_large_number_of_another_attribute_explains_a_cell(cell, header, text, cause):
    assert cell("Llama 2 70B", header, text).cause in {cause, "other-generation"}


@pytest.mark.parametrize(
    ("text", "cause"),
    [("1.4B", "unit-slip"), ("1400B", None), ("14T", "digit-slip"), ("140B", "digit-slip")],
)
def test_a_factor_of_units_is_told_from_one_of_ten(cell, text, cause):
    assert cell("LLaMA 65B", "Training tokens", text).cause == cause
