"""A figure in another model's column alone is told from one that may be the model's own."""

import pytest

from llmnotes.evidence.columns import (
    BenchmarkNames,
    ModelNames,
    SoughtFigure,
    SoughtModel,
    elsewhere,
)
from llmnotes.evidence.grids import lined, marked_up
from llmnotes.evidence.rows import labels
from llmnotes.vocabulary import fold

LABELS = {
    "toy-1b": labels("toy-1b", "Toy 1B", ["lab/Toy-1B"], "1B"),
    "toy-13b": labels("toy-13b", "Toy 13B", [], "13B"),
    "toy-1b-chat": labels("toy-1b-chat", "Toy 1B Chat", [], "1B"),
}
BENCHMARKS = BenchmarkNames(
    {fold(name): key for key, name in (("mmlu", "MMLU"), ("mmlu-pro", "MMLU-Pro"), ("bbh", "BBH"))}
)
NAMES = ModelNames(
    {*(fold(name) for names in LABELS.values() for name in names), "rival7b", "rival13b"}, ["mmlu"]
)
WIDE = """
| Benchmark | Toy 1B | Toy 13B | Rival-7B | Rival v3 |
| --- | --- | --- | --- | --- |
| MMLU | 40.5 | 55.0 | 61.2 | 70.9 |
| BBH | 31.7 | 44.4 | 40.5 | 52.3 |
"""
TALL = """
| Model | MMLU | BBH |
| --- | --- | --- |
| lab/Toy-1B | 40.5 | 31.7 |
| Toy-1B-Chat | 43.3 | 30.2 |
| Rival-7B | 61.2 | 44.4 |
"""
PDF = "Table 2: Results.\nToy-1B Toy-13B Rival-7B\nMMLU 40.5 55.0 61.2\nBBH 31.7 44.4 40.5\n"
SIZES = "Table 2: Results.\nBenchmark metric 1B 13B\nMMLU top-1 40.5 55.0\n"


def told(figure: str, text: str, own: str = "toy-1b", benchmark: str | None = "mmlu") -> str | None:
    grids = lined(text, NAMES.is_name) if text.startswith("Table") else marked_up(text, "x.md")
    return elsewhere(
        SoughtModel(own, LABELS, NAMES),
        SoughtFigure(frozenset({figure}), benchmark),
        grids,
        BENCHMARKS,
    )


@pytest.mark.parametrize(
    ("figure", "text", "other"),
    [
        ("55.0", WIDE, "Toy 13B"), ("61.2", WIDE, "Rival-7B"), ("70.9", WIDE, "Rival v3"),
        ("61.2", TALL, "Rival-7B"), ("43.3", TALL, "Toy-1B-Chat"),
        ("55.0", PDF, "Toy-13B"), ("61.2", PDF, "Rival-7B"), ("55.0", SIZES, "13B"),
        ("61.2", WIDE + "\nIn 2020 61.2 was much.\n", "Rival-7B"),
    ],
)  # fmt: skip
def test_a_score_of_another_column_or_row_is_told(figure, text, other):
    assert told(figure, text) == other


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("40.5", WIDE), ("40.5", TALL), ("40.5", PDF), ("40.5", SIZES),
        ("99.9", WIDE),
        ("61.2", WIDE + "\nOn MMLU it has 61.2.\n"),
        ("55.0", WIDE + "\n| Benchmark | Toy 1B |\n| --- | --- |\n| MMLU | 55.0 |\n"),
        ("61.2", TALL.replace("Toy-1B", "Plaything")),
        ("61.2", WIDE.replace("Rival-7B", "Ours")),
        ("61.2", PDF.replace("Rival-7B\n", "Rival-7B Rival-13B\n")),
    ],
)  # fmt: skip
def test_what_may_be_the_models_own_is_not(figure, text):
    assert told(figure, text) is None


def test_the_row_of_another_benchmark_does_not_count():
    assert told("40.5", WIDE, own="toy-13b") == "Toy 1B"
    assert told("44.4", WIDE, own="toy-13b", benchmark="bbh") is None


def test_without_a_benchmark_a_figure_beside_the_table_may_be_its_own():
    assert told("61.2", WIDE, benchmark=None) == "Rival-7B"
    assert told("61.2", WIDE + "\nIt has 61.2 of them.\n", benchmark=None) is None


def test_a_base_model_and_its_chat_model_differ_where_both_have_a_column():
    assert told("40.5", TALL, own="toy-1b-chat") == "lab/Toy-1B"
    assert told("40.5", WIDE, own="toy-1b-chat") is None


def test_sizes_below_a_heading_do_not_make_a_model_another_one():
    text = WIDE.replace("Toy 1B |", "Toy 1B<br>0.9B |")

    assert told("40.5", text) is None


def test_a_stage_of_training_is_the_model():
    text = TALL.replace("| Rival-7B |", "| Toy-1B-intermediate-step-50k-104b<br>103B |")

    assert told("61.2", text) is None


def test_a_first_word_that_benchmarks_have_too_names_no_model():
    names = ModelNames({"alpaca7b", "rival7b"}, ["alpacaeval"])

    assert names.brands == {"rival"}


def test_the_longest_name_of_a_benchmark_counts():
    assert BENCHMARKS.of("MMLU-Pro (5-shot)") == {"mmlu-pro"}
    assert BENCHMARKS.at_end("scores on MMLU") == "mmlu"
    assert BENCHMARKS.at_end("on MMLU here") is None
