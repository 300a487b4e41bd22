"""Parses operands of comparisons with numbers and dates: ranges, tolerances of round figures."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from llmnotes import dates, quantities
from llmnotes.errors import InputError, quoted
from llmnotes.knowledge.conditions import Comparison, MeasureComparison
from llmnotes.quantities.units import unit_of
from llmnotes.schema import Attribute
from llmnotes.values import parse_value
from llmnotes.vocabulary import VOCABULARIES, canonical

if TYPE_CHECKING:
    from llmnotes.quantities import Quantity


class Interval(NamedTuple):
    """Numbers from `low` to `high`, each bound open or closed; None means unbounded."""

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
        """Whether the canonical `date` satisfies the bound."""
        day = dates.first_day(date) if self.earliest else dates.last_day(date)
        return {
            ">=": day >= self.day, ">": day > self.day, "<=": day <= self.day, "<": day < self.day,
        }[self.operator]  # fmt: skip


def interval(comparison: Comparison, *, published: bool = False) -> Interval:
    """The interval of numbers that satisfy `attribute operator text`.

    A lenient comparison widens round figures: `8k` is 8,000 to 8,192, and `= 7B` is every exact count that
    rounds to it; `published` selects the rounded figure itself.

    Raises `InputError` where the text is not a number or range, or lacks a required unit.
    """
    attribute, lenient = comparison.attribute, comparison.lenient
    bounds = _Bounds.read(attribute.id, comparison.operator, comparison.text)
    lows = _readings(attribute, bounds.low, lenient)
    highs = _readings(attribute, bounds.high, lenient)
    unit = _unit(attribute, [*lows, *highs], comparison.text)
    equal = lenient and comparison.operator == "=" and bounds.low == bounds.high
    if equal and attribute.fallback and not published and lows[0].scale:
        # A number with all digits written out is exact.
        return Interval(_plain(lows[0].low), _plain(lows[0].high), unit=unit)
    return bounds.interval(
        [reading.value for reading in lows], [reading.value for reading in highs], unit
    )


def measured(test: MeasureComparison) -> Interval:
    """The numbers that satisfy `measure operator text`; raises `InputError` for an invalid text."""
    bounds = _Bounds.read(test.measure.text, test.operator, test.text)
    low, high = ([_bare(test, text)] if text else [] for text in (bounds.low, bounds.high))
    return bounds.interval(low, high)


def _bare(test: MeasureComparison, text: str) -> Decimal:
    found = quantities.parse(text)
    if found.unit:
        raise InputError(f"{test.measure.text}: {quoted(text)} has a unit where none belongs")
    return found.value


class _Bounds(NamedTuple):
    """The texts of the two bounds of an operand, empty for an open end."""

    name: str
    operator: str
    text: str
    low: str
    high: str

    @classmethod
    def read(cls, name: str, operator: str, text: str) -> _Bounds:
        low, high = {">": (text, ""), "<": ("", text)}.get(operator[0], (text, text))
        if ".." in text:
            if operator != "=":
                raise InputError(
                    f"{name}: a range such as {quoted(text)} goes with =, not {operator}"
                )
            low, high = text.split("..", 1)
            high = high.strip(" .")  # of three dots
        low, high = low.strip(), high.strip()
        if not low and not high:
            raise InputError(f"{name}: {quoted(text)} has no bound; write for example 7B..70B")
        return cls(name, operator, text, low, high)

    def interval(
        self, lows: list[Decimal], highs: list[Decimal], unit: str | None = None
    ) -> Interval:
        """From the least reading of the lower bound to the greatest of the upper one."""
        low = _plain(min(lows)) if lows else None
        high = _plain(max(highs)) if highs else None
        if low is not None and high is not None and low > high:
            raise InputError(f"{self.name}: {quoted(self.text)} begins above its end")
        return Interval(low, high, self.operator == ">", self.operator == "<", unit)


def _readings(attribute: Attribute, text: str, lenient: bool) -> list[Quantity]:
    """The readings of a text: a lenient `8k` of a length is 8,192 and 8,000."""
    if not text:
        return []
    try:
        readings = [quantities.parse(text, binary=attribute.binary)]
        if lenient and attribute.binary:
            readings.append(quantities.parse(text))
    except InputError as error:
        raise InputError(f"{attribute.id}: {error}") from error
    return readings


def _plain(value: Decimal) -> float:
    whole = value == value.to_integral_value() and abs(value) < _LARGEST_STORED
    return int(value) if whole else float(value)


_LARGEST_STORED = 2**63
"""SQLite stores larger numbers as floats."""


def _unit(attribute: Attribute, bounds: list[Quantity], text: str) -> str | None:
    """The unit of the bounds; None where the attribute has only one."""
    units = {bound.unit for bound in bounds if bound.unit}
    vocabulary = {"batch": "batch_unit", "quantity": attribute.vocabulary}.get(attribute.kind)
    if vocabulary is None:
        wrong = [unit for unit in units if unit_of(unit) != attribute.unit]
        if wrong:
            raise InputError(
                f"{attribute.id}: {quoted(text)} has the unit {wrong[0]!r} where none belongs"
            )
        return None
    terms = {canonical(vocabulary, unit, f"{attribute.id}: ") for unit in units}
    if len(terms) != 1:
        problem = "is in two units" if terms else "needs a unit"
        example = " or ".join(
            f"{bounds[0].text} {unit}" for unit in list(VOCABULARIES[vocabulary])[:2]
        )
        raise InputError(f"{attribute.id}: {quoted(text)} {problem}; write {example}")
    return terms.pop()


def date_bounds(comparison: Comparison, *, possible: bool = False) -> list[DateBound]:
    """The bounds of a date or of a range of dates, `2023-02..2024`.

    A date known only to its year must satisfy the bounds with all its days, or with any of them where the
    comparison is lenient or `possible` is set. Raises `InputError` where the text is not a date or range.
    """
    name, text = comparison.attribute.id, comparison.text
    bounds = _Bounds.read(name, comparison.operator, text)
    if ".." in text or comparison.operator == "=":
        sides = [(bounds.low, ">="), (bounds.high, "<=")]
    else:
        sides = [(bounds.low or bounds.high, comparison.operator)]
    any_day = comparison.lenient or possible
    found = [_date_bound(name, day, operator, any_day) for day, operator in sides if day]
    if len(found) == 2 and found[0].day > found[1].day:
        raise InputError(f"{name}: {quoted(text)} begins after its end")
    return found


def _date_bound(name: str, text: str, operator: str, any_day: bool) -> DateBound:
    try:
        date = dates.parse(text)
    except InputError as error:
        raise InputError(f"{name}: {error}") from error
    first, last = dates.first_day(date), dates.last_day(date)
    day = {">=": first, ">": last, "<=": last, "<": first}[operator]
    return DateBound(operator, day, (operator in {">=", ">"}) != any_day)


def flag(comparison: Comparison) -> bool:
    """Yes or no; raises `InputError` for anything else."""
    return bool(parse_value(comparison.attribute, comparison.text))
