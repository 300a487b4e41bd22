"""What a table is taken to speak of is held against its own cells."""

from __future__ import annotations

import pytest


def verdicts(checked, column=None):
    return [
        cell.judgement.verdict
        for cell in checked.judged_cells
        if column in (None, cell.spot.headers[0].text)
    ]


SIZES = "## {about}\n\n| Params | Layers | Heads | Hidden dim |\n|---|---|---|---|\n"


def test_a_family_that_the_heading_names_is_kept_where_the_values_are_its_own(check):
    found = check(
        SIZES.format(about="LLaMA") + "| 7B | 32 | 32 | 4096 |\n| 13B | 41 | 40 | 5120 |\n"
    )

    assert [c.judgement.verdict for c in found.judged_cells if c.judgement.is_false] == ["wrong"]
    assert {c.subject.id for c in found.judged_cells if c.subject} == {"llama-7b", "llama-13b"}


def test_another_generation_is_taken_where_the_values_are_its_own(check):
    rows = "| 1B | 16 | 32 | 2048 |\n| 3B | 28 | 24 | 3072 |\n"
    found = check(SIZES.format(about="LLaMA") + rows)

    assert {c.subject.id for c in found.judged_cells if c.subject} == {
        "llama-3.2-1b",
        "llama-3.2-3b",
    }
    assert not any(c.judgement.is_false for c in found.judged_cells)


def test_a_family_whose_values_these_are_not_is_given_up(check):
    rows = "| 7B | 21 | 17 | 1234 |\n| 13B | 23 | 19 | 2345 |\n"
    found = check(SIZES.format(about="LLaMA") + rows)

    assert not any(c.judgement.is_false for c in found.judged_cells)


@pytest.mark.parametrize(
    "header", ["Special tokens", "Trainable parameters", "# Dense layers", "GPU type"]
)
def test_a_word_that_makes_another_thing_of_a_name_leaves_the_column_unread(check, header):
    found = check(f"| Model | {header} | Layers |\n|---|---|---|\n| LLaMA 7B | 256 | 32 |\n")

    assert header in found.layout.unread
    assert verdicts(found) == ["agrees"]


def test_a_header_that_contains_a_name_needs_more_true_values_than_false_ones(check):
    table = "| Model | Long context |\n|---|---|\n| LLaMA 7B | {} |\n| Llama 2 7B | {} |\n| GPT-2 | {} |\n"
    scores = check(table.format("98.1", "97.4", "12.5"))
    lengths = check(table.format("2048", "4096", "8192"))

    assert verdicts(scores) == ["unsupported"] * 3
    assert verdicts(lengths) == ["agrees", "agrees", "wrong"]


def test_a_sure_header_is_doubted_where_all_of_several_values_are_unexplained(check):
    table = "| Model | Batch size |\n|---|---|\n| LLaMA 7B | 16 |\n| LLaMA 13B | 16 |\n| LLaMA 65B | {} |\n"

    assert verdicts(check(table.format("24"))) == ["unsupported"] * 3
    assert verdicts(check(table.format("4M"))) == ["wrong", "wrong", "agrees"]


def test_a_column_off_by_a_unit_is_false_throughout(check):
    table = "| Model | Params |\n|---|---|\n| LLaMA 7B | 6.7M |\n| LLaMA 13B | 13.0M |\n| LLaMA 65B | 65M |\n"

    assert verdicts(check(table)) == ["wrong"] * 3


def test_scores_of_another_run_are_no_errors_and_one_among_the_publishers_is(check):
    table = "| Model | MMLU 5-shot |\n|---|---|\n| LLaMA 7B | {} |\n| LLaMA 13B | {} |\n| LLaMA 65B | {} |\n"

    assert verdicts(check(table.format("53.1", "41.0", "60.2"))) == ["unsupported"] * 3
    assert verdicts(check(table.format("53.1", "46.9", "63.4"))) == ["wrong", "agrees", "agrees"]


def test_a_size_that_no_member_has_is_nobodys(check):
    rows = "| 7B | 32 | 32 | 4096 |\n| 13B | 40 | 40 | 5120 |\n| 99B | 12 | 12 | 768 |\n"
    found = check(SIZES.format(about="LLaMA") + rows)

    assert [c.subject for c in found.judged_cells[-3:]] == [None] * 3


def test_a_table_of_sizes_that_nothing_names_is_recognized_by_its_values_if_all_are_true(check):
    rows = (
        "| Params | Layers | d_model | Heads | d_head |\n|---|---|---|---|---|\n"
        "| 70M | 6 | 512 | 8 | 64 |\n| 160M | 12 | 768 | 12 | 64 |\n| 410M | 24 | 1024 | {} | 64 |\n"
    )
    found = check(rows.format(16))

    subjects = {cell.subject.id for cell in found.judged_cells if cell.subject}
    assert subjects == {"pythia-70m", "pythia-160m", "pythia-410m"}
    assert not any(cell.judgement.is_false for cell in found.judged_cells)
    assert not check(rows.format(17)).names_models
