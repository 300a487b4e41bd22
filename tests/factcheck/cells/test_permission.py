"""What a cell says of commercial use."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.cells.permission import permission


@pytest.mark.parametrize("text", ["Yes", "✅", "allowed", "Commercial", "可商用", "免费商用", "是"])
def test_allowed(text):
    assert permission(text) == "yes"


@pytest.mark.parametrize(
    "text", ["No", "❌", "Non-commercial", "research only", "不可商用", "仅限研究", "Disallowed"]
)
def test_not_allowed(text):
    assert permission(text) == "no"


@pytest.mark.parametrize(
    "text", ["Yes (with conditions)", "limited", "on request", "<700M users", "需申请", "⚠️"]
)
def test_a_condition_counts_before_the_answer_beside_it(text):
    assert permission(text) == "conditions"


@pytest.mark.parametrize(
    "text", ["Apache 2.0", "7B", "", "no restrictions", "a commercial model of 2023"]
)
def test_anything_else_is_no_answer(text):
    assert permission(text) is None
