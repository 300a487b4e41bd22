"""Whether shares and rates have the scale that is printed: 0.084 is printed so, or as 8.4%."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from llmnotes.evidence.numbers import numbers
from llmnotes.evidence.texts import plain
from llmnotes.schema import Attribute

_PERCENT = 100
_POWER = re.compile(r"[×·]|x\s*10|10\s*[-^<]")
"""A power of ten, which conversions print in many ways."""


def other_share(value: Any, printed: Collection[Decimal]) -> str | None:
    """A share of the training data that is printed neither as a share of one nor as a percentage."""
    for item in value:
        if "weight" not in item:
            continue
        share = Decimal(repr(item["weight"])).normalize()
        if share and not _forms(share) & set(printed):
            percent = f"{share * _PERCENT:f}"
            return f"the share of {item.get('name')} is {share:f}, but neither it nor {percent}% is printed"
    return None


def other_rate(attribute: Attribute, value: Any, printed: Iterable[str]) -> str | None:
    """A number without a unit that is printed in plain figures, of which none is it or its percentage."""
    if attribute.kind != "number":
        return None
    texts = [plain(text) for text in printed]
    if any(map(_POWER.search, texts)):
        return None
    said = {number.value for text in texts for number in numbers(text)}
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, int | float) and said:
            number = Decimal(repr(item)).normalize()
            if not _forms(number) & said:
                return f"the value is {number:f}, printed is {', '.join(texts)!r}"
    return None


def other_percentage(value: Iterable[Mapping[str, Any]], printed: Iterable[str]) -> str | None:
    """A score that is derived from a share, of which no printed figure is the hundredth part, rounded."""
    said = {number.value for text in printed for number in numbers(plain(text))}
    for item in value:
        if "score" not in item or not said:
            continue
        score = Decimal(repr(item["score"]))
        places = Decimal(f"1e-{len(f'{score:f}'.partition('.')[2])}")
        rounded = {
            (number * factor).quantize(places) for number in said for factor in (1, _PERCENT)
        }
        if score not in rounded:
            return (
                f"{item.get('benchmark')} has {score:f}, which is no percentage of a printed figure"
            )
    return None


def _forms(number: Decimal) -> set[Decimal]:
    return {number, (number * _PERCENT).normalize()}
