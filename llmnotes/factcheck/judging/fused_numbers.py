"""Several numbers fused into one: `4,096,819,218,432` for 4096, 8192, 18432."""

from __future__ import annotations

from collections.abc import Iterable

from llmnotes.attributes.printed import PRINTED
from llmnotes.factcheck.cells.reading import Item
from llmnotes.pattern import late

_WRITTEN_OUT = late(r"\d+(?:[,'_]\d+)*")
_NO_DIGIT = late(r"\D")
_LONGEST = 40
_FEWEST_DIGITS = 2
"""Minimum digits of a part: with one-digit parts nearly every number would be a concatenation."""


def written_out(item: Item) -> bool:
    """Whether a value consists only of digits and thousands separators."""
    return len(item.text) <= _LONGEST and _WRITTEN_OUT.fullmatch(item.text) is not None


def impossible(attribute: str, item: Item) -> bool:
    """Whether a written-out number exceeds the attribute's largest value."""
    largest = PRINTED[attribute].largest
    return largest is not None and written_out(item) and float(item.value) > largest


def parts_of(known_values: Iterable[object]) -> frozenset[str]:
    """The digits of the values that may be parts of a fused number."""
    numbers = (
        str(one) for one in known_values if isinstance(one, int) and not isinstance(one, bool)
    )
    return frozenset(one for one in numbers if len(one) >= _FEWEST_DIGITS)


def parted(item: Item, parts: frozenset[str]) -> tuple[int, ...]:
    """A decomposition of a number's digits into values; at least two different ones.

    Empty where there is none.
    """
    if len(parts) < 2 or not written_out(item):
        return ()
    digits = _NO_DIGIT.sub("", item.text)
    ways: dict[int, tuple[int, ...]] = {0: ()}
    for start in range(len(digits)):
        for part in parts if start in ways else ():
            if digits.startswith(part, start):
                ways.setdefault(start + len(part), (*ways[start], int(part)))
        if len(ways) == 1:
            return ()
    found = ways.get(len(digits), ())
    return found if len(set(found)) > 1 else ()
