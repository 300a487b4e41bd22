"""What the base tells of a family is not held against a tune that has its own day and data."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("model", "header", "text", "verdict"),
    [
        ("BLOOMZ-7B1", "Training data", "xP3", "unsupported"),  # the data of its tuning
        ("BLOOM-7B1", "Training data", "xP3", "wrong"),
        ("BLOOMZ-7B1", "Release date", "2022-10", "unsupported"),  # BLOOM came in July 2022
        ("BLOOMZ-7B1", "Release date", "2022-02", "wrong"),
        ("BLOOMZ-7B1", "Release date", "2024-01", "wrong"),
        ("Llama 2 7B Chat", "Release date", "2024-01", "wrong"),  # which came with its base
        ("EXAONE 4.0", "Release date", "2025-11", "wrong"),  # of which all are tuned
        ("T0 3B", "Release date", "2022-02", "wrong"),
    ],
)
def test_a_tune_may_have_its_own_day_and_data(cell, model, header, text, verdict):
    found = cell(model, header, text)
    assert ("wrong" if found.is_false else found.verdict) == verdict
