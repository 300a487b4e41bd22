"""Dates that keep their precision: `2023`, `2023-02` or `2023-02-24`, and the days they span."""

from __future__ import annotations

import re
from calendar import monthrange

from llmnotes.errors import InputError
from llmnotes.pattern import late

_ISO = late(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The first three letters of the English months."""
_NAMED = late(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([a-z]{3,9})\.?\s*(\d{1,2})?,?\s+(\d{4})$", re.I)


def parse(text: str) -> str:
    """The canonical form of a date at the precision it was written with.

    Raises `InputError` for anything that is not a date between 1900 and 2199.
    """
    text = text.strip()
    if iso := _ISO.match(text):
        return _canonical(text, *iso.groups())
    if named := _NAMED.match(text):
        before, month, after, year = named.groups()
        if month[:3].lower() in MONTHS:
            number = str(MONTHS.index(month[:3].lower()) + 1)
            return _canonical(text, year, number, before or after)
    raise InputError(f"{text[:40]!r} is not a date; write 2023, 2023-02 or 2023-02-24")


def _canonical(text: str, year: str, month: str | None, day: str | None) -> str:
    valid = 1900 <= int(year) <= 2199 and (month is None or 1 <= int(month) <= 12)
    if valid and month and day:
        valid = 1 <= int(day) <= monthrange(int(year), int(month))[1]
    if not valid:
        raise InputError(f"{text[:40]!r} is not a day of the calendar")
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])


def first_day(date: str) -> str:
    """The first day a canonical date may mean: `2023-02` begins on `2023-02-01`."""
    return (date + "-01-01")[:10] if len(date) == 4 else (date + "-01")[:10]


def last_day(date: str) -> str:
    """The last day a canonical date may mean: `2023-02` ends on `2023-02-28`."""
    if len(date) == 4:
        return date + "-12-31"
    if len(date) == 7:
        return f"{date}-{monthrange(int(date[:4]), int(date[5:7]))[1]:02d}"
    return date
