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


@pytest.mark.parametrize(
    ("model", "header", "text", "verdict"),
    [
        ("Zorg-Mixtral-8x22B", "Params", "141B", "agrees"),
        ("Zorg-Mixtral-8x22B", "Params", "176B", "wrong"),
        ("Zorg-Mixtral-8x22B", "Layers", "56", "agrees"),
        ("Zorg-Mixtral-8x22B", "Context length", "64K", "unsupported"),  # which a tune may stretch
        ("Zorg-Mixtral-8x22B", "License", "MIT", "unsupported"),
        ("pruned Llama 2 7B", "Params", "3B", "unsupported"),
        ("against Llama 2 7B", "Params", "3B", "unsupported"),
    ],
)
def test_an_unknown_tune_has_the_size_of_the_model_in_its_name(cell, model, header, text, verdict):
    found = cell(model, header, text)
    assert found.verdict == verdict
    assert found.reason.endswith("which it is made of") is (verdict in {"agrees", "wrong"})
