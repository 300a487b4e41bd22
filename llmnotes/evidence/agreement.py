"""Whether the printed figures given with a claim agree with its value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from llmnotes.evidence.texts import plain
from llmnotes.schema import Attribute

_FIGURE = re.compile(r"\d[\d,. ]*\d|\d")
_POWER = re.compile(r"(\d+(?:\.\d+)?)\s*(?:[x×·]|times)\s*10\s*(-?\d+)|(\d+(?:\.\d+)?)e([+-]?\d+)")
_SCALE = re.compile(r"[\s-]*([a-z]+)")
_WRITTEN_OUT = 10_000
"""A larger figure is never in units of 1,024: 200,000 is 200k, not 200 times 1,024."""
_BINARY = re.compile(r"\b2\s*\^?\s*\{?(\d{1,2})\}?")
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
    compared. Figures in words are accepted unchecked.
    """
    texts = [plain(text).lower() for text in printed]
    if any(word in text.split() for text in texts for word in _WORDS - _SCALES):
        return None
    said = {digits for text in texts for digits in _digits(text)}
    for number in figures_of(attribute, value):
        if said and _significant(number) not in said:
            return number
    return None


def spellings(number: Decimal) -> list[str]:
    """A score as tables print it: `86`, `86.0`, `86.00`."""
    short = f"{number.normalize():f}"
    if "." in short:
        return [short, f"{short}0"]
    return [short, f"{short}.0", f"{short}.00"]


def _digits(text: str) -> Iterator[str]:
    for match in _POWER.finditer(text):
        yield _significant(_decimal(match[1] or match[3]))
    for match in _BINARY.finditer(text):
        yield _significant(Decimal(2) ** int(match[1]))
    for match in _FIGURE.finditer(text):
        apart = "[ .]" if match[0].count(".") > 1 else "[ ]"  # 2024.09.19 is not a number
        for form in (match[0].replace(",", "").replace(" ", ""), *re.split(apart, match[0])):
            number = _decimal(form.strip(",.").replace(",", ""))
            yield _significant(number)
            after = _SCALE.match(text, match.end())
            scale = after[1] if after else ""
            if number < _WRITTEN_OUT and scale in {"", "k", "ki"}:
                yield _significant(number * 1024)
            if scale in {"m", "mi"}:  # 1M tokens are 2^20
                yield _significant(number * 1024**2)


def _significant(number: Decimal) -> str:
    """The significant digits: `3200000` and `3.2` both as `32`."""
    return "".join(map(str, number.as_tuple().digits)).strip("0") or "0"


def _decimal(number: Any) -> Decimal:
    try:
        return Decimal(str(number))
    except InvalidOperation:
        return Decimal(0)
