"""The syntax tree of conditions from `filter` options, `--where` and the Python API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from llmnotes.schema import Attribute


def is_measure(text: str) -> bool:
    """Whether a name has the form of a score or a ratio, `evaluation.MMLU` or `d_ff / d_model`."""
    return any(sign in text for sign in "./*÷×·")


@dataclass(frozen=True, slots=True)
class Comparison:
    """`attribute operator text`; `lenient` accepts round numbers as the options do.

    `text` is the operand as written, without quotes where it was `quoted`; `place` is its position for
    error messages.
    """

    attribute: Attribute
    operator: str
    text: str
    lenient: bool = False
    place: str = field(default="", compare=False)
    quoted: bool = field(default=False, compare=False)


class Score(NamedTuple):
    """The best result on a benchmark, as written: `MMLU`, perhaps with a metric, `LAMBADA.accuracy`."""

    attribute: Attribute
    benchmark: str

    def __str__(self) -> str:
        """The benchmark as written."""
        plain = self.benchmark.replace("-", "").replace("+", "").replace(".", "").isalnum()
        return f"{self.attribute.id}." + (self.benchmark if plain else f'"{self.benchmark}"')


class Measure(NamedTuple):
    """A product of factors; `inverse` marks the divisors. `text` is its name."""

    factors: tuple[Attribute | Score | Decimal, ...]
    inverse: tuple[bool, ...]
    text: str

    def attributes(self) -> Iterator[Attribute]:
        """The attributes that must be known."""
        for factor in self.factors:
            if not isinstance(factor, Decimal):
                yield factor.attribute if isinstance(factor, Score) else factor

    def over(self, other: Measure) -> Measure:
        """This measure divided by another."""
        return Measure(
            self.factors + other.factors,
            self.inverse + tuple(not divides for divides in other.inverse),
            f"{self.text}/({other.text})",
        )


@dataclass(frozen=True, slots=True)
class MeasureComparison:
    """`measure operator text`: a score or a ratio against a number or a range."""

    measure: Measure
    operator: str
    text: str
    place: str = field(default="", compare=False)


class State(NamedTuple):
    """`attribute is state`: unknown, known, or a status."""

    attribute: Attribute
    state: str


class Not(NamedTuple):
    """The condition does not hold."""

    inner: Condition


class And(NamedTuple):
    """All parts hold."""

    parts: tuple[Condition, ...]


class Or(NamedTuple):
    """At least one part holds."""

    parts: tuple[Condition, ...]


Condition = Comparison | MeasureComparison | State | Not | And | Or
