"""Columns that give counts in thousands without a unit."""

from __future__ import annotations

import pytest

WRONG = "false"
TABLE = "| Model | {header} |\n|---|---|\n| LLaMA 7B | {0} |\n| Llama 3 8B | {1} |\n| Gemma 2 9B | {2} |\n"


@pytest.mark.parametrize(
    ("header", "texts", "verdicts"),
    [
        ("Vocabulary", ("32", "128", "256"), ["agrees-normalised"] * 3),
        ("Vocabulary", ("32", "128", "256,000"), [WRONG, WRONG, "agrees"]),
        ("Vocabulary", ("32", "182", "256"), [WRONG] * 3),  # two of three
        ("Context", ("2", "8", "8"), ["agrees-normalised"] * 3),
        ("Context", ("2048", "8192", "8"), ["agrees", "agrees", WRONG]),  # a unit that was lost
        ("Layers", ("32", "32", "42"), ["agrees"] * 3),
    ],
)
def test_a_whole_column_below_any_real_count_is_in_thousands(check, header, texts, verdicts):
    found = check(TABLE.format(*texts, header=header))
    assert [
        WRONG if cell.judgement.is_false else cell.judgement.verdict for cell in found.judged_cells
    ] == verdicts


def test_one_wrong_count_of_five_is_wrong_in_thousands_too(check):
    more = "| Mistral 7B | 32 |\n| Llama 2 7B | 33 |\n| Llama 2 13B | 32 |\n"
    found = check(TABLE.format("32", "128", "256", header="Vocabulary") + more)
    assert [cell.judgement.is_false for cell in found.judged_cells] == [
        False, False, False, False, True, False,
    ]  # fmt: skip
