"""Measures: numbers computed from attributes, to filter and sort by: scores, ratios and products.

`evaluation.MMLU`, `evaluation.LAMBADA.accuracy`, `training_tokens / params_total`, `n_heads*head_dim`.
"""

from __future__ import annotations

from decimal import Decimal

from llmnotes import quantities
from llmnotes.errors import InputError, quoted
from llmnotes.knowledge.conditions import Measure, Score, is_measure
from llmnotes.pattern import late
from llmnotes.schema import Attribute, attribute

_PART = r"""[A-Za-z_][\w-]*(?:\.(?:"[^"]*"|'[^']*'|[\w+-]+(?:\.[\w+-]+)*))?|\d[\w.]*"""
_SIGN = r"\s*[/*÷×·]\s*"
MEASURE = (
    rf"(?:{_PART})(?:{_SIGN}(?:{_PART}))+|[A-Za-z_]+\.(?:\"[^\"]*\"|'[^']*'|[\w+-]+(?:\.[\w+-]+)*)"
)
"""A regular expression of a measure: a product, or a name with a point in it."""

_MEASURE = late(MEASURE)
_TOKEN = late(rf"({_PART})|{_SIGN}")


def read_measure(text: str, place: str = "") -> Measure:
    """Parse a measure.

    Raises `InputError` that begins with `place`, with the nearest names for an unknown one.
    """
    text = text.strip()
    if not _MEASURE.fullmatch(text):
        raise InputError(
            f"{place}{quoted(text)} is no ratio or score; write for example d_ff / d_model or "
            "evaluation.MMLU"
        )
    factors: list[Attribute | Score | Decimal] = []
    inverse: list[bool] = []
    divides = False
    for match in _TOKEN.finditer(text):
        if match[1] is None:
            divides = match[0].strip() in "/÷"
            continue
        factors.append(_factor(match[1], place))
        inverse.append(divides)
    return Measure(tuple(factors), tuple(inverse), _named(factors, inverse))


def _named(factors: list[Attribute | Score | Decimal], inverse: list[bool]) -> str:
    text = ""
    for factor, divides in zip(factors, inverse, strict=True):
        sign = "" if not text else "/" if divides else "*"
        text += sign + _name(factor)
    return text


def _name(factor: Attribute | Score | Decimal) -> str:
    if isinstance(factor, Attribute):
        return factor.id
    return f"{factor:f}" if isinstance(factor, Decimal) else str(factor)


def as_measure(text: str, place: str = "") -> Measure:
    """Parse a measure that may be a single attribute."""
    if is_measure(text):
        return read_measure(text, place)
    return Measure((_factor(text, place),), (False,), text)


def _factor(text: str, place: str) -> Attribute | Score | Decimal:
    if text[0].isdigit():
        return quantities.parse(text).value
    name, point, benchmark = text.partition(".")
    found = attribute(name, place)
    if point:
        if found.kind != "results":
            raise InputError(
                f"{place}{found.id} has no parts; only evaluation has, evaluation.MMLU"
            )
        return Score(found, benchmark.strip("\"'"))
    if not found.is_numeric or found.kind in {"batch", "quantity"}:
        raise InputError(f"{place}{found.id} is no plain number to reckon with")
    return found
