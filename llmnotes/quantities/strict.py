"""Parses a text that is exactly one quantity, as in data files and on the command line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from llmnotes.errors import InputError, quoted
from llmnotes.pattern import ByScript, late
from llmnotes.quantities.grammar import number as number_pattern
from llmnotes.quantities.grammar import read, simple
from llmnotes.quantities.marks import bound, is_about
from llmnotes.quantities.notation import normalized
from llmnotes.quantities.scales import AMBIGUOUS, factors

_LONGEST, _SHOWN = 200, 30
"""Characters of a quantity that are read, and of one that an error shows."""
_QUANTITY = ByScript(
    lambda keep: (
        rf"(?P<sign>[+-]?){number_pattern(keep)}\s{{0,4}}-?\s{{0,4}}(?P<words>[^\W\d_][^\d~≈<>]*)?"
    ),
    re.VERBOSE | re.IGNORECASE,
)
_DECIMAL_COMMA = late(r"[+-]?\d+,\d+\s?(?P<scale>[^\W\d_]*)")
_MARKED = late(r"(?P<mark>[^\d+.-]+)(?P<rest>[+-]?[\d.].*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact number with its unit and the range of exact values it may round.

    `7B` is 7,000,000,000 and rounds 6.5 to 7.5 billion; `scale` is the `B`, empty where all digits are
    written out; `digits` counts the significant ones; `text` is as written.
    """

    value: Decimal
    unit: str | None = None
    low: Decimal = field(default=Decimal(0), compare=False)
    high: Decimal = field(default=Decimal(0), compare=False)
    digits: int = field(default=0, compare=False)
    scale: str = field(default="", compare=False)
    text: str = field(default="", compare=False)

    @property
    def integer(self) -> int:
        """The value as an integer; raises `InputError` where it is not integral."""
        if self.value != self.value.to_integral_value():
            raise InputError(f"{self.value} is not a whole number")
        return int(self.value)


def parse(text: str, *, binary: bool = False) -> Quantity:
    """Parse a quantity; with `binary`, `4k` is 4,096 (as context lengths are written).

    Raises `InputError` naming the text where it is not a quantity or is ambiguous.
    """
    plain = normalized(text).strip() if len(text) <= _LONGEST else ""
    match = simple(plain)
    if match is None and any(map(str.isdigit, plain)):
        match = _QUANTITY.fullmatch(plain)
    if match is None:
        raise InputError(f"{quoted(text)} is not a quantity; {_advice(plain)}")
    number = read(match)
    if number is None:
        raise InputError(f"{quoted(text)} is not a quantity of a sensible size")
    if number.scale.lower() in AMBIGUOUS:
        first, second = (f"{factor:,}" for factor in AMBIGUOUS[number.scale.lower()])
        raise InputError(
            f"{quoted(text)} is ambiguous: {number.scale} is {first} to some and {second} to "
            "others; write k, M or T"
        )
    sign = -1 if match["sign"] == "-" else 1
    value, low, high = (sign * part for part in number.scaled(factors(number.scale, binary)[0]))
    unit = (match["words"] or "").strip()
    return Quantity(
        value,
        unit or None,
        min(low, high),
        max(low, high),
        number.digits,
        number.scale,
        text.strip(),
    )


def _advice(plain: str) -> str:
    """A correction for a text that is not a quantity."""
    comma = _DECIMAL_COMMA.fullmatch(plain)
    if comma:
        point, apart = plain.replace(",", "."), plain.replace(",", comma["scale"] + " and ")
        return f"its comma may be a decimal sign or a list: write {point}, or {apart}"
    marked = _MARKED.fullmatch(plain)
    if marked and is_about(marked["mark"]):
        return f"it is only about so much: write {marked['rest'][:_SHOWN]}, or a range"
    if marked and (sign := bound(marked["mark"])):
        rest = marked["rest"][:_SHOWN]
        return f"it is a limit: write {rest + '..' if '>' in sign else '..' + rest} as a range"
    return "write for example 7B, 1.4T, 4k or 2^15"


def parse_integer(text: str, *, binary: bool = False) -> int:
    """Parse an integer without a unit; raises `InputError` otherwise."""
    quantity = parse(text, binary=binary)
    if quantity.unit:
        raise InputError(f"{text!r} has the unit {quantity.unit!r} where none belongs")
    return quantity.integer
