"""Bounds of numbers: complete over the attributes, ordered, and enforced by `check`."""

from __future__ import annotations

import pytest

from llmnotes import dates
from llmnotes.attributes.bounds import Bound, bounds, gaps
from llmnotes.checks.eras import number_outside_its_era
from llmnotes.schema import ATTRIBUTES
from tests.checks.conftest import tiny, whole


def test_every_attribute_with_numbers_has_a_range_or_is_said_to_have_none():
    assert gaps() == []


def test_ranges_are_ranges_and_the_earlier_come_first():
    for name in {item.attribute for item in bounds()}:
        own = [item for item in bounds() if item.attribute == name]
        assert all(item.least is not None or item.most is not None for item in own), name
        assert all((item.least or 0) < (item.most or float("inf")) for item in own), name
        days = [item.before or "9999" for item in own]
        assert days == sorted(set(days)), name
        assert all(len(item.reason.split()) > 3 for item in own), name


SHORT = [item for item in bounds() if ATTRIBUTES[item.attribute].kind in {"integer", "number"}]


@pytest.mark.parametrize("bound", SHORT, ids=lambda item: f"{item.attribute}-{item.before}")
def test_a_number_is_met_just_outside_a_range_and_not_just_inside(bound: Bound) -> None:
    released = "2030-01-01"
    if bound.before:
        earlier = [b.before for b in SHORT if b.attribute == bound.attribute and b.before]
        place = earlier.index(bound.before)
        released = earlier[place - 1] if place else "1990-01-01"
        assert dates.last_day(released) < bound.before
    whole_numbers = ATTRIBUTES[bound.attribute].kind == "integer"

    def objects(value: float) -> bool:
        model = tiny(
            release_date=released, **{bound.attribute: int(value) if whole_numbers else value}
        )
        found = number_outside_its_era(model, whole())
        return any(item.attribute == bound.attribute for item in found)

    if bound.most is not None:
        above = bound.most + 1 if whole_numbers else bound.most * 1.001
        assert (objects(bound.most), objects(above)) == (False, True)
    if bound.least is not None and bound.least > 0:
        below = bound.least - 1 if whole_numbers else bound.least * 0.999
        assert (objects(bound.least), objects(below)) == (False, True)
