"""Notation of cells: complete, and only with existing attributes and terms."""

from __future__ import annotations

from llmnotes.attributes.concern import gaps
from llmnotes.attributes.written import WRITTEN
from llmnotes.quantities.units import unit_of
from llmnotes.schema import ATTRIBUTES


def test_every_attribute_has_an_entry():
    assert gaps(WRITTEN, "WRITTEN in llmnotes/attributes/written.py") == []


def test_companions_are_other_attributes():
    for name, written in WRITTEN.items():
        assert set(written.companions) <= set(ATTRIBUTES) - {name}, name


def test_ticked_terms_are_terms_of_the_attribute():
    for name, written in WRITTEN.items():
        assert set(written.ticked) <= set(ATTRIBUTES[name].terms), name


def test_units_are_those_that_are_read_and_stand_at_numbers_alone():
    for name, written in WRITTEN.items():
        assert all(unit_of(unit) == unit for unit in written.units), name
        assert ATTRIBUTES[name].is_numeric or not written.units, name
