"""Columns and rows of settings in tables of scores."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.layout.headers import read_header
from llmnotes.factcheck.layout.settings_beside import are_settings, in_setting, is_setting_head


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("# Shots", True),
        ("Metric", True),
        ("Capability Dimension", True),
        ("LLaMA 7B", False),
        ("", False),
    ],
)
def test_a_header_may_name_how_scores_were_taken(text, is_one):
    assert is_setting_head(text) is is_one


@pytest.mark.parametrize(
    ("texts", "are"),
    [
        (["5-shot", "0-shot, CoT", "-"], True),
        (["5-shot", "45.3"], False),
        (["", "-"], False),
        (["pass@1", "acc"], True),
    ],
)
def test_settings_are_nothing_but_settings(texts, are):
    assert are_settings(texts) is are


def test_the_settings_of_a_row_are_those_of_its_benchmark():
    mmlu = read_header("MMLU")
    assert in_setting(mmlu, [("# Shots", "5"), ("Metric", "acc")]).setting == "5-shot, acc"
    assert in_setting(read_header("Layers"), [("# Shots", "5")]) == read_header("Layers")


def test_columns_of_settings_are_none_of_models(check):
    found = check(
        "| Benchmark | # Shots | Metric | LLaMA 7B | LLaMA 13B |\n|---|---|---|---|---|\n"
        "| MMLU | 5 | acc | 35.1 | 46.9 |\n"
    )
    assert [cell.spot.name for cell in found.judged_cells] == ["LLaMA 7B", "LLaMA 13B"]
    assert all(cell.judgement.verdict.startswith("agrees") for cell in found.judged_cells)
    assert found.judged_cells[0].spot.headers[0].setting == "5-shot, acc"


def test_a_row_of_settings_below_the_benchmarks_heads_the_columns_too(check):
    found = check("| Model | MMLU |\n|---|---|\n| | 5-shot |\n| LLaMA 7B | 35.1 |\n")
    assert [cell.cell.text for cell in found.judged_cells] == ["35.1"]
    assert found.judged_cells[0].spot.headers[0].setting == "5-shot"


def test_names_of_benchmarks_may_stand_below_dataset(check):
    found = check(
        "| Capability | Dataset | LLaMA 7B |\n|---|---|---|\n"
        "| Knowledge | MMLU | 35.1 |\n| Math | GSM8K | 11.0 |\n"
    )
    assert [cell.spot.headers[0].benchmark for cell in found.judged_cells] == ["MMLU", "GSM8K"]
