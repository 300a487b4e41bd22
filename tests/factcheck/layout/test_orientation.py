"""Whole tables: which way they lie, whom they speak of, what their rows say against themselves."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging.causes import one_edit


def verdicts(checked):
    return [judged.judgement.verdict for judged in checked.judged_cells]


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


def test_a_short_row_whose_values_slipped_is_said_to_have_slipped(check):
    found = check(
        "| | BERT | GPT-2 XL | PaLM 540B | LLaMA 65B |\n|---|---|---|---|---|\n"
        "| Vocabulary | 30522 | 256000 | 32000 |\n"
    )
    (finding,) = found.findings
    assert (finding.finding, finding.cause) == ("ragged", "shifted-row")
    assert verdicts(found) == ["agrees", "misplaced", "misplaced"]
    assert {e.judgement.cause for e in found.judged_cells[1:]} == {"shifted-row"}


def test_a_full_row_whose_values_slipped_is_found_too(check):
    found = check(
        "| Model | Layers | d_model | Heads | Vocabulary |\n|---|---|---|---|---|\n"
        "| LLaMA 65B | | 80 | 8192 | 64 |\n"
    )
    assert found.findings[0].finding == "shifted"
    assert [e.judgement.cause for e in found.judged_cells if e.filled] == ["shifted-row"] * 3


def test_a_row_that_fits_where_it_stands_is_only_called_ragged(check):
    found = check("| | BERT | GPT-1 | GPT-4 |\n|---|---|---|---|\n| Context | 512 | 512 |\n")
    assert [f.finding for f in found.findings] == ["ragged"]
    assert "every cell fits" in found.findings[0].text


def test_heads_that_do_not_make_the_width_are_a_contradiction_even_of_an_unknown_model(check):
    rows = "".join(f"| Foo-{n} | {64 * n} | {n} | 64 |\n" for n in (8, 12, 16))
    found = check(
        "| Model | d_model | Heads | Head dim |\n|---|---|---|---|\n"
        + rows
        + "| Foo-9 | 640 | 9 | 64 |\n"
    )
    assert [f.cause for f in found.findings] == ["self-contradiction"]
    assert found.judged_cells[-2].judgement.verdict == "wrong"
    assert found.judged_cells[-2].judgement.expected == "10"


def test_parameters_that_the_shape_cannot_hold_are_a_contradiction(check):
    found = check(
        "| Model | Params | Layers | d_model |\n|---|---|---|---|\n| A | 6.9B | 32 | 4096 |\n"
        "| B | 1.4B | 24 | 2048 |\n| C | 12B | 36 | 5120 |\n| D | 28B | 32 | 2560 |\n"
    )
    assert [f.label for f in found.findings] == ["D"]
    assert [e.judgement.cause for e in found.judged_cells if e.judgement.is_false] == [
        "self-contradiction"
    ]


def test_a_date_that_no_calendar_has_is_wrong(check):
    found = check("| Model | Date |\n|---|---|\n| LLaMA | 7023-02-24 |\n| GPT-4 | 2023-13 |\n")
    assert verdicts(found) == ["wrong", "wrong"]


def test_a_date_far_from_the_paper_its_row_links_is_a_contradiction(check):
    found = check(
        "| Model | Date | Paper |\n|---|---|---|\n| Foo | 2024-06 | https://arxiv.org/abs/2101.00001 |\n"
    )
    assert found.judged_cells[0].judgement.cause == "self-contradiction"


def test_swapped_cells_are_both_found(check):
    found = check("| Model | Layers | Heads |\n|---|---|---|\n| LLaMA 65B | 64 | 80 |\n")
    assert verdicts(found) == ["misplaced", "misplaced"]


def test_data_counted_in_points_is_not_held_against_tokens(check):
    found = check(
        "| Model | Training dataset size (datapoints) |\n|---|---|\n| Llama 2-70B | 1500000000000 |\n"
    )
    assert verdicts(found) == ["unsupported"]


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [("2022", "2023", True), ("124", "142", True), ("32", "320", True), ("117", "340", False),
     ("5", "6", False)],
)  # fmt: skip
def test_one_digit_changed_lost_added_or_swapped_is_a_slip(first, second, near):
    assert one_edit(first, second) is near


def test_a_column_nobody_knows_is_named_once_and_a_formula_apart(check):
    checked = check(
        "| Model | Layers | Zorg factor | Heads × d_k | Notes |\n|---|---|---|---|---|\n"
        "| LLaMA 7B | 32 | 12 | 4096 | x |\n| LLaMA 13B | 40 | 13 | 5120 | y |\n"
    )

    assert (checked.layout.unread, checked.layout.formulas) == (["Zorg factor"], ["Heads × d_k"])
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
