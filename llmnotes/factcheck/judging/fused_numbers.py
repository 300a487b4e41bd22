"""Numbers that several have grown into: `4,096,819,218,432` for 4096, 8192, 18432."""

from __future__ import annotations

from collections.abc import Iterable

from llmnotes.factcheck.cells.reading import Item
from llmnotes.pattern import late

LARGEST: dict[str, float] = {
    "n_layers": 2_000, "n_encoder_layers": 2_000, "n_decoder_layers": 2_000, "n_heads": 2_000,
    "n_kv_heads": 2_000, "head_dim": 20_000, "d_model": 200_000, "d_ff": 2_000_000, "n_experts": 50_000,
    "d_expert": 200_000, "n_experts_active": 5_000, "vocab_size": 5_000_000, "context_length": 2.0**28,
    "context_length_pretraining": 2.0**28, "n_positions": 2.0**28, "params_total": 1e14,
    "params_active": 1e14, "params_reported": 1e14, "training_tokens": 1e15, "batch_size": 2.0**33,
}  # fmt: skip
"""The largest values that are any model's; a number beyond them is not one number."""

_WRITTEN_OUT = late(r"\d+(?:[,'_]\d+)*")
_NO_DIGIT = late(r"\D")
_LONGEST = 40
_FEWEST_DIGITS = 2
"""A part of one digit would make a sum of values out of nearly every number."""


def written_out(item: Item) -> bool:
    """Whether a value is written as nothing but digits and the marks between thousands."""
    return len(item.text) <= _LONGEST and _WRITTEN_OUT.fullmatch(item.text) is not None


def impossible(attribute: str, item: Item) -> bool:
    """Whether a written-out number is larger than any value of the attribute."""
    largest = LARGEST.get(attribute)
    return largest is not None and written_out(item) and float(item.value) > largest


def parts_of(known_values: Iterable[object]) -> frozenset[str]:
    """The digits of the values that may be parts of a fused number."""
    numbers = (
        str(one) for one in known_values if isinstance(one, int) and not isinstance(one, bool)
    )
    return frozenset(one for one in numbers if len(one) >= _FEWEST_DIGITS)


def parted(item: Item, parts: frozenset[str]) -> tuple[int, ...]:
    """Those of some values that, written one behind the other, give the digits of a number.

    At least two different ones; empty where there is no such way.
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
