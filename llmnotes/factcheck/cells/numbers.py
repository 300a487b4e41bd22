"""Numbers inside a cell, each with what it covers by the precision it is written with."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from llmnotes.factcheck.cells.units import BINARY, SCALE_WORDS, SCALES, UNIT_WORDS, unit_of
from llmnotes.pattern import late

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_RAISED = late("[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_SPACED = late(r"^[~≈<>\s]*\d{1,3}(?: \d{3})+(?=\s*[A-Za-z+]*\s*$)")
_DECIMAL_COMMA = late(r"(?<=(?<![\d.,])0),(?=\d{1,3}\s*[BbMmTt])")
_PLAIN = late(r"(?!0,)[A-Za-z0-9.,]*")
_LONGEST_CELL = 5_000

_NUMBER = late(
    rf"""(?<![\w.])(?:(?<![A-Za-z]-)|(?<=\d[kKmMbBtTgG]-))(?<!\d,\d)
    (?P<number>
        (?<!\d,)\d{{1,3}}(?:(?:,\d{{3}})+(?!,?\d)|(?:['_]\d{{3}})+(?!\d))(?:\.\d+)?
      | \d+(?:\.\d+)? | \.\d+
    )
    (?:(?P<stray>\.)?[eE](?P<exponent>[+-]?\d{{1,3}})(?!\d))?
    (?:\s*(?:\^|\*\*)\s*[{{(]?(?P<power>-?\d{{1,3}})[}})]?)?
    (?:\s*[x×*·⋅∙]\s*(?:1[eE](?P<spelled>[+-]?\d{{1,2}})(?!\d)|10\s*(?:(?:\^|\*\*)\s*[{{(]?\s*(?P<tens>[+-]?\s?\d{{1,2}})[}})]?
        |(?P<flat>[+-]\s?\d{{1,2}}|[1-9]\d?)(?!\d))))?
    (?:\s*(?P<scale>{SCALE_WORDS}))?
    (?P<plus>\+(?!\s*\d))?
    (?:[\s-]*(?P<unit>{UNIT_WORDS}))?
    (?P<percent>\s*%)?
    (?![A-Za-z0-9_]|\.\d|\s*/\s*(?:sqrt|√|\())""",
    re.VERBOSE | re.IGNORECASE,
)


class Number(NamedTuple):
    """A number where it stands: mantissa, own factor, and how it is written."""

    start: int
    end: int
    text: str
    mantissa: Decimal
    quantum: Decimal
    digits: int
    scale: str
    unit: str
    at_least: bool
    misprinted: bool

    def scaled(self, factor: Decimal) -> tuple[Decimal, Decimal, Decimal]:
        """The value under a factor, and the least and the largest exact value it may stand for."""
        value, half = self.mantissa * factor, self.quantum * factor / 2
        return value, value - half, value + half


@lru_cache(maxsize=2000)
def normalized(text: str) -> str:
    """Text in which equal signs are equal: minus signs, superscripts, full-width letters."""
    text = text[:_LONGEST_CELL]
    if _PLAIN.fullmatch(text):
        return text
    text = re.sub("(?<=\\d)[\u2009\u202f\u00a0](?=\\d{3}(?!\\d))", ",", text)
    text = _SPACED.sub(lambda match: match[0].replace(" ", ","), text)
    text = _DECIMAL_COMMA.sub(".", text)
    text = _RAISED.sub(_raised, text)
    text = unicodedata.normalize("NFKC", text).replace("−", "-").replace("∼", "~")
    return re.sub(r"(?<=10)\s?[–—](?=\d)", "-", text)


def _raised(match: re.Match[str]) -> str:
    before = match.string[: match.start()]
    sign = "^" if re.search(r"\d\s?$", before) else ""
    return sign + match[0].translate(_SUPERSCRIPTS)


def whole_number(text: str) -> Number:
    """The number of a text that is nothing but digits."""
    value = Decimal(text)
    quantum = _plain_quantum(value)
    digits = _telling_digits(value, quantum)
    return Number(0, len(text), text, value, quantum, digits, "", "", False, False)


def find_numbers(text: str) -> list[Number]:
    """Every number of a normalized text that is not part of a name (`GPT-3`, `C4`, `v0.1`)."""
    found = []
    for match in _NUMBER.finditer(text):
        number = _number(match)
        if number is not None:
            found.append(number)
    return found


def _number(match: re.Match[str]) -> Number | None:
    try:
        written = Decimal(re.sub(r"[,'_]", "", match["number"]))
        exponent = int(match["exponent"] or 0)
        tens = int((match["tens"] or match["flat"] or match["spelled"] or "0").replace(" ", ""))
        power = match["power"]
        mantissa = written.scaleb(exponent + tens)
        quantum = Decimal(1).scaleb(_places(written) + exponent + tens)
        if power is not None:
            mantissa, quantum = written ** int(power), Decimal(0)
        if not mantissa.is_finite() or abs(mantissa.adjusted()) > 40:
            return None
    except (InvalidOperation, ValueError, OverflowError):
        return None
    scale = (match["scale"] or "").strip()
    sized = re.fullmatch(r"([kmgtp]i?)b", match["unit"] or "", re.IGNORECASE)
    if sized and not scale:
        scale = sized[1]
    plain = not (scale or exponent or tens or power)
    if plain:
        quantum = _plain_quantum(written)
    if scale and scale in _ROUND_ZEROS:
        quantum = _round_quantum(written, _ROUND_ZEROS[scale])
    if match["percent"]:
        scale, quantum = "%", Decimal(1).scaleb(_places(written))
    written_scale = scale or ("^" if power is not None else "e" if exponent or tens else "")
    return Number(
        match.start(), match.end(), match[0].strip(), mantissa, quantum,
        _telling_digits(written, quantum if plain else Decimal(0)),
        written_scale, unit_of(match["unit"] or ""), bool(match["plus"]),
        bool(match["stray"]) and "." in match["number"],
    )  # fmt: skip


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _telling_digits(number: Decimal, quantum: Decimal) -> int:
    """How many digits say something: of 7,000,000,000 only the first."""
    digits = len(number.as_tuple().digits)
    return digits - max(quantum.adjusted(), 0) if quantum else digits


def _plain_quantum(number: Decimal) -> Decimal:
    """How finely a number without a scale is given.

    A small count is exact. Of a count of many digits the zeros at its end say nothing: 94,000,000
    is a figure in millions.
    """
    places = _places(number)
    if places < 0 and number != number.to_integral_value():
        return Decimal(1).scaleb(places)
    whole = int(number)
    if whole < 1_000_000:
        return Decimal(0)
    digits = str(whole)
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(10) ** zeros if zeros >= 3 else Decimal(0)


_ROUND_ZEROS = {"亿": 1, "億": 1, "万": 2, "萬": 2}
"""Zeros that these scales force upon a figure: 7B is written 70亿, 1M is written 100万."""


def _round_quantum(number: Decimal, zeros: int) -> Decimal:
    if number != number.to_integral_value() or not number:
        return Decimal(1).scaleb(_places(number))
    digits = str(int(number))
    return Decimal(10) ** min(zeros, len(digits) - len(digits.rstrip("0")))


def plain_number(value: Decimal) -> int | float:
    """A Decimal as the plain number that a claim holds."""
    return int(value) if value == value.to_integral_value() else float(value)


def factors(scale: str, binary: bool) -> tuple[Decimal, ...]:
    """What a scale multiplies by, the likelier meaning first: `k` of a context length is 1,024."""
    key = scale.lower()
    decimal = Decimal(SCALES.get(key, 1)) if scale != "%" else Decimal("0.01")
    if key in BINARY and binary:
        return Decimal(BINARY[key]), decimal
    if key in BINARY:
        return decimal, Decimal(BINARY[key])
    return (decimal,)
