"""Whole tables: which way they lie and whom they speak of."""

from __future__ import annotations

import pytest

from tests.factcheck.judging.cells import verdicts


def subjects(checked):
    return [judged.subject.id if judged.subject else None for judged in checked.judged_cells]


@pytest.mark.parametrize(
    ("text", "orientation"),
    [
        ("| Model | Layers |\n|---|---|\n| LLaMA 7B | 32 |\n", "models-as-rows"),
        ("| | LLaMA 7B | PaLM 8B |\n|---|---|---|\n| Layers | 32 | 32 |\n", "models-as-columns"),
        ("# LLaMA 2\n\n| Params | Layers |\n|---|---|\n| 7B | 32 |\n", "sizes-as-rows"),
        ("# LLaMA 2\n\n| | 7B | 70B |\n|---|---|---|\n| Layers | 32 | 80 |\n| Heads | 32 | 64 |\n",
         "sizes-as-columns"),
        ("## LLaMA 2 7B\n\n- Layers: 32\n- Heads: 32\n", "facts"),
    ],
)  # fmt: skip
def test_a_table_is_understood_whichever_way_it_lies(check, text, orientation):
    found = check(text)
    assert found.layout.orientation == orientation
    assert set(verdicts(found)) == {"agrees"}


def test_a_size_column_tells_which_member_of_a_family_a_row_is_about(check):
    found = check(
        "| Model | Size | Layers | d_model |\n|---|---|---|---|\n"
        "| LLaMA | 65B | 80 | 8192 |\n| LLaMA | 7B | 32 | 8192 |\n"
    )
    assert verdicts(found) == ["agrees", "agrees", "agrees", "agrees", "agrees", "wrong"]


def test_a_family_row_may_list_its_sizes(check):
    found = check(
        "| Model | Params | Layers |\n|---|---|---|\n| LLaMA 2 | 7B, 13B, 70B | 32-80 |\n"
        "| BERT | 110M/340M | 12, 24 |\n"
    )
    assert set(verdicts(found)) <= {"agrees", "agrees-normalised"}


def test_family_rows_head_the_sizes_below_them(check):
    found = check(
        "| Model | Layers |\n|---|---|\n| LLaMA | |\n| 7B | 32 |\n| 65B | 80 |\n| LLaMA 2 | |\n| 70B | 80 |\n"
    )
    assert [s for s in subjects(found) if s and "-" in s and s[-1] == "b"] == [
        "llama-7b", "llama-65b", "llama-2-70b",
    ]  # fmt: skip


def test_a_table_of_sizes_without_a_name_is_recognized_by_them(check):
    found = check(
        "| params | layers |\n|---|---|\n| 6.7B | 32 |\n| 13.0B | 40 |\n| 32.5B | 60 |\n| 65.2B | 80 |\n"
    )
    assert subjects(found)[-1] == "llama-65b"
    assert "llama" in found.layout.taken


def test_a_column_nobody_knows_is_named_once_and_a_formula_apart(check):
    checked = check(
        "| Model | Layers | Zorg factor | Heads × d_k | Notes |\n|---|---|---|---|---|\n"
        "| LLaMA 7B | 32 | 12 | 4096 | x |\n| LLaMA 13B | 40 | 13 | 5120 | y |\n"
    )

    assert (checked.layout.unread, checked.layout.formulas) == (["Zorg factor"], ["Heads × d_k"])
    assert checked.summary == {"agrees": 2}


def test_a_column_of_remarks_among_the_models_is_no_model(check):
    checked = check(
        "| | LLaMA 7B | Sources | Zorg 7B |\n|---|---|---|---|\n| Layers | 32 | touvron | 12 |\n"
    )

    assert checked.summary == {"agrees": 1, "unsupported": 1}


def test_a_row_of_one_heading_cell_across_the_columns_heads_rows_not_columns(check):
    checked = check(
        "<table><tr><th>Attribute<th>LLaMA 7B<th>LLaMA 13B</tr>"
        "<tr><th colspan=3>Size</tr><tr><th>Layers<td>32<td>40</tr></table>"
    )

    assert checked.summary == {"agrees": 2}


def test_a_row_nobody_knows_is_named_once(check):
    checked = check(
        "| | LLaMA 7B | LLaMA 13B |\n|---|---|---|\n| Layers | 32 | 40 |\n| Zorg factor | 1 | 2 |\n"
    )

    assert checked.layout.unread == ["Zorg factor"]


def test_a_header_in_two_rows_is_read_as_one(check):
    checked = check(
        "<table><tr><th rowspan=2>Model</th><th>Ctx</th><th colspan=2>Attention</th></tr>"
        "<tr><th>tokens</th><th>heads</th><th>type</th></tr>"
        "<tr><td>LLaMA 7B</td><td>2048</td><td>32</td><td>MHA</td></tr></table>",
        "t.html",
    )

    assert checked.summary == {"agrees": 3}


