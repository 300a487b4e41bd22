"""Scores held against the base: LLaMA 7B has 35.1 on MMLU (5-shot), 13B 46.9; BoolQ 76.5 (0-shot)."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("header", "text", "verdict", "cause"),
    [
        ("MMLU (5-shot)", "35.1", "agrees", None),
        ("MMLU 5-shot", "0.351", "agrees", None),
        ("MMLU", "35.1", "agrees-normalised", None),
        ("MMLU", "35.1 (5-shot)", "agrees", None),
        ("MMLU (5-shot)", "35", "agrees", None),
        ("MMLU (0-shot)", "35.1", "wrong", "other-setting"),
        ("MMLU (5-shot)", "46.9", "wrong", "other-size"),
        ("MMLU (5-shot)", "53.1", "wrong", "digit-slip"),
        ("MMLU (5-shot)", "35.9", "unsupported", None),
        ("MMLU (5-shot)", "72.2", "unsupported", None),
        ("MMLU", "72.2", "unsupported", None),
        ("MMLU (0-shot)", "28.3", "unsupported", None),
        ("CMMLU", "28.3", "unsupported", None),
        ("BoolQ", "—", "blank", None),
        ("BoolQ", "good", "unreadable", None),
    ],
)
def test_a_score_is_judged_by_benchmark_and_setting(cell, header, text, verdict, cause):
    found = cell("LLaMA 7B", header, text)

    assert (found.verdict, found.cause) == (verdict, cause), found.reason


def test_a_false_score_says_what_the_base_has(cell):
    found = cell("LLaMA 7B", "MMLU (5-shot)", "46.9")

    assert (found.expected, found.cause) == ("35.1", "other-size")
    assert "35.1 (5-shot)" in found.reason


def test_a_table_of_benchmarks_alone_is_judged(check):
    checked = check(
        "| Benchmark | LLaMA 7B | LLaMA 13B |\n|---|---|---|\n| MMLU (5-shot) | 35.1 | 46.9 |\n"
    )

    assert checked.summary == {"agrees": 2}


def test_a_model_the_base_does_not_know_is_not_judged(cell):
    assert cell("Zorg 7B", "MMLU", "35.1").verdict == "unsupported"


@pytest.mark.parametrize(
    ("model", "header", "text"),
    [
        ("DeepSeek-R1", "GPQA Diamond", "71.5"),  # the base: GPQA, diamond
        ("DeepSeek-R1", "GPQA", "71.5"),
        ("DeepSeek-R1", "SWE-bench Verified", "49.2"),
        ("Llama 3.1 8B", "GSM8K", "84.5"),  # of the instruct model, whose name people shorten
        ("Llama 3.1 8B Inst.", "GSM8K (8-shot)", "84.5"),
        ("Llama-3.1-8B-Ins", "GSM8K", "84.5"),
    ],
)
def test_what_a_table_leaves_out_is_supplied(cell, model, header, text):
    assert cell(model, header, text).verdict in {"agrees", "agrees-normalised"}


def test_a_name_that_says_base_is_not_the_instruct_model(cell):
    assert cell("Llama 3.1 8B Base", "GSM8K", "84.5").verdict != "agrees-normalised"


def test_a_score_of_another_size_in_another_run_is_no_slip(cell):
    """85.3 is one paper's WinoGrande of Llama 3 70B; of Llama 3.1 70B that paper says nothing."""
    assert cell("Llama 3.1 70B", "WinoGrande", "85.3").verdict == "unsupported"
