"""What is no value of its header's attribute may be that of another."""

from __future__ import annotations

import pytest


def test_a_publisher_below_another_header_may_be_anything(check):
    found = check("| Model | Layers | Organization |\n|---|---|---|\n| LLaMA 7B | Meta | Meta |\n")
    assert [cell.judgement.verdict for cell in found.judged_cells] == ["unreadable", "agrees"]


def test_a_value_that_belongs_into_another_column_is_misplaced(check):
    table = "| Model | Activation | Layers |\n|---|---|---|\n| LLaMA 7B | {} | {} |\n"
    cells = check(table.format("32", "SwiGLU")).judged_cells
    assert [(c.judgement.verdict, c.judgement.cause) for c in cells] == [
        ("misplaced", "other-attribute")
    ] * 2
    assert cells[0].judgement.reason == "32 is the n_layers of llama-7b"
    assert cells[0].judgement.expected == "SwiGLU"
    assert cells[0].judgement.models == ("llama-7b",)
    assert {claim.attribute for claim in cells[0].judgement.claims} == {"activation"}
    for text in ("33", f"32 ({'x' * 96})", "32 of them all"):
        assert check(table.format(text, "32")).judged_cells[0].judgement.verdict == "unreadable"
    assert check(table.format(f"32 ({'x' * 95})", "32")).judged_cells[0].judgement.is_false


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("Mixtral 8x7B", "8 of them", "unreadable"),
        ("Mixtral 8x7B", "14336", "agrees-normalised"),
        ("LLaMA", "11008", "partly-wrong"),
        ("LLaMA 7B", "11009", "wrong"),
    ],
)
def test_below_a_loose_header_another_attribute_of_its_row_may_stand(check, model, text, verdict):
    found = check(f"| Model | Feed-forward | Layers |\n|---|---|---|\n| {model} | {text} | 32 |\n")
    assert found.judged_cells[0].judgement.verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("300B", "agrees"), ("96", "misplaced"), ("350B", "wrong"), ("350 notes", "unreadable")],
)
def test_what_shares_the_cells_of_a_header_is_in_its_place(check, text, verdict):
    table = "| Model | Training data | Layers |\n|---|---|---|\n| OPT-175B | {} | 96 |\n"
    assert check(table.format(text)).judged_cells[0].judgement.verdict == verdict


@pytest.mark.parametrize(("text", "verdict"), [("2,000", "unreadable"), ("2T", "misplaced")])
def test_a_bare_number_is_no_number_of_billions(check, text, verdict):
    found = check(f"| Model | # GPUs | Tokens |\n|---|---|---|\n| Llama 2 70B | {text} | 2T |\n")
    assert found.judged_cells[0].judgement.verdict == verdict
