"""Numbers that several have grown into, and numbers too large to be one."""

from __future__ import annotations

import pytest

from llmnotes.attributes.printed import PRINTED
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.judging.fused_numbers import impossible


@pytest.mark.parametrize("attribute", ["n_layers", "d_model", "vocab_size", "context_length"])
def test_a_number_beyond_the_largest_is_no_single_one(attribute):
    largest = int(PRINTED[attribute].largest or 0)
    at, beyond = (read_cell(f"{n:,}", attribute).items[0] for n in (largest, largest + 1))
    assert not impossible(attribute, at)
    assert impossible(attribute, beyond)


def test_an_attribute_without_a_largest_number_has_no_impossible_one():
    assert not impossible("sliding_window", read_cell(f"{10**15:,}", "sliding_window").items[0])
