"""Amounts of data against the sizes of datasets."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging.data_amounts import same_amount

WEBTEXT = [{"name": "WebText", "size": 40_000_000_000, "unit": "bytes"}]
MIX = [
    {"name": "Books", "size": 16_000_000_000, "unit": "bytes"},
    {"name": "News", "size": 76_000_000_000, "unit": "bytes"},
]


@pytest.mark.parametrize("text", ["40GB", "~40 GB", "40 GiB of text", "0.04TB", "40,000 MB"])
def test_the_size_of_the_data_is_that_of_its_datasets(text):
    assert same_amount(text, WEBTEXT, None) == "by the size of the data"


@pytest.mark.parametrize(
    ("text", "true"), [("92GB", True), ("93GB", True), ("95GB", False), ("76 GB", True)]
)
def test_the_size_of_several_is_the_sum_or_one_of_them(text, true):
    assert (same_amount(text, MIX, None) is not None) is true


@pytest.mark.parametrize(
    ("text", "datasets", "note"),
    [
        ("41GB", WEBTEXT, None),
        ("40GB", [{"name": "WebText", "size": 40_000_000_000, "unit": "tokens"}], None),
        ("92GB", [*MIX, {"name": "Code"}], None),  # whose size is not known
        ("40GB", [{"name": "WebText"}], "140 GB of text"),
        ("WebText", WEBTEXT, None),
    ],
)
def test_other_amounts_are_not(text, datasets, note):
    assert same_amount(text, datasets, note) is None


def test_a_note_may_tell_the_amount():
    assert (
        same_amount("40GB", [{"name": "WebText"}], "About 40 GB of text.") == "as a note on it says"
    )


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("40GB", "agrees-normalised"), ("45GB", "unreadable"), ("WebText, 40GB", "agrees")],
)
def test_an_amount_below_training_data_is_judged(cell, text, verdict):
    found = cell("GPT-2", "Training data", text).verdict
    assert found == verdict or (verdict == "agrees" and found == "agrees-normalised")
