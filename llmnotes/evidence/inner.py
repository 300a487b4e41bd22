"""The numbers inside a value, besides the value itself: parameters, shares of data, shots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from llmnotes.evidence.agreement import significant, significant_figures
from llmnotes.schema import Attribute

_IN_WORDS = frozenset({"0", "1", "2", "5"})
"""Significant digits that prose often spells out, or leaves to a formula: a half, one, two, none."""


def inner_numbers(
    attribute: Attribute, value: Any, parameters: Mapping[str, Any]
) -> Iterator[tuple[str, Decimal]]:
    """What each number is called in a sentence, and the number."""
    for name, number in parameters.items():
        if isinstance(number, int | float) and not isinstance(number, bool):
            yield f"the parameter {name}", _decimal(number)
    if attribute.kind == "datasets" and value is not None:
        for item in value:
            if "weight" in item:
                yield f"the share of {item.get('name')}", _decimal(item["weight"])


def unprinted(
    attribute: Attribute, value: Any, parameters: Mapping[str, Any], text: str
) -> str | None:
    """A number inside the value whose digits stand nowhere in a plain text; None where all do."""
    numbers = [
        item
        for item in inner_numbers(attribute, value, parameters)
        if significant(item[1]) not in _IN_WORDS
    ]
    said = _figures(text) if numbers else frozenset()
    for name, number in numbers:
        if significant(number) not in said:
            return f"{name} is {number:f}, which does not stand in the copy"
    return None


@lru_cache(maxsize=16)
def _figures(text: str) -> frozenset[str]:
    return frozenset(significant_figures(text.lower()))


def absent(attribute: Attribute, parameters: Mapping[str, Any], data: Any) -> str | None:
    """A parameter of a claim from a configuration that is the value of none of its keys."""
    there = set(_numbers(data)) if parameters else set()
    for name, number in inner_numbers(attribute, None, parameters):
        if number not in there:
            return f"{name} is {number:f}, which is the value of no key"
    return None


def _numbers(data: Any) -> Iterator[Decimal]:
    if isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _numbers(part)
    elif isinstance(data, int | float) and not isinstance(data, bool):
        yield _decimal(data)


def _decimal(number: float) -> Decimal:
    try:
        return Decimal(repr(number))
    except InvalidOperation:
        return Decimal(0)
