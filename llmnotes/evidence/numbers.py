"""The numbers of a text as values: `2 × 10^-4`, `1e-6`, `500k` and `10,000`, each with its offset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_APART = re.compile(
    r"(?<=\d) ?\. (?=\d)|(?<=\d)(?<![a-z]\d) \.(?=\d)|(?<=\b0):(?=\d)|(?<=\b\d):(?=\d+e)"
)
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:(?: \d{3}){2,}|(?:, \d{3})+)(?![\d.])")
"""Thousands with blanks between them: `20 000 000`, `10, 000`."""
"""The point of a number as some conversions of PDF print it: `0 . 95`, `0:95`, `5:0e-5`."""
_SUPERSCRIPT = re.compile(r"</?sup>")
_NUMBER = re.compile(
    r"(?<![\w.])(?:(?P<factor>\d+(?:\.\d+)?)\s*(?:[x×·]|times)\s*)?10\s*\^?\s*(?P<power>-\s?\d{1,2})(?!\d|\.\d)"
    r"|(?P<mantissa>\d+(?:\.\d+)?)e(?P<exponent>[+-]?\d{1,2})(?!\d)"
    r"|(?P<plain>\d+(?:[,_]\d{3})+(?:\.\d+)?|\d*\.?\d+)(?:\s?(?P<scale>[kmb]|thousand|million|billion)\b)?"
)
_SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "b": 9, "billion": 9}


class PlacedNumber(NamedTuple):
    """A number and where it begins."""

    value: Decimal
    start: int


def power_of_two(thousands: Decimal) -> Decimal | None:
    """The power of two that has so many whole thousands: 131k tokens are 131,072; None where none has."""
    power = 1 << int(thousands * 1000).bit_length()
    return Decimal(power) if power // 1000 == thousands else None


@lru_cache(maxsize=32)
def normal(text: str) -> str:
    """A plain text in lower case with its numbers in one piece; the offsets of `numbers` are those in it."""
    return _APART.sub(".", _SUPERSCRIPT.sub("", text.lower()))


def numbers(text: str) -> Iterator[PlacedNumber]:
    """Every number of a plain text in all its readings: `4k` is 4, 4,000 and 4,096, `131k` 131,072 too."""
    text = normal(text)
    for group in _GROUPED.finditer(text):
        yield PlacedNumber(Decimal(re.sub(r"[, ]", "", group[0])).normalize(), group.start())
    for found in _NUMBER.finditer(text):
        start = found.start()
        if power := found["power"]:
            exponent = int(re.sub(r"\s", "", power))
            yield PlacedNumber(Decimal(found["factor"] or 1).scaleb(exponent).normalize(), start)
        elif mantissa := found["mantissa"]:
            yield PlacedNumber(Decimal(mantissa).scaleb(int(found["exponent"])).normalize(), start)
        else:
            value = Decimal(found["plain"].replace(",", "").replace("_", ""))
            yield PlacedNumber(value.normalize(), start)
            if scale := found["scale"]:
                yield PlacedNumber(value.scaleb(_SCALES[scale]).normalize(), start)
                if scale == "k":
                    yield PlacedNumber((value * 1024).normalize(), start)
                    if power := power_of_two(value):
                        yield PlacedNumber(power.normalize(), start)
