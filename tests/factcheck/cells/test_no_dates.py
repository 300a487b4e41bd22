"""What has the form of a date and is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.factcheck.cells.days import find_dates
from llmnotes.factcheck.cells.no_dates import find_no_date


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2023-13", "2023-13"),
        ("2023-02-30", "2023-02-30"),
        ("7023-02-24", "7023-02-24"),
        ("April 31, 2024 (Wikipedia)", "April 31, 2024"),
        ("Feb 6023", "Feb 6023"),
        ("32 May 2023", "32 May 2023"),
        ("13/13/2023", "13/13/2023"),
        ("2023年13月", "2023年13月"),
        ("5018", "5018"),
        ("1949", "1949"),
        ("2050", "2050"),
        ("2050-01", "2050-01"),
    ],
)
def test_a_day_that_no_calendar_has_is_found(text, found):
    assert find_no_date(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "2023-12", "2023-02-28", "April 30, 2024", "Feb 2023", "31 May 2023", "13/12/2023", "12/13/2023",
        "1950", "2049", "2049-12", "2023年12月", "", "soon",
        "2023-24", "2019–20",  # the years from one to the other
        "Llama 4096",  # no month's name
        "version 3 of 2023-13", "April 31, 2024 (v2)",  # figures beside it may make it something else
    ],
)  # fmt: skip
def test_a_day_that_may_be_is_left_alone(text):
    assert find_no_date(text) == ""


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)))
def test_no_day_of_these_years_is_called_impossible(day):
    for form in (
        "%Y-%m-%d",
        "%Y/%m",
        "%d.%m.%Y",
        "%m/%d/%Y",
        "%B %d, %Y",
        "%d %b %Y",
        "%B %Y",
        "%Y",
    ):
        assert find_no_date(day.strftime(form)) == ""


@given(st.text(alphabet="0123456789-/. AprilMay年月,", max_size=24))
def test_what_is_read_as_a_day_is_not_called_impossible(text):
    if find_no_date(text):
        assert not [date for _, _, date in find_dates(text) if len(str(date.value)) == 10]
