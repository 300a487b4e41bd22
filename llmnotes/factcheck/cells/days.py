"""Parses dates in a cell, in many notations."""

from __future__ import annotations

import re

from llmnotes import dates
from llmnotes.errors import InputError
from llmnotes.factcheck.cells import parts_of_year
from llmnotes.factcheck.cells.months import MONTHS
from llmnotes.factcheck.cells.months import month as month_number
from llmnotes.factcheck.cells.reading import Item
from llmnotes.pattern import late
from llmnotes.quantities.notation import FIGURES

_NAME = r"(?P<name>[^\W\d_]{3,12})\.?"
_OF = r"(?:del?\s+|do\s+|of\s+)?"
_TURNED = "|".join(MONTHS["hungarian"])
PATTERNS = (
    *parts_of_year.PATTERNS,
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[年년]\s*(?:(?P<month>\d{1,2})\s*[月월]\s*)?"
    r"(?:(?P<day>\d{1,2})\s*[日号號일])?",
    r"(?<!\d)(?P<short>1[5-9]|2\d)\s*年\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*[日号號])?",
    r"(?<!\w)(?:(?P<day>\d{1,2})\s+)?tháng\s+(?P<month>\d{1,2})(?:\s*[,/.-]\s*|\s+)(?:năm\s+)?(?P<year>(?:19|20)\d\d)(?!\d)",
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)\.\s+(?P<name>{_TURNED})(?:\s+(?P<day>\d{{1,2}})(?!\d))?",
    r"(?<!\d)(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])/(?:0[1-9]|1[0-2])(?![\d/-])",
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.–](?P<month>\d{1,2})(?:[-/.–](?P<day>\d{1,2}))?(?!\d)",
    r"(?<!\d)(?P<year>20[0-4]\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)?(?!\d)",
    r"(?<!\d)(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>(?:19|20)\d\d)(?!\d)",
    rf"(?<!\w)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?[\s-]+{_OF}{_NAME}[\s,-]+{_OF}(?P<year>(?:19|20)\d\d)(?!\d)",
    rf"(?<!\w){_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)(?!\d)",
    rf"(?<!\w){_NAME}[\s,'’/-]*{_OF}(?P<year>(?:19|20)\d\d)(?!\d)",
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)[\s,-]+{_NAME}(?!\w)",
    rf"(?<!\w){_NAME}\s*[-'’/]\s*(?P<short>\d\d)(?!\d)",
    r"(?<!\d)(?P<short>1[5-9]|2\d)\.(?P<month>\d{1,2})\.(?P<day>\d{1,2})(?!\d)",
    r"(?<!\d)(?P<month>0?[1-9]|1[0-2])/(?P<year>20\d\d)(?!\d)",
    r"\A\s*(?P<short>1[5-9]|2[0-6])/(?P<month>0[1-9]|1[0-2])\s*\Z",
    r"\A\s*(?P<month>0?[1-9]|1[0-2])/(?P<short>1[5-9]|2[0-6])\s*\Z",
    r"\A\s*(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<short>\d\d)\s*\Z",
    r"(?<![\d.])(?P<year>(?:19[5-9]|20[0-4])\d)(?![\d.]*\d)",
    r"(?<!\w)['’](?P<short>1[5-9]|2\d)(?!\w)",
)
"""The notations of dates, the longer ones first."""
_FORMS = tuple(late(pattern, re.IGNORECASE) for pattern in PATTERNS)


def find_dates(text: str) -> list[tuple[int, int, Item]]:
    """The dates of a text with their offsets; a day before a month name may also follow it."""
    found: list[tuple[int, int, Item]] = []
    if not text.isascii():
        text = text.translate(FIGURES)
    for form in _FORMS:
        for match in form.finditer(text):
            if any(match.start() < end and start < match.end() for start, end, _ in found):
                continue
            item = _date(match)
            if item:
                found.append((match.start(), match.end(), item))
    return sorted(found, key=lambda found: found[0])


def _date(match: re.Match[str]) -> Item | None:
    parts = match.groupdict()
    year = parts.get("year") or "20" + (parts.get("short") or "")
    if part := parts.get("part"):
        return parts_of_year.part_of_year(match[0], year, part)
    month, day = parts.get("month"), parts.get("day")
    if parts.get("name"):
        number = month_number(parts["name"])
        if number is None:
            return None
        month = str(number)
    if parts.get("first") and parts.get("short"):
        return _short(match[0], parts["first"], parts["second"], parts["short"])
    if parts.get("first"):
        return _numeric(match[0], year, parts["first"], parts["second"])
    value = _valid(year, month, day)
    return Item(value, match[0]) if value else None


def _numeric(text: str, year: str, first: str, second: str) -> Item | None:
    """A numeric date; `07/18/2023` has one reading, `03/04/2023` two."""
    return _either(text, _valid(year, first, second), _valid(year, second, first))


def _short(text: str, first: str, second: str, third: str) -> Item | None:
    """A numeric date with a year of two figures, which may stand last or first: `03/16/23`, `23/03/16`."""
    last = f"20{third}" if third in _YEARS else ""
    begun = f"20{first}" if first in _YEARS else ""
    return _either(
        text,
        _valid(last, first, second) if last else None,
        _valid(last, second, first) if last else None,
        _valid(begun, second, third) if begun else None,
    )


_YEARS = frozenset(map(str, range(15, 27)))
"""Years of two figures in which models came out."""


def _either(text: str, *readings: str | None) -> Item | None:
    """A date with the other readings that it has."""
    values = list(dict.fromkeys(filter(None, readings)))
    if not values:
        return None
    return Item(values[0], text, others=tuple(Item(value, text) for value in values[1:]))


def _valid(year: str, month: str | None, day: str | None) -> str | None:
    try:
        return dates.parse("-".join(part for part in (year, month, day) if part))
    except InputError:
        return None
