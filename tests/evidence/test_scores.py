"""A score is that of the model and of the setting: planted faults, each with a neighbour that is sound."""

from pathlib import Path

import pytest

from llmnotes.evidence.copies import Copies
from llmnotes.evidence.files import check_file
from tests.evidence.planting import COMMIT

FAMILY = f"""\
id = "toy"
name = "Toy"
line = "toy"

[sources.toy-readme]
kind = "model-card"
title = "toy/toy: the card"
url = "https://github.com/toy/toy"
copy_read = "toy/toy@{COMMIT}:README.md"
read = "whole"

[sources.toy-code]
kind = "code"
title = "toy/toy: the code"
url = "https://github.com/toy/toy"
copy_read = "toy/toy@{COMMIT}"
read = "part"

[sources.toy-report]
kind = "code"
title = "toy/toy: the report"
url = "https://github.com/toy/toy"
copy_read = "toy/toy@{COMMIT}:report.pdf"
read = "whole"

[claims.optimizer]
value = "Adam"
source = "toy-readme"
at = "Training"
printed = "Adam"
parameters = {{ beta2 = 0.95 }}

[claims.training_data]
value = [{{ name = "C4", weight = 0.084 }}]
source = "toy-readme"
at = "Data"
printed = "C4"

[claims.weight_decay]
value = 0.1
source = "toy-readme"
at = "Training"
printed = "0.1"

[[models]]
id = "toy-1b"
name = "Toy 1B"
size = "1B"

[models.claims]
evaluation = [
  {{ value = [%SCORE%], source = "%SOURCE%", at = "%AT%" }},
]

[[models]]
id = "toy-13b"
name = "Toy 13B"
size = "13B"
"""
LINE = FAMILY[: FAMILY.index("%SCORE%")].count("\n") + 1
README = (
    """
# Toy

## Data

C4 has 8.4% of it, and 48 books.

## Training

Adam with β1 = 0.9, β2 = 0.95 and a weight decay of 0.1.

## Results

| Benchmark | Toy 1B | Toy 13B |
| --- | --- | --- |
| MMLU (5-shot) | 40.5 | 55.0 |
| GSM8K | 12.1 | 44.0 |

GSM8K (8-shot) is taken with its own prompt.
BBH (25-shot) is taken with the usual one.
All are taken 16-shot for the appendix.
Common sense (0-shot): BBH and others.

## Thanks

"""
    + "Thanks to all who helped us. " * 30
    + "A share of 0.99 of them came."
)
REPORT = """\
Table 1: Results.
Toy-1B Toy-13B
MMLU 5-shot 40.5 55.0
GSM8K 8-shot 12.1 44.0
"""


@pytest.fixture
def told(tmp_path: Path, data: Path):
    """The faults of the family with one score and source, after a change to its text."""
    (data / "entities" / "benchmarks.toml").write_text(
        '[mmlu]\nname = "MMLU"\n[gsm8k]\nname = "GSM8K"\n[bbh]\nname = "BBH"\n'
    )
    (data / "entities" / "datasets.toml").write_text('[c4]\nname = "C4"\n')
    copies = tmp_path / "copies"
    (copies / "toy-code").mkdir(parents=True)
    (copies / "toy-code" / "EVAL.md").write_text(README)
    (copies / "toy-readme.md").write_text(README)
    (copies / "toy-report.txt").write_text(REPORT)
    (copies / "toy-report.pdf").write_bytes(b"%PDF")

    def check(
        score: str, source: str = "toy-readme", at: str = "Results", change=("", "")
    ) -> list[str]:
        text = FAMILY.replace("%SCORE%", score).replace("%SOURCE%", source).replace("%AT%", at)
        assert change[0] in text
        path = tmp_path / "toy.toml"
        path.write_text(text.replace(*change) if change[0] else text, encoding="utf-8")
        return [fault.sentence for fault in check_file(path, Copies(copies), data)]

    return check


SOURCES = [
    ("toy-readme", "Results"), ("toy-code", "EVAL.md, Results"), ("toy-report", "Table 1"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "at"), SOURCES)
def test_a_sound_score_is_found_again(told, source, at):
    assert told('{ benchmark = "MMLU", setting = "5-shot", score = 40.5 }', source, at) == []


@pytest.mark.parametrize(("source", "at"), SOURCES)
def test_the_score_of_a_siblings_column_is_told_in_a_sentence_with_line_and_repair(
    told, source, at
):
    (sentence,) = told('{ benchmark = "MMLU", score = 55.0 }', source, at)

    assert "not at toy-1b; take it from the model's own row or column" in sentence
    assert "13B" in sentence
    assert sentence.startswith(f"line {LINE}: toy-1b.evaluation: ")


@pytest.mark.parametrize(("source", "at"), SOURCES)
@pytest.mark.parametrize("shots", ["3-shot", "0-shot", "25-shot, CoT"])
def test_other_shots_than_those_of_the_row_are_told(told, source, at, shots):
    (sentence,) = told(f'{{ benchmark = "MMLU", setting = "{shots}", score = 40.5 }}', source, at)

    assert "the copy says 5-shot" in sentence


def test_shots_beside_the_name_of_a_benchmark_count_where_the_row_has_none(told):
    assert told('{ benchmark = "GSM8K", setting = "8-shot", score = 12.1 }') == []
    (sentence,) = told('{ benchmark = "GSM8K", setting = "4-shot", score = 12.1 }')

    assert "the copy says 8-shot" in sentence


def test_shots_of_another_benchmark_are_none_of_this_one(told):
    (sentence,) = told('{ benchmark = "GSM8K", setting = "25-shot", score = 12.1 }')

    assert "the copy says 8-shot" in sentence


@pytest.mark.parametrize("setting", ["0-shot", "16-shot", "few-shot", "dev"])
def test_shots_that_may_be_said_of_the_benchmark_are_left_alone(told, setting):
    assert told(f'{{ benchmark = "GSM8K", setting = "{setting}", score = 12.1 }}') == []


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        (("weight = 0.084", "weight = 0.0084"), "the share of C4"),
        (("weight = 0.084", "weight = 0.84"), "the share of C4"),
        (("value = 0.1", "value = 0.01"), "the value is 0.01"),
        (("beta2 = 0.95", "beta2 = 0.99"), "not beside its name"),
        (("beta2 = 0.95", "beta2 = 0.999"), "does not stand in the copy"),
    ],
)
def test_a_number_of_another_scale_or_from_elsewhere_is_told(told, change, hint):
    (sentence,) = told('{ benchmark = "MMLU", score = 40.5 }', change=change)

    assert hint in sentence
