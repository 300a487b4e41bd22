"""Decimal commas: a table that writes `6,74B` and `4.096` is read as it is meant."""

from __future__ import annotations

import pytest

GERMAN = (
    "| Modell | Parameter | Schichten | Modelldimension |\n|---|---|---|---|\n"
    "| LLaMA 7B | 6,74B | 32 | 4.096 |\n| LLaMA 13B | 13,0B | 40 | 5.120 |\n"
    "| LLaMA 65B | 65,3B | 80 | 8.192 |\n"
)


def verdicts(found):
    return {c.cell.text: c.judgement.verdict for c in found.judged_cells}


def test_a_table_with_decimal_commas_is_true(check):
    found = check(GERMAN)
    assert found.decimal_comma
    assert set(verdicts(found).values()) <= {"agrees", "agrees-normalised"}
    assert "6,74B" in verdicts(found)  # shown as it stands in the file


def test_an_error_in_such_a_table_is_found(check):
    found = check(GERMAN.replace("8.192", "8.291"))
    assert [text for text, verdict in verdicts(found).items() if verdict == "wrong"] == ["8.291"]


def test_one_number_does_not_turn_the_notation_of_a_table_round(check):
    found = check(
        "| Model | d_model | d_ff |\n|---|---|---|\n"
        "| LLaMA 7B | 4,096 | 11,008 |\n| LLaMA 65B | 8.192 | 22,016 |\n"
    )
    assert not found.decimal_comma
    assert verdicts(found)["8.192"] == "wrong"


@pytest.mark.parametrize(("text", "decimal"), [("0,01", True), ("0.01", False)])
def test_a_zero_before_a_comma_is_a_decimal_one(check, text, decimal):
    found = check(f"| Model | LR | d_model |\n|---|---|---|\n| PaLM 540B | {text} | 18,432 |\n")
    assert found.decimal_comma is decimal
    assert set(verdicts(found).values()) <= {"agrees", "agrees-normalised"}


def test_lists_with_commas_stay_lists(check):
    found = check("| Model | Params | Layers |\n|---|---|---|\n| PaLM | 8,62,540B | 32,64,118 |\n")
    assert not found.decimal_comma
    assert set(verdicts(found).values()) <= {"agrees", "agrees-normalised"}
