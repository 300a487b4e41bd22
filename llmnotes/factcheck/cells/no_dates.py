"""Finds what has the form of a date and is none: `2023-13`, `April 48, 2024`, the year `5018`."""

from __future__ import annotations

import re
from calendar import monthrange

from llmnotes.factcheck.cells.days import PATTERNS
from llmnotes.factcheck.cells.months import month as month_number
from llmnotes.pattern import late

_THIS_OR_LAST_CENTURY = r"(?:19|20)\d\d"
_FORMS = tuple(
    late(pattern.replace(_THIS_OR_LAST_CENTURY, r"\d{4}"), re.IGNORECASE)
    for pattern in PATTERNS
    if _THIS_OR_LAST_CENTURY in pattern
)
_YEAR = late(r"\s*(\d{4})\s*")
_YEARS = range(1950, 2050)
"""The years in which a language model, or what it rests on, may have been published."""


def find_no_date(text: str) -> str:
    """The part of a text that has the form of a date, where there is no such day or year; else empty.

    A text with other figures beside it is left alone, for it may be no date at all.
    """
    if year := _YEAR.fullmatch(text):
        return "" if int(year[1]) in _YEARS else year[1]
    found = [match for form in _FORMS if (match := form.search(text))]
    whole = max(found, key=lambda match: len(match[0]), default=None)
    if whole is None or _may_be_meant(whole):
        return ""
    around = text[: whole.start()] + text[whole.end() :]
    return "" if any(c.isdigit() for c in around) else whole[0].strip()


def _may_be_meant(match: re.Match[str]) -> bool:
    """Whether there is such a day, or the text may be something else: the years of `2023-24`."""
    parts = match.groupdict()
    year, day = int(parts["year"]), parts.get("day")
    if name := parts.get("name"):
        number = month_number(name)
        return number is None or _is_day(year, number, int(day or 1))
    if first := parts.get("first"):
        one, other = int(first), int(parts["second"])
        return _is_day(year, one, other) or _is_day(year, other, one)
    month = int(parts.get("month") or 1)
    return _is_day(year, month, int(day or 1)) or (day is None and month > max(12, year % 100))


def _is_day(year: int, month: int, day: int) -> bool:
    return year in _YEARS and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
