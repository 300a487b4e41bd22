"""Quarters, halves and looser parts of a year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.factcheck.cells.days import find_dates


def months(text):
    found = find_dates(text)
    assert len(found) == 1
    item = found[0][2]
    return [one.value for one in (item, *item.others)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Q1 2025", 1, 3), ("2025.Q1", 1, 3), ("2025 Q4", 10, 12), ("4Q 2025", 10, 12), ("Q3'25", 7, 9),
        ("2025-Q2", 4, 6), ("H1 2025", 1, 6), ("2025H2", 7, 12),
        ("early 2025", 1, 5), ("mid-2025", 4, 9), ("late 2025", 8, 12), ("end of 2025", 10, 12),
        ("début 2025", 1, 4), ("Mitte 2025", 4, 9), ("finales de 2025", 10, 12),
        ("2025年第二季度", 4, 6), ("2025年上半年", 1, 6), ("2025年底", 10, 12), ("2025年後半", 7, 12),
        ("2025년 상반기", 1, 6),
    ],
)  # fmt: skip
def test_a_part_of_a_year_is_any_of_its_months(text, first, last):
    assert months(text) == [f"2025-{month:02d}" for month in range(first, last + 1)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025年中国发布", "2025"), ("2025年3月", "2025-03"), ("Q5 2025", "2025"),
        ("latest 2025", "2025"), ("final 2025-03", "2025-03"), ("2025", "2025"),
    ],
)  # fmt: skip
def test_other_words_beside_a_year_are_no_part_of_it(text, value):
    assert months(text) == [value]


@given(st.integers(2015, 2026), st.integers(1, 4))
def test_the_quarters_of_a_year_have_each_month_once(year, quarter):
    every = [month for number in range(1, 5) for month in months(f"Q{number} {year}")]
    assert every == [f"{year}-{month:02d}" for month in range(1, 13)]
    assert months(f"{year}Q{quarter}") == months(f"{quarter}Q {year}")
