"""The models that stand for a family."""

from __future__ import annotations

import pytest

from llmnotes.errors import InputError
from llmnotes.knowledge.members import members, standing_for_all

ROWS = [
    ("zorg-7b", "base", "7B"),
    ("zorg-7b-chat", "post-trained", "7B Chat"),
    ("zorg-70b", "post-trained", "70B"),
    ("zorg-llama-8b", "post-trained", "8B"),
    ("zorg-tool", "post-trained", "Tool"),
]


def test_base_models_stand_for_a_family_and_a_size_that_came_out_tuned_only_for_itself():
    made = {"zorg-7b-chat", "zorg-llama-8b"}
    assert standing_for_all(ROWS, lambda model: model in made) == ["zorg-7b", "zorg-70b"]


def test_all_stand_for_a_family_without_base_models():
    assert standing_for_all(ROWS[1:], lambda _: True) == [row[0] for row in ROWS[1:]]


def test_a_size_goes_by_its_number_whatever_follows():
    rows = [("zorg-base", "base", "671B-base"), ("zorg", "post-trained", "671B")]
    assert standing_for_all(rows, lambda _: False) == ["zorg-base"]


def test_the_largest_qwen_3_5_is_among_those_that_stand_for_it(connection):
    chosen = members(connection, "qwen-3.5")
    assert {"qwen-3.5-27b", "qwen-3.5-397b-a17b", "qwen-3.5-0.8b-base"} <= set(chosen)
    assert "qwen-3.5-0.8b" not in chosen
    assert "llama-3-elyza-jp-8b" not in members(connection, "elyza")  # made of Llama 3


def test_a_variant_that_is_none_is_refused(connection):
    with pytest.raises(InputError, match="base, post-trained or all"):
        members(connection, "qwen-3.5", "tuned")
