"""Layers of an encoder and a decoder: `12+12`, 12 on each side, 24 in total."""

from __future__ import annotations

import re
from decimal import Decimal

from llmnotes.attributes.relations import RELATIONS, SIZES
from llmnotes.factcheck.base_claims import Known
from llmnotes.factcheck.cells.reading import CellReading, Item
from llmnotes.factcheck.judging.agreement import Comparer
from llmnotes.factcheck.judging.conventions import Agreement
from llmnotes.factcheck.judging.counted import ONE_SIDE
from llmnotes.pattern import late

Agreements = dict[str, Agreement | None]
"""The claim that a value agrees with, by model."""

_IN_TOTAL = late(r"\btotal|\bin all\b|\boverall\b|总|合计|共", re.I)


def agreements(
    comparer: Comparer, reading: CellReading, position: int, asked: list[Known]
) -> Agreements:
    """The models that the value at `position` is true of, all under the same convention.

    A bare count may be the layers of one side or of both; in a row of several sizes it is taken for the one
    true of more sizes, and for one side where both are equal.
    """
    item = reading.items[position]
    parts = RELATIONS[reading.attribute].parts
    if reading.shape == "sum" and len(reading.items) == len(parts):
        return {k.model: _of_side(comparer, reading, position, k) for k in asked}
    if reading.shape == "sum" and reading.attribute in SIZES and len(reading.items) > 1:
        whole = _sum(reading)
        return {k.model: comparer.agreement(k.attribute, whole, k) for k in asked}
    found = {k.model: comparer.agreement(k.attribute, item, k) for k in asked}
    if not parts:
        return found
    sides = {model for model, one in found.items() if one is not None and one.how == ONE_SIDE}
    both = {model for model, one in found.items() if one is not None} - sides
    if _IN_TOTAL.search(item.qualifier):
        return {model: one for model, one in found.items() if model not in sides}
    dropped = both if len(sides) >= len(both) else sides
    return {m: None if sides and both and m in dropped else one for m, one in found.items()}


def _sum(reading: CellReading) -> Item:
    """The sum of the parts of a size, as precise as its least precise part: `304M + 131M`."""
    lows = [item.low for item in reading.items if item.low is not None]
    highs = [item.high for item in reading.items if item.high is not None]
    first = reading.items[0]
    return first._replace(
        value=sum(reading.values), low=sum(lows, Decimal(0)), high=sum(highs, Decimal(0)), others=()
    )


def _of_side(
    comparer: Comparer, reading: CellReading, position: int, known: Known
) -> Agreement | None:
    """Whether one value of a sum is the layers of its own side; without sides the sum must be right."""
    parts = RELATIONS[reading.attribute].parts
    sides = [claim for claim in known.claims if claim.attribute in parts]
    if not sides:
        whole = known.first
        right = whole is not None and sum(reading.values) == whole.value
        return Agreement(whole, "the sum of both sides") if whole is not None and right else None
    for claim in sides:
        if claim.attribute == parts[position]:
            how = comparer.same(known.attribute, reading.items[position], claim, known)
            if how is not None:
                return Agreement(claim, how)
    return None
