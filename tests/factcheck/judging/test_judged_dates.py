"""Dates in cells: of versions, papers, generations, and days that never were."""

from __future__ import annotations

import pytest

from tests.factcheck.judging.cells import TRUE, verdicts


def test_a_date_that_is_true_of_another_generation_says_of_which(cell):
    found = cell("LLaMA 65B", "Release date", "2023-07-18")
    assert (found.verdict, found.cause) == ("wrong", "other-generation")
    assert "llama-2" in found.reason


@pytest.mark.parametrize(
    ("size", "verdict"),
    [("540B", "wrong"), ("62B", "wrong"), ("", "partly-wrong")],
)
def test_a_later_generation_s_date_is_wrong_beside_a_number_of_the_named_one_alone(
    check, size, verdict
):
    found = check(f"| Model | Year | Size |\n|---|---|---|\n| PaLM | 2023 | {size} |\n")
    date = found.judged_cells[0].judgement
    assert (date.verdict, date.cause) == (verdict, "other-generation")
    assert "palm-2" in date.reason


def test_the_year_of_a_tune_bears_out_no_month_that_its_base_denies(cell):
    """Falcon-40B is of May 2023; of its tune the base has the year alone."""
    assert cell("Falcon-40B", "Release date", "2023-05").verdict == "agrees"
    assert cell("Falcon-40B", "Release date", "2023-09").is_false


def test_a_date_that_no_calendar_has_is_wrong(check):
    found = check("| Model | Date |\n|---|---|\n| LLaMA | 7023-02-24 |\n| GPT-4 | 2023-13 |\n")
    assert verdicts(found) == ["wrong", "wrong"]


def test_a_paper_may_be_dated_by_its_month(cell):
    assert cell("DeepSeek LLM 67B", "Released", "2024-01-05").verdict == "agrees-normalised"
    assert cell("DeepSeek LLM 67B", "Released", "2024-03-05").verdict == "wrong"


def test_a_paper_some_months_after_the_release_is_no_release(cell):
    assert cell("Qwen2.5", "Release date", "2024-12").verdict == "partly-wrong"  # its report
    assert cell("Qwen2.5", "Date", "2024-12").verdict == "agrees-normalised"
    assert cell("Qwen2.5", "Release date", "2024-09").verdict in TRUE
    assert cell("Qwen2.5", "Date", "2024-11").is_false


def test_a_day_of_a_paper_is_near_that_of_its_number(cell):
    """DeepSeek LLM's paper is 2401.02954, of the fifth of January."""
    assert cell("DeepSeek LLM 67B", "Date", "2024-01-09").verdict == "agrees-normalised"
    assert cell("DeepSeek LLM 67B", "Date", "2024-01-25").is_false
    assert cell("DeepSeek LLM 67B", "Date", "2024-01").verdict == "agrees-normalised"


def test_of_several_sizes_or_dates_one_may_be_unknown(cell):
    assert cell("Falcon", "Params (B)", "180, 40, 7").verdict == "agrees-normalised"
    assert cell("Falcon", "Params (B)", "190").verdict == "wrong"


@pytest.mark.parametrize(
    ("name", "text", "verdict"),
    [
        ("GPT-5", "2025-08", "agrees-normalised"),  # as its first models
        ("GPT-5", "2025-10", "partly-wrong"),  # as a later one
        ("GPT-5", "2024-08", "wrong"),
    ],
)
def test_the_name_of_a_family_alone_has_the_date_of_its_first_models(cell, name, text, verdict):
    assert cell(name, "Release date", text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"), [("2019/2020", "partly-wrong"), ("2020/2021", "wrong"), ("2019", "agrees")]
)
def test_two_years_of_which_one_is_right_are_partly_wrong(cell, text, verdict):
    assert cell("RoBERTa Large", "Year", text).verdict == verdict


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("DBRX", "Q1 2024", "agrees"),  # 27 March
        ("DBRX", "early 2024", "agrees"),
        ("DBRX", "Q2 2024", "unsupported"),  # which begins within a week
        ("DBRX", "Q3 2024", "wrong"),
        ("Phi-2", "2023年底", "agrees"),
        ("Phi-2", "H1 2023", "wrong"),
        ("Falcon-180B", "late 2023", "agrees"),
        ("Falcon-180B", "early 2023", "wrong"),
    ],
)
def test_a_part_of_a_year_is_true_of_each_of_its_months(cell, model, text, verdict):
    assert cell(model, "Released", text).verdict == verdict
