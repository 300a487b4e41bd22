"""Tolerances of printed numbers: complete, and contradicted by no model of the base."""

from __future__ import annotations

from llmnotes.attributes.concern import gaps
from llmnotes.attributes.printed import PRINTED
from llmnotes.schema import ATTRIBUTES
from llmnotes.values import kinds_of


def test_every_attribute_has_an_entry():
    assert gaps(PRINTED, "PRINTED in llmnotes/attributes/printed.py") == []


def test_only_numbers_have_bounds_and_precisions():
    for name, printed in PRINTED.items():
        if printed != type(printed)():
            assert ATTRIBUTES[name].is_numeric, name


def test_no_convention_widens_an_exact_count():
    for name, printed in PRINTED.items():
        if printed.exact:
            assert (printed.widest, printed.zeros, printed.padding) == (None, False, 0.0), name


def test_no_model_of_the_base_reaches_the_largest_number(connection):
    for name, printed in PRINTED.items():
        if printed.largest is None or name == "batch_size":
            continue
        rows = connection.execute(f'SELECT "{name}" FROM models WHERE "{name}" IS NOT NULL')
        for (value,) in rows:
            for one in kinds_of(value):
                assert not isinstance(one, int | float) or one < printed.largest, name
