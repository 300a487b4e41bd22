"""Tables of one concern: written in groups, and complete."""

from __future__ import annotations

import pytest

from llmnotes.attributes.concern import gaps, table
from llmnotes.schema import ATTRIBUTES


def test_a_group_gives_its_entry_to_each_of_its_attributes():
    assert table((1, "n_layers n_heads"), (2, "d_model")) == {
        "n_layers": 1, "n_heads": 1, "d_model": 2,
    }  # fmt: skip


def test_an_attribute_with_two_entries_is_refused():
    with pytest.raises(ValueError, match="n_layers"):
        table((1, "n_layers"), (2, "n_layers"))


def test_an_attribute_without_an_entry_and_an_entry_without_an_attribute_are_named():
    entries = dict.fromkeys(ATTRIBUTES, 0)
    assert gaps(entries, "T in t.py") == []
    del entries["d_model"]
    entries["d_modle"] = 0
    assert gaps(entries, "T in t.py") == [
        "add an entry for d_model to T in t.py",
        "T in t.py has an entry for d_modle, which is no attribute",
    ]
