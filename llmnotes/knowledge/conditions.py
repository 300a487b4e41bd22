"""Conditions on attributes, as `filter` options, `--where` and the Python API state them."""

from __future__ import annotations

from dataclasses import dataclass, field

from llmnotes.knowledge.measures import Measure
from llmnotes.schema import STATUSES, Attribute

OPERATORS = ("=", "!=", "<=", ">=", "<", ">")

STATES = ("unknown", "known", *STATUSES)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`attribute operator text`; `lenient` takes people's round numbers as the options do.

    `text` is the operand as written, without quotes where it was `quoted`; `place` says where it
    stands, for complaints about it.
    """

    attribute: Attribute
    operator: str
    text: str
    lenient: bool = False
    place: str = field(default="", compare=False)
    quoted: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class MeasureComparison:
    """`measure operator text`: a score or a ratio against a number or a range."""

    measure: Measure
    operator: str
    text: str
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class State:
    """`attribute is state`: unknown, known, or a status."""

    attribute: Attribute
    state: str


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    inner: Condition


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds."""

    parts: tuple[Condition, ...]


Condition = Comparison | MeasureComparison | State | Not | And | Or