def test_a_row_without_values_that_names_an_attribute_heads_no_other_rows(check):
    found = check(
        "| | LLaMA 7B | LLaMA 65B |\n|---|---|---|\n| Encoder layers | | |\n| Layers | 32 | 80 |\n"
    )
    assert [c.judgement.attribute for c in found.judged_cells if c.filled] == ["n_layers"] * 2


UNITS = "| Model | Ctx | Params | Train |\n|---|---|---|---|\n|  | tokens | B | tokens (T) |\n"


def test_a_row_of_units_goes_on_with_the_header_above_it(check) -> None:
    found = check(f"{UNITS}| LLaMA 7B | 2048 | 6.7 | 1.0 |\n")

    assert [judged.judgement.verdict for judged in found.judged_cells] == ["agrees"] * 3
    assert {judged.row for judged in found.judged_cells} == {2}


@pytest.mark.parametrize(
    "row",
    ["| LLaMA 7B | tokens | B | tokens (T) |", "|  | 2048 | B | tokens (T) |", "|  |  |  |  |"],
)
def test_a_row_with_a_name_or_a_value_is_no_header(check, row: str) -> None:
    found = check(
        f"| Model | Ctx | Params | Train |\n|---|---|---|---|\n{row}\n| LLaMA 7B | 2048 | 6.7 | 1.0 |\n"
    )

    assert "agrees" in {judged.judgement.verdict for judged in found.judged_cells}
    assert found.layout.unread == ["Train"]


def test_a_heading_names_no_model_whose_size_it_denies(check):
    """`Nobody Zephyr 3B` is not Zephyr, which has 7B."""
    rows = ("HellaSwag (10-shot) | 74.2", "MMLU (5-shot) | 46.3", "GSM8K (5-shot) | 42.3")
    table = "\n\n| Task | Value |\n|---|---|\n" + "".join(f"| {row} |\n" for row in rows)

    first = check("# Mistral 7B" + table).judged_cells[0]
    assert first.judgement.models == ("mistral-7b",)
    other = check("# Nobody Zephyr 3B" + table)
    assert not any(cell.judgement.models for cell in other.judged_cells)


def test_labels_may_stand_behind_those_of_their_groups(check):
    found = check(
        "| Category | Attribute | LLaMA 7B |\n|---|---|---|\n"
        "| Shape | Layers | 32 |\n| | Heads | 32 |\n| Text | Context length | 2048 |\n"
    )
    assert found.layout.orientation == "models-as-columns"
    assert verdicts(found) == ["agrees", "agrees", "agrees"]


def test_values_with_their_units_are_no_labels(check):
    found = check("| Model | Layers |\n|---|---|\n| LLaMA 7B | 32 layers |\n")
    assert found.layout.orientation == "models-as-rows"


@pytest.mark.parametrize(
    "header",
    ["| Model | Size | Layers | Model | Size | Layers |", "| | Size | Layers | | Size | Layers |",
     "| Modelo | Tamaño | Capas | Modelo | Tamaño | Capas |"],
)  # fmt: skip
def test_tables_side_by_side_in_one_speak_each_of_its_own_models(check, header):
    found = check(
        f"{header}\n|---|---|---|---|---|---|\n"
        "| LLaMA | 7B | 32 | LLaMA | 13B | 40 |\n| GPT-2 | 1.5B | 48 | OPT | 66B | 63 |\n"
    )

    assert found.layout.naming == [0, 3]
    assert [judged.cell.text for judged in found.judged_cells if judged.judgement.is_false] == [
        "63"
    ]


def test_a_name_whose_header_spans_two_columns_is_told_by_its_cells(check):
    found = check(
        "<table><tr><th colspan=2>Model</th><th>Layers</th></tr><tr><td>Meta</td><td>LLaMA 7B</td>"
        "<td>32</td></tr><tr><td>Google</td><td>PaLM 8B</td><td>31</td></tr></table>",
        "page.html",
    )

    assert subjects(found) == ["llama-7b", "palm-8b"]
    assert [judged.judgement.is_false for judged in found.judged_cells] == [False, True]


def test_a_row_without_a_size_is_of_the_family_and_one_of_nobodys_size_of_nobody(check):
    found = check(
        "# LLaMA\n\n| Params | Organization |\n|---|---|\n| 7B | Meta |\n| all sizes | Meta |\n"
        "| 99B | Meta |\n"
    )
    whom = [
        judged.subject and judged.subject.id
        for judged in found.judged_cells
        if judged.spot.headers[0].attribute == "organization"
    ]
    assert whom == ["llama-7b", "llama", None]


def test_a_row_of_shots_is_no_model_and_tells_the_settings(check):
    found = check(
        "| Model | MMLU | GSM8K |\n|---|---|---|\n| Shot | 5 | 8 |\n| Metric | acc | em |\n"
        "| LLaMA 7B | 35.1 | 11.0 |\n"
    )
    assert {cell.spot.name.strip() for cell in found.judged_cells} == {"LLaMA 7B"}
    assert [cell.spot.headers[0].setting for cell in found.judged_cells] == [
        "5-shot, acc",
        "8-shot, em",
    ]
