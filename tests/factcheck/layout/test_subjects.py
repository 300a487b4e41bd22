"""Whom a name stands for: a line of which none goes by its bare name."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.layout.subjects import Names


@pytest.fixture
def names(connection):
    return Names(connection, BaseClaims(connection))


@pytest.mark.parametrize("text", ["Claude", "the Claude family", "Gemini [5]"])
def test_the_bare_name_of_a_line_stands_for_all_its_generations(names, text):
    found = names.find(text)
    assert found is not None
    assert found.kind == "line"
    assert len({names._base.family(model) for model in found.models}) > 1


@pytest.mark.parametrize("text", ["Claude 0.1", "LLaMA", "Claudette"])
def test_other_names_do_not(names, text):
    found = names.find(text)
    assert found is None or found.kind != "line"


def test_what_is_true_of_all_generations_is_true_and_what_is_of_none_is_left_open(check):
    found = check(
        "| Model | Organization | Released |\n|---|---|---|\n"
        "| Claude | Anthropic | 2024-03 |\n| Claude | Mistral AI | 2019-01 |\n"
    )
    assert [judged.judgement.verdict for judged in found.judged_cells] == [
        "agrees", "partly-wrong", "unsupported", "unsupported",
    ]  # fmt: skip


def test_a_tick_that_fits_no_generation_is_left_open(check):
    found = check("| Model | RoPE |\n|---|---|\n| DeepSeek | no |\n| DeepSeek-V3 | no |\n")
    assert [judged.judgement.verdict for judged in found.judged_cells] == ["unsupported", "wrong"]
