"""Shorthand of cells of numbers."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.cells.shorthand import spelled_out
from llmnotes.schema import ATTRIBUTES


@pytest.mark.parametrize(
    ("attribute", "text", "spelled"),
    [
        ("d_model", "4096/32=128", "128"),
        ("n_layers", "12E/12D", "12 + 12"),
        ("learning_rate", "10-4", "1e-4"),
        ("context_length", "32 768 / 131 072", "32768 / 131072"),
        ("context_length", "32k (128k YaRN)", "32k  / 128k YaRN / "),
        ("context_length", "32k (recommended 8k)", "32k (recommended 8k)"),
        ("n_layers", "12 768", "12 768"),
    ],
)
def test_shorthand_is_that_of_the_attribute(attribute, text, spelled):
    assert spelled_out(ATTRIBUTES[attribute], text) == spelled


@pytest.mark.parametrize(
    ("attribute", "values"),
    [("n_experts", [256]), ("n_experts_active", [8]), ("n_shared_experts", [1])],
)
def test_counts_of_experts_are_told_apart_by_their_words(attribute, values):
    reading = read_cell("256 routed + 1 shared, 8 active", attribute)
    assert list(reading.values) == values
    assert read_cell("16", attribute).values == (16,)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("32 768 native / 131 072 (YaRN)", "agrees-normalised"),
        ("131 072", "agrees"),
        ("32k (128k YaRN)", "agrees-normalised"),
        ("48k native", "wrong"),
    ],
)
def test_a_native_length_may_stand_beside_the_extended_one(cell, text, verdict):
    found = cell("Qwen3-32B", "Context", text).verdict
    assert found == verdict or (verdict == "agrees-normalised" and found == "agrees")
