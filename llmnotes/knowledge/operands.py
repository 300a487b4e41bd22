"""Operands of comparisons, from the text people write: numbers, ranges, round figures, dates, words."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from llmnotes import dates, quantities
from llmnotes.errors import InputError
from llmnotes.knowledge import names
from llmnotes.knowledge.conditions import Comparison
from llmnotes.quantities import Quantity
from llmnotes.schema import Attribute
from llmnotes.values import parse_value
from llmnotes.vocabulary import canonical, fold


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers from `low` to `high`, each bound open or closed; None is no bound."""

    low: float | None
    high: float | None
    open_low: bool = False
    open_high: bool = False
    unit: str | None = None

    def holds(self, number: float) -> bool:
        """Whether `number` lies between the bounds."""
        above = self.low is None or number > self.low or (number == self.low and not self.open_low)
        below = (
            self.high is None or number < self.high or (number == self.high and not self.open_high)
        )
        return above and below


class DateBound(NamedTuple):
    """One bound of a date: its earliest or latest possible day against a day, as ISO texts."""

    operator: str
    day: str
    earliest: bool

    def holds(self, date: str) -> bool:
        """Whether the canonical `date` lies on the right side."""
        day = dates.first_day(date) if self.earliest else dates.last_day(date)
        return {
            ">=": day >= self.day, ">": day > self.day, "<=": day <= self.day, "<": day < self.day,
        }[self.operator]  # fmt: skip


class Word(NamedTuple):
    """A term, name or text, and how a value is held against it."""

    text: str
    match: Literal["exactly", "folded", "inside"]

    def holds(self, value: str) -> bool:
        """Whether an element of a value is what was asked for."""
        if self.match == "exactly":
            return value == self.text
        return self.text == fold(value) if self.match == "folded" else self.text in fold(value)


def interval(comparison: Comparison, *, published: bool = False) -> Interval:
    """The numbers that satisfy `attribute operator text`.

    A lenient comparison takes round figures as meant: `8k` reaches from 8,000 to 8,192, and `= 7B` is
    every exact count that rounds to it; `published` asks for the rounded figure itself.

    Raises `InputError` where the text is no number or range.
    """
    low_text, high_text = _bounds(comparison)
    if low_text == high_text == "":
        raise InputError(
            f"{comparison.attribute.id}: {comparison.text!r} has no bound; write for example 7B..70B"
        )
    lows = _readings(comparison, low_text) if low_text else []
    highs = _readings(comparison, high_text) if high_text else []
    low = _plain(min(read.value for read in lows)) if lows else None
    high = _plain(max(read.value for read in highs)) if highs else None
    unit = _unit(comparison.attribute, (highs or lows)[0])
    if low is not None and high is not None and low > high:
        raise InputError(f"{comparison.attribute.id}: {comparison.text!r} begins above its end")
    equal = comparison.lenient and comparison.operator == "=" and low_text == high_text
    if equal and comparison.attribute.fallback and not published and lows[0].scale:
        low, high = _plain(lows[0].low), _plain(lows[0].high)  # all digits written out are exact
    return Interval(
        low, high, comparison.operator == ">" and ".." not in comparison.text,
        comparison.operator == "<" and ".." not in comparison.text, unit,
    )  # fmt: skip


def _bounds(comparison: Comparison) -> tuple[str, str]:
    text = comparison.text.strip()
    if ".." in text:
        if comparison.operator not in {"=", "in"}:
            raise InputError(
                f"{comparison.attribute.id}: a range such as {text!r} goes with =, not {comparison.operator}"
            )
        low, high = text.split("..", 1)
        return low.strip(), high.strip(" .")
    return {
        "=": (text, text), ">=": (text, ""), ">": (text, ""), "<=": ("", text), "<": ("", text),
    }[comparison.operator]  # fmt: skip


def _readings(comparison: Comparison, text: str) -> list[Quantity]:
    """What a text may mean: a lenient `8k` of a length is 8,192 and 8,000."""
    attribute = comparison.attribute
    try:
        readings = [quantities.parse(text, binary=attribute.binary)]
        if comparison.lenient and attribute.binary:
            readings.append(quantities.parse(text))
    except InputError as error:
        raise InputError(f"{attribute.id}: {error}") from error
    return readings


def _plain(value: Decimal) -> float:
    whole = value == value.to_integral_value() and abs(value) < _LARGEST_STORED
    return int(value) if whole else float(value)


_LARGEST_STORED = 2**63
"""Beyond this SQLite holds numbers as floats."""


def _unit(attribute: Attribute, quantity: Quantity) -> str | None:
    unit = quantity.unit
    vocabulary = {"batch": "batch_unit", "quantity": attribute.vocabulary}.get(attribute.kind)
    if vocabulary is None:
        if unit and not (attribute.unit or "").startswith(unit[:5]):
            raise InputError(
                f"{attribute.id}: {quantity.text!r} has the unit {unit!r} where none belongs"
            )
        return None
    return canonical(vocabulary, unit) if unit else next(iter(_DEFAULT_UNITS[attribute.kind]))


_DEFAULT_UNITS = {"batch": ("tokens",), "quantity": ("steps",)}


def date_bounds(comparison: Comparison) -> list[DateBound]:
    """The bounds of a date or of a range of dates, `2023-02..2024`.

    A date known only to its year is compared by all its days, or leniently by any of them.
    Raises `InputError` where the text is no date or range.
    """
    text = comparison.text
    if ".." in text:
        first, last = (part.strip() for part in text.split("..", 1))
        bounds = [(first, ">="), (last, "<=")]
    elif comparison.operator == "=":
        bounds = [(text, ">="), (text, "<=")]
    else:
        bounds = [(text, comparison.operator)]
    found = [_date_bound(comparison, part, operator) for part, operator in bounds if part]
    if not found:
        raise InputError(f"{comparison.attribute.id}: {text!r} has no bound; write 2023..2024-06")
    return found


def _date_bound(comparison: Comparison, text: str, operator: str) -> DateBound:
    date = dates.parse(text)
    first, last = dates.first_day(date), dates.last_day(date)
    day = {">=": first, ">": last, "<=": last, "<": first}[operator]
    return DateBound(operator, day, (operator in {">=", ">"}) != comparison.lenient)


def flag(comparison: Comparison) -> bool:
    """Yes or no; raises `InputError` for anything else."""
    return bool(parse_value(comparison.attribute, comparison.text))


def word(connection: sqlite3.Connection, comparison: Comparison) -> Word:
    """The term, model, organization or text that is asked for.

    Raises `InputError` with the nearest ones where it is no term and nothing is called so.
    """
    attribute, text = comparison.attribute, comparison.text
    if attribute.kind == "organizations":
        return Word(names.organization(connection, text), "exactly")
    if attribute.kind == "models":
        return Word(names.find(connection, text, ("model",)).id, "exactly")
    if attribute.vocabulary:
        value = parse_value(attribute, text)
        return Word(str(value[0] if isinstance(value, list) else value), "exactly")
    return Word(fold(text), "inside" if comparison.operator == "has" else "folded")
