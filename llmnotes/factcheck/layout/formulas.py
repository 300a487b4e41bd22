"""Headers that combine attributes: `Heads × d_k`, `D/N`, `params/layer`, `tokens per parameter`."""

from __future__ import annotations

import re
from collections.abc import Callable

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.cells.sizes import ACTIVE, TOTAL
from llmnotes.factcheck.cells.units import scale_of
from llmnotes.pattern import late
from llmnotes.quantities.units import unit_of
from llmnotes.schema import ATTRIBUTES

_OPERATOR = late(r"\s?[×*·⋅÷/∕]\s?|\s[x:]\s|\bper\b", re.IGNORECASE)
_PRODUCT = late(r"[×*·⋅÷]|\sx\s", re.IGNORECASE)
_RELATIVE = late(
    r"\b(?:ratio|growth|increase|reduction|speed-?up|relative|savings?)\b", re.IGNORECASE
)
_SYMBOL = late(r"[A-Za-zΑ-ω](?:_?\{?[A-Za-z0-9]{1,6}\}?)?")
"""A letter with or without an index: `D`, `d_k`, `n_{head}`."""


def is_formula(text: str, meaning: Callable[[str], str | None]) -> bool:
    """Whether a header denotes a value computed from attributes, rather than one of them.

    `meaning` gives the attribute named by a part of the header.
    """
    parts = [part.strip(" ()[]$") for part in _OPERATOR.split(text)]
    if _RELATIVE.search(text):
        return any(map(meaning, re.findall(r"\w+", text)))
    if len(parts) < 2 or not all(parts) or any(map(_is_factor, parts)):
        return False
    named = [meaning(part) for part in parts]
    numbers = [name is not None and ATTRIBUTES[name].is_numeric for name in named]
    symbols = [_SYMBOL.fullmatch(part) is not None for part in parts]
    if any(map(_is_share, parts, named)):
        return False  # `Total / Active Params`: two counts in one cell
    if set(named) <= set(SIZES) or (len(set(named)) == 1 and not all(symbols)):
        return False  # `Total/Active Params`, `Params/Size`: a list, or two names of one thing
    operands = [number or symbol for number, symbol in zip(numbers, symbols, strict=True)]
    if _PRODUCT.search(text):
        return all(operands)
    divisors = [unit_of(part) != "" or part.lower() in _DIVISORS for part in parts[1:]]
    return operands[0] and all(d or o for d, o in zip(divisors, operands[1:], strict=True))


_SHARES = frozenset(["total", "active", "activated", "act"])
_DIVISORS = frozenset(["s", "sec", "second", "gpu", "device", "day", "hour", "node", "sample"])


def _is_share(part: str, name: str | None) -> bool:
    """Whether a part is a word for the active parameters or for all of them, in any language."""
    if part.lower() in _SHARES:
        return True
    said = ACTIVE.match(part) or TOTAL.match(part)
    return name is None and said is not None and " " not in part


def _is_factor(part: str) -> bool:
    """Whether a part is a number or a scale: `LR ×10⁻⁴`, `Params/B`."""
    scale = scale_of(part)
    return part[0].isdigit() or (scale is not None and bool(scale.text))
