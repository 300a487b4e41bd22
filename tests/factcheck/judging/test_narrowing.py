"""A row or column of a family speaks of the member whose size it gives."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("| LLaMA | 13B | 40 |", "agrees"),
        ("| LLaMA | 13B | 32 |", "wrong"),  # which is that of the 7B
        ("| LLaMA | 7B, 13B | 32 |", "partly-wrong"),
        ("| LLaMA | 99B | 32 |", "partly-wrong"),
        ("| LLaMA | | 32 |", "partly-wrong"),
        ("| LLaMA | 13B | 32, 40 |", "agrees"),  # several say that they are of several
        ("| LLaMA | 13B | 33, 40 |", "wrong"),
    ],
)
def test_a_familys_row_speaks_of_the_size_that_it_names(check, row, verdict):
    found = check(f"| Model | Params | Layers |\n|---|---|---|\n{row}\n")
    assert found.judged_cells[-1].judgement.verdict == verdict


def test_a_size_behind_the_values_of_a_row_names_its_member_too(check):
    table = "| Model | Layers | Params |\n|---|---|---|\n| LLaMA | {} | 13B |\n"
    told = [check(table.format(text)).judged_cells[0].judgement.verdict for text in ("40", "32")]
    assert told == ["agrees", "wrong"]


def test_a_familys_column_speaks_of_the_size_that_it_names(check):
    found = check(
        "| | LLaMA | GPT-2 |\n|---|---|---|\n| Params | 13B | 1.5B |\n| Layers | 32 | 48 |\n"
    )
    assert [cell.judgement.verdict for cell in found.judged_cells[2:]] == ["wrong", "agrees"]


def test_a_column_behind_that_of_one_model_speaks_of_the_size_that_it_names(check):
    found = check(
        "| | GPT-2 XL | LLaMA |\n|---|---|---|\n| Params | 1.5B | 13B |\n| Layers | 48 | 32 |\n"
    )
    assert [cell.judgement.verdict for cell in found.judged_cells[2:]] == ["agrees", "wrong"]


def test_a_size_does_not_make_a_name_of_several_models_sure(check):
    table = "| Model | Params | Release date |\n|---|---|---|\n| {} | 7B | 03/13/23 |\n"
    told = [check(table.format(name)).judged_cells[-1].judgement for name in ("Chimera", "Vicuna")]
    assert [one.verdict for one in told] == ["unsupported", "wrong"]
