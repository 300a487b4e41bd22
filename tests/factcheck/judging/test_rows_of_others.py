"""Cells that name the model that they are true of, and rows whose values are those of a longer name."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("128K (Turbo)", "agrees-normalised"), ("128K", "wrong"), ("128K (beta)", "wrong"),
     ("64K (Turbo)", "wrong")],
)  # fmt: skip
def test_a_cell_may_name_the_model_that_it_is_true_of(cell, text, verdict):
    assert cell("GPT-4", "Context length", text).verdict == verdict


def test_a_size_alone_names_no_other_model(cell):
    assert cell("Qwen3-30B-A3B", "Params", "235B-A22B").verdict == "wrong"


def test_several_values_of_a_longer_name_make_the_row_that_models(check):
    head = "| Model | Params | Release date |\n|---|---|---|\n"
    table = head + "| GLM | {} | {} |\n| ChatGLM | 6B | 2023-03 |\n"
    both = check(table.format("130B", "2022-08"))
    assert [cell.judgement.verdict for cell in both.judged_cells[:2]] == ["unsupported"] * 2
    assert "GLM-130B" in both.judged_cells[0].judgement.reason

    one = check(table.format("130B", "1999-08"))
    assert [cell.judgement.verdict for cell in one.judged_cells[:2]] == ["unsupported", "wrong"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("| ChatGLM | 32K |\n", []),  # which ChatGLM2 has
        ("| ChatGLM | 32K |\n| ChatGLM2 | 32K |\n", ["32K"]),  # which is told from it
        ("| ChatGLM-6B | 32K |\n", ["32K"]),
        ("| ChatGLM | 37K |\n", ["37K"]),
    ],
)
def test_a_bare_name_may_mean_a_generation_that_no_other_row_is_of(check, rows, told):
    found = check(f"| Model | Context |\n|---|---|\n{rows}")
    assert [c.cell.text for c in found.judged_cells if c.judgement.is_false] == told


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("qwen2:14b", "14B", "partly-wrong"),  # of 57B, by the name of its active ones
        ("qwen2:14b", "57B", "agrees"),
        ("qwen2:14b", "15B", "wrong"),
        ("Mixtral 8x7B", "12.9B", "wrong"),  # which its name does not tell
    ],
)
def test_the_active_parameters_in_a_name_are_not_all(cell, model, text, verdict):
    assert cell(model, "Params", text).verdict == verdict


@pytest.mark.parametrize(
    ("size", "verdict"),
    [("26B", "unsupported"), ("175B", "wrong")],  # which only OpenAI's has
)
def test_a_row_of_which_nothing_is_true_is_of_another_publishers_model(check, size, verdict):
    found = check(
        "| Model | Publisher | Parameters | Layers | Released |\n|---|---|---|---|---|\n"
        f"| GPT-3 | Tencent | {size} | {96 if size == '175B' else 50} | 2021-04 |\n"
    )
    assert found.judged_cells[0].judgement.verdict == verdict


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ("| QwQ-32B-Preview | Nov 2024 |\n| QwQ-32B | Nov 2024 |\n", "misplaced"),
        ("| QwQ-32B | Nov 2024 |\n", "agrees-normalised"),  # the preview may be meant
        ("| QwQ-32B-Preview | Nov 2024 |\n| QwQ-32B | Mar 2025 |\n", "agrees"),
    ],
)
def test_a_date_is_not_that_of_a_kin_which_has_a_row_of_its_own(check, rows, verdict):
    found = check(f"| Model | Released |\n|---|---|\n{rows}")
    assert found.judged_cells[-1].judgement.verdict == verdict
