"""The grammar of a written number: digits, powers, scale and precision."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from llmnotes.pattern import Keep, late
from llmnotes.quantities.scales import COMMA_WORDS, MYRIADS, ROUND_ZEROS, SCALES, factors
from llmnotes.quantities.units import unit_of

LARGEST_EXPONENT = 40
"""Bound on powers of ten against hostile input, above any quantity of this field."""


def any_of(words: Iterable[str]) -> str:
    """A regular expression of the words, the longest first."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in longest_first)


NO_LETTER = "(?![A-Za-zÀ-ɏЀ-ӿͰ-ϿḀ-ỿؠ-ۿ])"
"""No other letter may follow a scale in letters; a Chinese, Korean or Thai word may."""
_COMMAS = [word for language in COMMA_WORDS.values() for word in language]
COMMA_SCALES = any_of(_COMMAS)
"""A regular expression of the scales before which a comma is the decimal separator."""
_MYRIAD = any_of(MYRIADS)
_LAST_OF_MYRIADS = "".join(sorted({word[-1] for word in MYRIADS}))


def scale_words(keep: Keep) -> str:
    """A regular expression of every scale, of the words kept, for patterns that ignore case."""
    kept = [word for word in SCALES if keep(word)]
    in_letters = f"(?:{any_of(word for word in kept if word not in MYRIADS)}){NO_LETTER}"
    return "|".join([in_letters, *filter(None, [any_of(filter(keep, MYRIADS))])])


_MORE = rf"""(?P<more>(?:(?<=[{_LAST_OF_MYRIADS}])\s?\d{{1,9}}(?:\.\d{{1,9}})?\s?(?:{_MYRIAD})){{1,3}})?"""
_GAP = r"[^\S\n]{0,4}"


def number(keep: Keep) -> str:
    """A regular expression of one number, with the scales kept, for verbose patterns that ignore case."""
    comma = any_of(filter(keep, _COMMAS))
    return rf"""
    (?P<number>
        (?<!\d,)\d{{1,3}}(?:(?:,\d{{3}})+(?!,?\d)(?:\.\d+)?(?!\s?(?:{comma}){NO_LETTER})
            |(?:['_]\d{{3}})+(?!\d)(?:\.\d+)?)
      | (?P<comma>(?<!\d,)(?:\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:,\d+)?(?=\s?(?:{comma}){NO_LETTER})
          | (?<!\d,)\d+,\d{{1,2}}(?=\s?(?:m|b|tr)illions?\b)
          | (?<![\d,])\d{{1,3}}(?:\.\d{{3}}){{2,}}(?:,\d+)?(?![.,]?\d))
      | \d+(?:\.\d+)? | \.\d+
    )
    (?:(?P<stray>\.)?[eE]\^?\{{?(?P<exponent>[+-]?\d{{1,3}})(?!\d)\}}?)?
    (?:{_GAP}(?:\^|\*\*){_GAP}[{{(]?(?P<power>-?\d{{1,3}})(?!\d)[}})]?)?
    (?:{_GAP}[x×*·⋅∙]{_GAP}(?:1[eE](?P<spelled>[+-]?\d{{1,2}})(?!\d)
        |10{_GAP}(?:(?:\^|\*\*){_GAP}[{{(]?\s?(?P<tens>[+-]?\s?\d{{1,2}})(?!\d)[}})]?
            |(?P<flat>[+-]\s?\d{{1,2}}|[1-9]\d?)(?!\d))))?
    (?:{_GAP}(?P<scale>{scale_words(keep)}))?
    {_MORE if keep(_MYRIAD) else ""}
"""


_GROUPS = (
    "comma",
    "stray",
    "exponent",
    "power",
    "spelled",
    "tens",
    "flat",
    "more",
    "sign",
    "words",
)
_SIMPLE = late(
    r"(?P<number>\d{1,3}(?:,\d{3}){1,9}|\d{1,30}(?:\.\d{1,30})?)(?P<scale>[kmbt])?"
    + "".join(f"(?P<{name}>(?!))?" for name in _GROUPS),
    re.IGNORECASE | re.ASCII,
)


def simple(text: str) -> re.Match[str] | None:
    """A match of a whole text like `4096`, `1.5` or `7B`, with the groups of `number`.

    Most cells are so simple, and the full grammar takes milliseconds to compile.
    """
    return _SIMPLE.fullmatch(text)


class Number(NamedTuple):
    """A parsed number: mantissa, scale and precision.

    `quantum` is the weight of the last significant digit (0 for an exact number) and `digits` the number of
    significant digits, both before the scale is applied. `scale` is as written: a letter or word, `%`, `^`
    for a power or `e` for a power of ten, which the mantissa includes.
    """

    start: int
    end: int
    text: str
    mantissa: Decimal
    quantum: Decimal
    digits: int
    scale: str
    unit: str = ""
    at_least: bool = False
    misprinted: bool = False

    def scaled(self, factor: Decimal) -> tuple[Decimal, Decimal, Decimal]:
        """The value with a scale factor applied, and the least and the greatest exact value it may round."""
        value, half = self.mantissa * factor, self.quantum * factor / 2
        return value, value - half, value + half


