"""Experts beside the size of a mixture."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("DeepSeek-V2", "236B MoE (160 experts, 6 active)", "agrees-normalised"),
        ("DeepSeek-V2", "236B MoE (16 experts, 6 active)", "partly-wrong"),
        ("DeepSeek-V2", "236B MoE (160 experts, 2 active)", "partly-wrong"),
        ("DeepSeek-V2", "236B (160 routed experts)", "agrees"),
        ("DeepSeek-V2", "236B（160 专家，激活 6）", "agrees"),
        ("DeepSeek-V2", "236B MoE (experts of 16 kinds)", "agrees-normalised"),
        ("DeepSeek-V2", "263B MoE (160 experts)", "wrong"),  # the size itself
        ("Mixtral 8x7B", "46.7B (8 experts, 2 active)", "agrees"),
        ("Mixtral 8x7B", "46.7B (8 experts, 3 active)", "partly-wrong"),
    ],
)
def test_false_experts_beside_a_true_size_are_told(cell, model, text, verdict):
    found = cell(model, "Params", text)
    assert found.verdict == verdict, found.reason


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("Grok-1", "314B (dense)", "partly-wrong"),
        ("Grok-1", "314B (MoE)", "agrees"),
        ("Llama 3.1 405B", "405B parameters (dense)", "agrees"),
        ("Llama 3.1 405B", "405B (MoE)", "partly-wrong"),
    ],
)
def test_whether_a_model_has_experts_may_stand_behind_its_size(cell, model, text, verdict):
    assert cell(model, "Params", text).verdict == verdict
