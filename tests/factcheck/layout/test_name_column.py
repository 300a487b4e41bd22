"""Which column names the models, and what stands to its left."""

from __future__ import annotations


def by_row(checked):
    """The subject of each row, by its number."""
    return {
        judged.row: judged.subject.id if judged.subject else None for judged in checked.judged_cells
    }


def test_half_names_make_a_column_of_names_whatever_heads_it(check):
    found = check("| Architecture | Layers |\n|---|---|\n| llama-7b | 32 |\n| llama-block | 1 |\n")
    assert by_row(found) == {1: "llama-7b", 2: None}


def test_the_models_that_others_are_based_on_name_no_rows(check):
    found = check(
        "| Weights version | Base Model | Layers |\n|---|---|---|\n| v1 | LLaMA 7B | 31 |\n"
    )
    assert not any(judged.judgement.is_false for judged in found.judged_cells)


def test_a_member_goes_on_with_the_name_of_its_series(check):
    found = check(
        "| Model Family | Variant | Layers |\n|---|---|---|\n"
        "| GPT-2 | Small | 12 |\n| | XL | 48 |\n| LLaMA | 7B | 32 |\n| | 65B | 80 |\n"
        "| DeepSeek | V3 | 61 |\n| PaLM | – | 64 |\n"
    )
    assert by_row(found) == {
        1: "gpt-2-small", 2: "gpt-2-xl", 3: "llama-7b", 4: "llama-65b", 5: "deepseek-v3", 6: "palm",
    }  # fmt: skip


def test_a_new_series_without_a_known_name_ends_the_one_before(check):
    found = check(
        "| Model Family | Variant | Layers |\n|---|---|---|\n"
        "| GPT-2 | Small | 12 |\n| | XL | 48 |\n| Somebody's | Medium | 13 |\n"
    )
    assert by_row(found) == {1: "gpt-2-small", 2: "gpt-2-xl", 3: None}


def test_the_words_of_a_link_are_no_value_of_another_attribute(check):
    found = check("| Model | Link | Size |\n|---|---|---|\n| LLaMA | 7B, 13B | 7B, 13B |\n")
    assert not any(judged.judgement.is_false for judged in found.judged_cells)
