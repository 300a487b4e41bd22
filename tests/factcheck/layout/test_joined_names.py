"""Several names in one cell."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.layout.joined_names import joined_names
from llmnotes.factcheck.layout.table_subject import TableSubject


@pytest.mark.parametrize("text", ["LLaMA 7B", "", "/", "LLaMA,", "a/b/c/d/e/f/g/h/i"])
def test_one_name_or_too_many_are_none(text):
    assert joined_names(text) == []


def test_eight_names_are_the_most():
    assert len(joined_names("a/b/c/d/e/f/g/h")) == 8


def test_a_later_name_may_leave_out_up_to_three_words_of_the_first():
    _, second = joined_names("One Two Three Four Five/Six")
    assert second == ["One Two Three Four Six", "One Two Three Six", "One Two Six", "Six"]


def test_a_later_name_may_go_on_with_the_beginning_of_the_first():
    first, second = joined_names("Llama 4 Scout/Maverick")
    assert first == ["Llama 4 Scout"]
    assert "Llama 4 Maverick" in second
    assert second[-1] == "Maverick"


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ("LLaMA 7B, LLaMA 13B", {"llama-7b", "llama-13b"}),
        ("LLaMA 7B und 13B, PaLM 8B", {"llama-7b", "llama-13b", "palm-8b"}),
        ("Llama 4 Scout & Maverick", {"llama-4-scout", "llama-4-maverick"}),
        ("GPT-3.5 Turbo, GPT-4", {"gpt-3.5-turbo", "gpt-4"}),
        ("Mistral 7B / 8x7B", {"mistral-7b", "mixtral-8x7b"}),
    ],
)
def test_a_cell_of_several_names_speaks_of_all_their_models(names, text, models):
    found = names.find(text)
    assert isinstance(found, TableSubject)
    assert set(found.models) == models


def test_the_bare_name_of_a_line_in_such_a_cell_may_mean_any_of_its_generations(names):
    small, medium = names.find("Mistral Small"), names.find("Mistral Medium")
    found = names.find("Mistral Small / Medium")
    assert found.kind == "any"
    assert set(found.models) == {*small.models, *medium.models}


@pytest.mark.parametrize("text", ["LLaMA 7B, our model", "someone/LLaMA-unheard-of"])
def test_a_name_that_nobody_knows_makes_the_cell_unknown(names, text):
    assert names.find(text) is None


def test_a_value_that_is_true_of_one_of_several_is_true_in_part(check):
    found = check(
        "| Model | Layers |\n|---|---|\n| LLaMA 7B / 13B | 32 |\n| LLaMA 7B, 13B | 31 |\n"
    )
    assert [judged.judgement.verdict for judged in found.judged_cells] == ["partly-wrong", "wrong"]
