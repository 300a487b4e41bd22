"""Benchmarks as headers."""

from __future__ import annotations

import sqlite3

import pytest

from llmnotes.factcheck.layout.benchmarks import (
    benchmark_key,
    may_be_same,
    read_benchmark,
    same_benchmark,
)
from llmnotes.factcheck.layout.header_words import names
from llmnotes.factcheck.layout.headers import read_header
from llmnotes.vocabulary import fold


@pytest.mark.parametrize(
    ("text", "name", "setting"),
    [
        ("BoolQ", "BoolQ", ""),
        ("MMLU 5-shot", "MMLU", "5-shot"),
        ("MMLU (5-shot)", "MMLU", "5-shot"),
        ("zero-shot PIQA", "PIQA", "zero-shot"),
        ("ARC-c", "ARC-Challenge", ""),
        ("Natural Questions (64-shot)", "NaturalQuestions", "64-shot"),
        ("HumanEval pass@1", "HumanEval", ""),
        ("HumanEval (Python)", "HumanEval", "Python"),
        ("MMLU (5-shot) [our run]", "MMLU", "5-shot, our run"),
        ("HellaSwag (acc, %)", "HellaSwag", ""),
        ("GSM8K 8-shot CoT", "GSM8K", "8-shot, CoT"),
        ("LAMBADA ↑", "LAMBADA", ""),
        ("AIME 2024 (avg@32)", "AIME 2024", ""),
        ("IFEval (strict-prompt)", "IFEval", ""),
        ("HLE (no tools)", "Humanity's Last Exam", "no tools"),
        ("DROP", "DROP", ""),
        ("DROP[^5] (F1, 3-shot)", "DROP", "3-shot"),
        ("evaluations_mmlu_pro", "MMLU-Pro", ""),
        ("eval_gsm8k", "GSM8K", ""),
        ("score/BBH", "BBH", ""),
        ("MATH", "MATH", ""),
    ],
)
def test_a_benchmark_is_known_with_its_setting(text: str, name: str, setting: str) -> None:
    assert read_benchmark(text) == (name, setting)
    assert read_header(text).attribute == "evaluation"


@pytest.mark.parametrize(
    "text", ["Drop", "race", "Math", "Layers", "5-shot", "", "MMLU per param", "score"]
)
def test_other_words_are_no_benchmark(text: str) -> None:
    assert read_benchmark(text) is None


def test_dropout_stays_dropout() -> None:
    assert read_header("Drop").attribute == "dropout"


def test_every_benchmark_of_the_base_may_head_a_column(connection: sqlite3.Connection) -> None:
    rows = connection.execute(
        "SELECT DISTINCT json_extract(one.value, '$.benchmark') FROM claims c, json_each(c.value) one "
        "WHERE c.attribute = 'evaluation'"
    )
    unknown = [name for (name,) in rows if read_benchmark(name) is None]

    assert unknown == [], "add them to llmnotes/data/entities/benchmarks.toml"


def test_two_names_of_one_benchmark_are_one() -> None:
    assert benchmark_key("HLE") == benchmark_key("Humanity's Last Exam")
    assert benchmark_key("HumanEval") != benchmark_key("HumanEval+")
    assert benchmark_key("NoSuch Bench") == "nosuchbench"


def test_no_spelling_of_a_benchmark_is_the_name_of_an_attribute_unless_written_exactly() -> None:
    from llmnotes.factcheck.layout.benchmarks import _known

    spellings, exact = _known()
    folded = {fold(word) for word in exact}

    assert [word for word in spellings if word in names() and word not in folded] == []


def test_an_edition_may_be_named_by_its_setting() -> None:
    assert same_benchmark("GPQA Diamond", "GPQA", "diamond, 0-shot")
    assert not same_benchmark("GPQA Diamond", "GPQA", "0-shot")
    assert may_be_same("GPQA", "GPQA Diamond")
    assert not may_be_same("MMLU", "MMLU-STEM")
    assert not may_be_same("MMLU", "MMLU-Pro")


@pytest.mark.parametrize(
    ("text", "name", "setting"),
    [
        ("HumanEval-Python", "HumanEval", "Python"),
        ("LAMBADA OpenAI", "LAMBADA", "OpenAI"),
        ("HumanEval-Java", None, ""),
        ("MBPP +", "MBPP+", ""),
        ("MBPP + x", None, ""),
    ],
)
def test_a_version_of_a_benchmark_may_stand_behind_its_name(text, name, setting):
    found = read_benchmark(text)
    assert (found and tuple(found)) == (name and (name, setting))
