"""Compiles a comparison into a predicate on the value of a claim, without a database query."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Any

from llmnotes.knowledge.conditions import Comparison
from llmnotes.knowledge.operands import date_bounds, flag, interval
from llmnotes.knowledge.terms import term
from llmnotes.schema import Attribute
from llmnotes.values import elements

Predicate = Callable[[Any], bool]


def satisfies(
    connection: sqlite3.Connection, comparison: Comparison
) -> Callable[[str | None], bool]:
    """The predicate of a comparison on the JSON of a claim's value.

    `connection` resolves the names of models and organizations. Raises `InputError` where the operand
    cannot be parsed.
    """
    holds = _predicate(connection, comparison)
    return lambda text: text is not None and holds(json.loads(text))


def _predicate(connection: sqlite3.Connection, comparison: Comparison) -> Predicate:
    attribute = comparison.attribute
    if attribute.kind == "date":
        bounds = date_bounds(comparison)
        return lambda value: all(bound.holds(value) for bound in bounds)
    if attribute.is_numeric:
        wanted = interval(comparison)
        return lambda value: any(map(wanted.holds, _figures(attribute, value, wanted.unit)))
    if attribute.kind == "flag":
        yes = flag(comparison)
        return lambda value: value == yes
    asked = term(connection, comparison)
    return lambda value: any(asked.holds(str(item)) for item in elements(attribute, value))


def _figures(attribute: Attribute, value: Any, unit: str | None) -> list[float]:
    """The numbers of a value that are given in `unit`."""
    if attribute.kind == "batch":
        return [value["stages"][-1]] if value["unit"] == unit else []
    if attribute.kind == "quantity":
        return [value["value"]] if value["unit"] == unit else []
    return elements(attribute, value)