def whole_number(text: str) -> Number:
    """The number of a text that consists of digits."""
    value = Decimal(text)
    quantum = _plain_quantum(value)
    return Number(0, len(text), text, value, quantum, _telling_digits(value, quantum), "")


def read(match: re.Match[str]) -> Number | None:
    """The number matched by a pattern with the groups of `NUMBER`; None where it is too large.

    The groups `unit`, `plus` and `percent` are read where the pattern has them.
    """
    groups = match.groupdict()
    try:
        return _read(match, groups)
    except (InvalidOperation, ValueError, OverflowError):
        return None


def _read(match: re.Match[str], groups: dict[str, str | None]) -> Number | None:
    written = _written(groups)
    exponent = int(groups["exponent"] or 0) + int(
        (groups["tens"] or groups["flat"] or groups["spelled"] or "0").replace(" ", "")
    )
    power = groups["power"]
    mantissa = written.scaleb(exponent)
    quantum = Decimal(1).scaleb(_places(written) + exponent)
    if power is not None:
        if abs(int(power)) * max(abs(written.adjusted()), 1) > 4 * LARGEST_EXPONENT:
            return None
        mantissa, quantum = (written ** int(power)).scaleb(exponent), Decimal(0)
    if not mantissa.is_finite() or abs(mantissa.adjusted()) > LARGEST_EXPONENT:
        return None
    scale = (groups["scale"] or "").strip() or _scale_of_bytes(groups.get("unit") or "")
    plain = not (scale or exponent or power)
    if plain:
        quantum = _plain_quantum(written)
    digits = _telling_digits(written, quantum if plain else Decimal(0))
    if scale:
        quantum = _round_quantum(written, scale, quantum)
    if groups.get("more"):
        mantissa, quantum, digits = _compound(mantissa, scale, groups["more"] or "")
        scale = "e"
    if groups.get("percent"):
        scale, quantum = "%", Decimal(1).scaleb(_places(written))
    return Number(
        match.start(), match.end(), match[0].strip(), mantissa, quantum, digits,
        scale or ("^" if power is not None else "e" if exponent else ""),
        unit_of(groups.get("unit") or ""), bool(groups.get("plus")),
        bool(groups["stray"]) and "." in match["number"],
    )  # fmt: skip


def _written(groups: dict[str, str | None]) -> Decimal:
    text = groups["number"] or ""
    if not groups["comma"]:
        return Decimal(re.sub(r"[,'_]", "", text))
    # With a decimal comma, points between groups of three digits separate thousands: 65.200 millones.
    whole, _, fraction = text.partition(",")
    if not fraction and not re.fullmatch(r"\d{1,3}(?:\.\d{3})+", whole):
        return Decimal(whole)
    return Decimal(whole.replace(".", "") + (f".{fraction}" if fraction else ""))


def _scale_of_bytes(unit: str) -> str:
    """The scale within a unit of bytes: `G` of `GB`."""
    sized = re.fullmatch(r"([kmgtp]i?)b", unit, re.IGNORECASE)
    return sized[1] if sized else ""


def _compound(first: Decimal, scale: str, more: str) -> tuple[Decimal, Decimal, int]:
    """Value, quantum and digits of a compound number: 1조 5천억 is 1.5 trillion."""
    total = first * factors(scale, False)[0]
    last, written = Decimal(SCALES.get(scale, 1)), first
    for figure, word in re.findall(rf"(?<![\d.])(\d{{1,9}}(?:\.\d{{1,9}})?)\s?({_MYRIAD})", more):
        factor = Decimal(SCALES[word])
        written = Decimal(figure)
        if written * factor >= last:
            raise ValueError(more)
        total, last = total + written * factor, factor
    quantum = last.scaleb(_places(written))
    return total, quantum, total.adjusted() - quantum.adjusted() + 1


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _telling_digits(number: Decimal, quantum: Decimal) -> int:
    """The number of significant digits: one in 7,000,000,000."""
    digits = len(number.as_tuple().digits)
    return digits - max(quantum.adjusted(), 0) if quantum else digits


def _plain_quantum(number: Decimal) -> Decimal:
    """The quantum of a number without a scale.

    A small count is exact. Trailing zeros of a count of many digits are not significant: 94,000,000 is
    given in millions.
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


def _round_quantum(number: Decimal, scale: str, quantum: Decimal) -> Decimal:
    """The quantum of a number whose scale forces trailing zeros.

    7B is 70亿, and 7.000 millones where a language has no word for a billion.
    """
    zeros = 3 if number >= 1000 and factors(scale, False)[0] == 10**6 else ROUND_ZEROS.get(scale, 0)
    if not zeros or number != number.to_integral_value() or not number:
        return quantum
    digits = str(int(number))
    return quantum.scaleb(min(zeros, len(digits) - len(digits.rstrip("0"))))


def plain_number(value: Decimal) -> int | float:
    """A Decimal as the int or float that a claim holds."""
    return int(value) if value == value.to_integral_value() else float(value)
