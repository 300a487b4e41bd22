"""Finds every number in free text."""

from __future__ import annotations

import re
from functools import lru_cache

from llmnotes.pattern import ByScript
from llmnotes.quantities.grammar import Number, number, read, simple
from llmnotes.quantities.units import unit_words

_FIND = ByScript(
    lambda keep: (
        rf"""(?<![\w.])(?:(?<![A-Za-z]-)|(?<=\d[kKmMbBtTgG]-))(?<!\d,\d)
    {number(keep)}
    (?P<plus>\+(?!\s?\d))?
    (?:[\s-]{{0,4}}(?P<unit>{unit_words(keep)}))?
    (?P<percent>\s?%)?
    (?![A-Za-z0-9_]|\.\d|\s?/\s?(?:sqrt|√|\())"""
    ),
    re.VERBOSE | re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def find_numbers(text: str) -> tuple[Number, ...]:
    """Every number in a normalized text, except those in names (`GPT-3`, `C4`, `v0.1`)."""
    if not any(map(str.isdigit, text)):
        return ()
    match = simple(text)
    matches = _FIND.finditer(text) if match is None else (match,)
    return tuple(found for match in matches if (found := read(match)) is not None)
