"""Parses the scale and unit in a header, which apply to the numbers below it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from llmnotes.pattern import ByScript, late
from llmnotes.quantities.grammar import scale_words
from llmnotes.quantities.scales import factors
from llmnotes.quantities.units import unit_of, unit_words


class Scale(NamedTuple):
    """The scale of a header: a factor, its notation, and a unit.

    The `k` of a context length may be 1,024 or 1,000, which is decided when a cell is parsed.
    """

    factor: Decimal = Decimal(1)
    text: str = ""
    unit: str = ""


_POWER = late(
    r"(?:[x×*·]\s*)?(?:10\s*(?:\^|\*\*)?\s*[{(]?(?P<ten>[+-]?\d{1,2})[})]?|1?e(?P<e>[+-]?\d{1,2}))$",
    re.IGNORECASE,
)

_SCALED_UNIT = ByScript(
    lambda keep: rf"(?P<scale>{scale_words(keep)})[\s.]*(?:of\s+)?(?P<unit>{unit_words(keep)})?",
    re.IGNORECASE,
)


def scale_of(text: str) -> Scale | None:
    """The scale or unit in a header's brackets; None where the words are something else."""
    words = re.sub(
        r"^(?:in|单位)\s*[:：]?\s+|^(?:单位)[:：]?|^[#×x*]\s*(?=[a-z万亿千百十])",
        "",
        text.strip(),
        flags=re.I,
    )
    words = re.sub(r"\s?(?:of\s)?(?:数量|个数|数)$", "", words)
    power = _POWER.match(words.replace(" ", ""))
    if power:
        return Scale(Decimal(10) ** int(power["ten"] or power["e"]), words)
    if words[:1].isdigit():  # `65B`, from a name: no unit or scale begins with a digit
        return None
    unit = unit_of(words)
    if unit:
        return Scale(unit=unit)
    match = _SCALED_UNIT.fullmatch(words)
    if match:
        return Scale(
            factors(match["scale"], False)[0], match["scale"], unit_of(match["unit"] or "")
        )
    return None
