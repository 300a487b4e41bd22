"""Compares a count with the number, the numbers or the runs of layers of a claim."""

from __future__ import annotations

from typing import Any

from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.judging import tolerance
from llmnotes.resolve import Statement
from llmnotes.schema import Attribute
from llmnotes.values import kinds_of

ONE_SIDE = "the layers of one side"
"""The remark where a count is that of the encoder or the decoder alone."""


def same_number(attribute: Attribute, item: Item, claim: Statement) -> str | None:
    """How a count agrees with a claim; None where it does not."""
    for number in numbers_of(claim.value):
        how = tolerance.same_count(attribute, item, number)
        if how is not None:
            if attribute.id == "n_layers" != claim.attribute:
                return ONE_SIDE
            return how
    if (left := input_alone(claim)) and tolerance.same_count(attribute, item, left):
        return "the input alone, without the answer"
    if attribute.id == "params_active" and _is_near_the_shape(item, claim):
        return "what is active is counted in several ways"
    return None


def _is_near_the_shape(item: Item, claim: Statement) -> bool:
    """Whether a count of what is active is near one that no publisher gave, but that the shape gives.

    Publishers leave out embeddings or round shares: Grok-1 has 83.8B by its shape, 86B or a quarter by xAI.
    """
    if claim.status != "derived" or not isinstance(claim.value, int) or item.low is None:
        return False
    return abs(float(item.value) - claim.value) <= _NEAR * claim.value


_NEAR = 0.07


def input_alone(claim: Statement) -> int:
    """The tokens of a context that are left beside the longest answer; 0 where the base does not tell."""
    output = (claim.parameters or {}).get("output", 0)
    return claim.value - output if output and isinstance(claim.value, int) else 0


def numbers_of(value: Any) -> Any:
    """The values of a set or a per-layer value, or the single value."""
    return value if isinstance(value, list) else kinds_of(value)


_OTHER_SIZE = 2
"""Ratio of two parameter counts that no way of counting explains."""


def another_size(claim: Statement, first: Statement) -> bool:
    """Whether two sources give a model sizes that are not the same one counted differently."""
    if not {claim.attribute, first.attribute} <= {"params_total", "params_reported"}:
        return False
    counts = sorted(
        float(one.value) for one in (claim, first) if isinstance(one.value, int | float)
    )
    return len(counts) == 2 and counts[1] >= _OTHER_SIZE * counts[0] > 0
