"""Whether the printed figures given with a claim agree with its value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from llmnotes.dates import MONTHS
from llmnotes.evidence.numbers import power_of_two
from llmnotes.evidence.texts import plain
from llmnotes.schema import Attribute

_FIGURE = re.compile(r"\d[\d,. ]*\d|\d")
POWER = re.compile(r"(\d+(?:\.\d+)?)\s*(?:[x×·]|times)\s*10\s*(-?\d+)|(\d+(?:\.\d+)?)e([+-]?\d+)")
_UNDERLINED = re.compile(r"(?<=\d)_(?=\d{3}(?!\d))")
"""The separator of thousands in code and TOML: `131_072`."""
_SCALE = re.compile(r"[\s-]*([a-z]+)")
_WRITTEN_OUT = 10_000
"""A larger figure is never in units of 1,024: 200,000 is 200k, not 200 times 1,024."""
_BINARY = re.compile(r"\b2\s*\^?\s*\{?(\d{1,2})\}?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONTH = rf"(?:{'|'.join(MONTHS)})[a-z]*"
_WORDS = frozenset(
    {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
     "eleven", "twelve", "sixteen", "half", "hundred", "thousand", "million", "billion",
     "trillion"}
)  # fmt: skip
_SCALES = frozenset({"hundred", "thousand", "million", "billion", "trillion"})
"""Words that give the scale of the figure before them, which is then decimal."""


def figures_of(attribute: Attribute, value: Any) -> list[Decimal]:
    """The numbers that must be printed for a value; empty where it is not numeric."""
    if attribute.kind == "results":
        return [_decimal(item["score"]) for item in value if "score" in item]
    if attribute.kind == "date":
        return [_decimal(str(value)[:4])]
    if attribute.kind == "batch":
        return [_decimal(stage) for stage in value["stages"]]
    if attribute.kind == "quantity":
        return [_decimal(value["value"])]
    if attribute.kind in {"integer", "number"}:
        items = value if isinstance(value, list) else [value]
        return [_decimal(item) for item in items if isinstance(item, int | float)]
    return []


def disagreement(attribute: Attribute, value: Any, printed: Iterable[str]) -> Decimal | None:
    """A number of the value that no printed figure agrees with; None where all do.

    A scale may be missing, since tables print millions under a heading that says so: only the digits are
    compared. Figures in words, and days without a year, are accepted unchecked.
    """
    texts = [plain(text).lower() for text in printed]
    if any(word in text.split() for text in texts for word in _WORDS - _SCALES):
        return None
    if attribute.kind == "date" and not any(_YEAR.search(text) for text in texts):
        return None
    said = {digits for text in texts for digits in significant_figures(text)}
    for number in figures_of(attribute, value):
        if said and significant(number) not in said:
            return number
    return None


def other_day(value: str, printed: Iterable[str]) -> bool:
    """Whether a date is printed in full whose month or day is not that of the value."""
    found = {date for text in printed for date in _dates(plain(text).lower())}
    return bool(found) and not any(value.startswith(date[: len(value)]) for date in found)


def _dates(text: str) -> Iterator[str]:
    """The days that are written out in a plain text in lower case."""
    for year, month, day in re.findall(r"\b(\d{4})-(\d\d)-(\d\d)\b", text):
        yield f"{year}-{month}-{day}"
    for day, month, year in re.findall(rf"\b(\d{{1,2}})\s+({_MONTH})\.?,?\s+(\d{{4}})\b", text):
        yield f"{year}-{MONTHS.index(month[:3]) + 1:02}-{int(day):02}"
    for month, day, year in re.findall(rf"\b({_MONTH})\.?\s+(\d{{1,2}}),?\s+(\d{{4}})\b", text):
        yield f"{year}-{MONTHS.index(month[:3]) + 1:02}-{int(day):02}"


def spellings(number: Decimal) -> list[str]:
    """A score as tables print it: `86`, `86.0`, `86.00`."""
    short = f"{number.normalize():f}"
    if "." in short:
        return [short, f"{short}0"]
    return [short, f"{short}.0", f"{short}.00"]


def significant_figures(text: str) -> Iterator[str]:
    """The significant digits of every figure in a plain text in lower case, in all its readings."""
    text = _UNDERLINED.sub("", text)
    for match in POWER.finditer(text):
        yield significant(_decimal(match[1] or match[3]))
    for match in _BINARY.finditer(text):
        yield significant(Decimal(2) ** int(match[1]))
    for match in _FIGURE.finditer(text):
        for form in (match[0].replace(",", "").replace(" ", ""), *_apart(match[0])):
            number = _decimal(form.strip(",.").replace(",", ""))
            yield significant(number)
            after = _SCALE.match(text, match.end())
            scale = after[1] if after else ""
            if number < _WRITTEN_OUT and scale in {"", "k", "ki"}:
                yield significant(number * 1024)
            if scale == "k" and (power := power_of_two(number)):
                yield significant(power)
            if scale in {"m", "mi"}:  # 1M tokens are 2^20
                yield significant(number * 1024**2)


def _apart(figures: str) -> Iterator[str]:
    """The figures between the blanks; 2024.09.19 is not a number, but three."""
    for figure in figures.split(" "):
        yield from figure.split(".") if figure.count(".") > 1 else [figure]


def significant(number: Decimal) -> str:
    """The significant digits: `3200000` and `3.2` both as `32`."""
    return "".join(map(str, number.as_tuple().digits)).strip("0") or "0"


def _decimal(number: Any) -> Decimal:
    try:
        return Decimal(str(number))
    except InvalidOperation:
        return Decimal(0)
