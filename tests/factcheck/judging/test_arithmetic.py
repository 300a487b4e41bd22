"""What a row says against itself, whether or not the base knows its model."""

from __future__ import annotations

import pytest


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


def test_a_date_far_from_the_paper_its_row_links_is_a_contradiction(check):
    found = check(
        "| Model | Date | Paper |\n|---|---|---|\n| Foo | 2024-06 | https://arxiv.org/abs/2101.00001 |\n"
    )
    assert found.judged_cells[0].judgement.cause == "self-contradiction"


@pytest.mark.parametrize(
    ("linked", "contradicts"),
    [("2106", True), ("2107", False), ("2506", True), ("2505", False)],
)
def test_a_date_is_a_year_before_or_three_after_the_paper_it_links_at_most(
    check, linked, contradicts
):
    found = check(
        "| Model | Date | Paper |\n|---|---|---|\n"
        f"| Foo | 2024-06 | https://arxiv.org/abs/{linked}.00001 |\n"
    )
    assert (found.judged_cells[0].judgement.cause == "self-contradiction") is contradicts


@pytest.mark.parametrize(("odd", "blamed"), [(1, True), (2, False)])
def test_a_row_is_blamed_only_where_seven_of_ten_keep_the_rule(check, odd, blamed):
    """Heads × width make d_model in 3 of 4 rows, or in 3 of 5."""
    rows = "".join(f"| Foo-{n} | {64 * n} | {n} | 64 |\n" for n in (8, 12, 16))
    rows += "".join(f"| Bar-{n} | {64 * n + 64} | {n} | 64 |\n" for n in range(20, 20 + odd))
    found = check(f"| Model | d_model | Heads | Head dim |\n|---|---|---|---|\n{rows}")
    assert bool(found.findings) is blamed


@pytest.mark.parametrize(
    ("params", "contradicts"),
    [
        # 12 × 32 × 4096² = 6.44B in the blocks; four times as much and two embeddings of 260,000 rows
        # are 27.9B, a quarter is 1.61B.
        ("27.8B", False), ("28.0B", True), ("1.62B", False), ("1.60B", True),
    ],
)  # fmt: skip
def test_parameters_may_be_four_times_the_dense_blocks_or_a_quarter(check, params, contradicts):
    found = check(
        "| Model | Params | Layers | d_model |\n|---|---|---|---|\n| A | 6.9B | 32 | 4096 |\n"
        "| B | 1.4B | 24 | 2048 |\n| C | 12B | 36 | 5120 |\n"
        f"| D | {params} | 32 | 4096 |\n"
    )
    assert ([finding.label for finding in found.findings] == ["D"]) is contradicts


WIDTHS = "| Model | d_model | Heads | Head dim |\n|---|---|---|---|\n"
KEEP = "".join(f"| Foo-{n} | {64 * n} | {n} | 64 |\n" for n in (8, 12, 16))
"""Three rows that keep the rule."""


def blamed(found):
    """The cells that contradict their row: text, what is expected, and why."""
    return [
        (cell.cell.text, cell.judgement.expected, cell.judgement.reason)
        for cell in found.judged_cells
        if cell.judgement.cause == "self-contradiction"
    ]


def test_the_heads_are_blamed_where_others_would_make_the_width(check):
    found = check(f"{WIDTHS}{KEEP}| Foo-9 | 1280 | 18 | 64 |\n")
    said = "18 heads of 64 make 1,152, not 1,280"
    assert blamed(found) == [("18", "20", said)]
    (finding,) = found.findings
    assert (finding.row, finding.label, finding.finding) == (4, "Foo-9", "contradiction")
    assert (finding.cause, finding.text) == ("self-contradiction", said)


def test_the_width_is_blamed_where_no_number_of_heads_makes_it(check):
    found = check(f"{WIDTHS}{KEEP}| Foo-9 | 1290 | 18 | 64 |\n")
    assert blamed(found) == [("1290", "1,152", "18 heads of 64 make 1,152, not 1,290")]


def test_a_single_head_is_held_to_the_rule_too(check):
    found = check(f"{WIDTHS}{KEEP}| Foo-9 | 128 | 1 | 64 |\n")
    assert blamed(found) == [("1", "2", "1 heads of 64 make 64, not 128")]


def test_a_model_whose_heads_truly_do_not_make_its_width_contradicts_nothing(check):
    found = check(f"{WIDTHS}{KEEP}| Gemma 7B | 3072 | 16 | 256 |\n")
    assert found.findings == []
    assert not any(cell.judgement.is_false for cell in found.judged_cells)


def test_a_row_behind_one_that_is_true_as_it_is_is_blamed_all_the_same(check):
    more = "".join(f"| Foo-{n} | {64 * n} | {n} | 64 |\n" for n in (20, 24))
    found = check(f"{WIDTHS}{KEEP}{more}| Gemma 7B | 3072 | 16 | 256 |\n| Foo-9 | 640 | 9 | 64 |\n")
    assert [finding.label for finding in found.findings] == ["Foo-9"]


def test_a_false_cell_of_a_known_model_keeps_its_cause_and_its_row_is_reported(check):
    found = check(f"{WIDTHS}{KEEP}| LLaMA 7B | 4096 | 33 | 128 |\n")
    assert [(one.label, one.text) for one in found.findings] == [
        ("LLaMA 7B", "33 heads of 128 make 4,224, not 4,096")
    ]
    (false,) = (cell for cell in found.judged_cells if cell.judgement.is_false)
    assert (false.cell.text, false.judgement.cause) == ("33", "digit-slip")


@pytest.mark.parametrize("odd", ["9 / 3", "—", "0", "8-10", "✓"])
def test_a_row_without_one_whole_number_each_is_not_held_to_the_rule(check, odd):
    assert check(f"{WIDTHS}{KEEP}| Foo-9 | 640 | {odd} | 64 |\n").findings == []


def test_models_that_are_columns_are_held_to_the_rule_too(check):
    found = check(
        "| | Foo-8 | Foo-12 | Foo-16 | Foo-9 |\n|---|---|---|---|---|\n"
        "| d_model | 512 | 768 | 1024 | 640 |\n| Heads | 8 | 12 | 16 | 9 |\n"
        "| Head dim | 64 | 64 | 64 | 64 |\n"
    )
    assert blamed(found) == [("9", "10", "9 heads of 64 make 576, not 640")]
    assert [(one.row, one.label) for one in found.findings] == [(1, "Foo-9")]


SHAPES = (
    "| Model | Params | Layers | d_model |\n|---|---|---|---|\n| A | 6.9B | 32 | 4096 |\n"
    "| B | 1.4B | 24 | 2048 |\n| C | 12B | 36 | 5120 |\n"
)


def test_parameters_that_do_not_fit_the_shape_are_told_what_its_blocks_hold(check):
    found = check(SHAPES + "| D | 28B | 32 | 2560 |\n")
    said = "32 layers of width 2,560 hold about 2.5B parameters in their blocks"
    assert blamed(found) == [("28B", "about 2.5B", said)]
    (finding,) = found.findings
    assert (finding.row, finding.label, finding.cause, finding.text) == (
        4, "D", "self-contradiction", said,
    )  # fmt: skip


@pytest.mark.parametrize(
    "row",
    ["| LLaMA 7B | 67B | 32 | 4096 |", "| D | 28B, 30B | 32 | 2560 |", "| D | 28B | x | 2560 |"],
)
def test_parameters_of_a_known_model_or_more_than_one_are_not_held_to_the_rule(check, row):
    found = check(f"{SHAPES}{row}\n")
    assert (found.findings, blamed(found)) == ([], [])


def test_a_row_behind_one_of_a_known_model_is_blamed_all_the_same(check):
    more = "| E | 6.9B | 32 | 4096 |\n| F | 1.4B | 24 | 2048 |\n"
    odd = "| LLaMA 7B | 67B | 32 | 4096 |\n| D | 28B | 32 | 2560 |\n"
    assert [finding.label for finding in check(SHAPES + more + odd).findings] == ["D"]


@pytest.mark.parametrize(("odd", "contradicts"), [(1, True), (2, False)])
def test_parameters_are_blamed_only_where_seven_of_ten_rows_keep_the_rule(check, odd, contradicts):
    rows = "".join(f"| D{n} | 28B | 32 | 2560 |\n" for n in range(odd))
    assert bool(check(SHAPES + rows).findings) is contradicts


def dated(check, date, *links, model="Foo"):
    return check(
        f"| Model | Date | Paper |\n|---|---|---|\n| {model} | {date} | {' '.join(links)} |\n"
    )


@pytest.mark.parametrize(
    ("date", "links", "expected"),
    [
        ("2024-06", ["https://arxiv.org/abs/2101.00001"], "2021-01"),
        ("2024-06", ["https://arxiv.org/pdf/2101.00001"], "2021-01"),
        ("2024-06", ["arXiv:2101.00001"], "2021-01"),
        ("2024-06", ["arxiv: 2012.12345"], "2020-12"),
        ("2024-06", ["https://blog.example.org/2020/11/foo"], "2020-11"),
        ("2024-06-30", ["arXiv:2101.00001", "https://arxiv.org/abs/2101.00001"], "2021-01"),
        ("2019-06", ["arXiv:2101.00001"], "2021-01"),  # before it as well as after it
        ("2020-01", ["arXiv:2101.00001"], "2021-01"),
        ("2020-02", ["arXiv:2101.00001"], None),
        ("2024", ["arXiv:2101.00001"], None),  # a year alone is too coarse
        ("2024-06", ["arXiv:2101.00001", "arXiv:2201.00001"], None),  # which of them?
        ("2024-06", ["arXiv:2113.00001"], None),  # no month
        ("2024-06", ["arXiv:2100.00001"], None),
        ("2024-06", ["arXiv:2101.001"], None),  # no paper's number
        ("2024-06, 2024-07", ["arXiv:2101.00001"], None),
        ("2024-06", ["no link"], None),
    ],
)
def test_a_date_is_held_against_the_one_month_that_its_row_links(check, date, links, expected):
    found = dated(check, date, *links)
    if expected is None:
        assert (found.findings, blamed(found)) == ([], [])
    else:
        said = f"{date} stands beside a link of {expected}"
        assert blamed(found) == [(date, expected, said)]
        (finding,) = found.findings
        assert (finding.row, finding.label, finding.finding) == (1, "Foo", "contradiction")
        assert (finding.cause, finding.text) == ("self-contradiction", said)


def test_a_false_date_of_a_known_model_keeps_its_cause_and_a_true_one_contradicts_nothing(check):
    found = dated(check, "2029-06", "arXiv:2302.13971", model="LLaMA 7B")
    assert [one.label for one in found.findings] == ["LLaMA 7B"]
    assert found.judged_cells[0].judgement.is_false
    assert blamed(found) == []
    true = dated(check, "2023-02-24", "arXiv:2101.00001", model="LLaMA 7B")
    assert true.findings == []


def test_every_row_is_held_against_its_own_link(check):
    found = check(
        "| Model | Date | Paper |\n|---|---|---|\n| Foo | 2024 | arXiv:2101.00001 |\n"
        "| LLaMA 7B | 2023-02-24 | arXiv:2101.00001 |\n| Bar | 2024-06 | arXiv:2101.00001 |\n"
    )
    assert [finding.label for finding in found.findings] == ["Bar"]


def test_in_a_column_of_one_model_a_date_is_held_against_its_own_link(check):
    found = check(
        "| | Foo | Bar |\n|---|---|---|\n| Layers | 12 | 24 |\n"
        "| Date | [2024-06](https://arxiv.org/abs/2101.00001) |"
        " [2024-06](https://arxiv.org/abs/2406.00001) |\n"
    )
    assert [one.text for one in found.findings] == ["2024-06 stands beside a link of 2021-01"]


def test_layers_that_share_their_weights_hold_less_than_the_rule_says(check):
    rows = (
        "| Zorg-A | 7B | 32 | 4096 |\n| Zorg-B | 13B | 40 | 5120 |\n| Zorg-C | 65B | 80 | 8192 |\n"
    )
    table = (
        "| Model | Params | Layers | Hidden size |\n|---|---|---|---|\n"
        + rows
        + "| {} | 60M | 24 | 2048 |\n"
    )
    assert not check(table.format("ALBERT-zorg")).judged_cells[-3].judgement.is_false
    assert check(table.format("Zorg-D")).judged_cells[-3].judgement.is_false


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("13B", True),
        ("7B", False),
        ("11.1B", False),
        ("11.3B", True),
        ("4.4B", False),
        ("4.3B", True),
    ],
)
def test_the_size_of_an_unknown_model_is_held_against_its_name(check, text, blamed):
    others = "".join(f"| Zorg-{size}B | {size}B |\n" for size in (1, 3, 30))
    found = check(
        f"| Model | Parameters |\n|---|---|\n{others}| Foo-7B-chat | {text} |\n| GPT-2 XL | 1.5B |\n"
    )
    judged = found.judged_cells[3].judgement
    assert (judged.verdict, judged.cause) == (
        ("wrong", "self-contradiction") if blamed else ("unsupported", None)
    )


@pytest.mark.parametrize("name", ["Foo-8x7B", "Foo-30B-A3B", "Foo-E4B", "Foo-7B-13B", "Foo"])
def test_a_name_with_the_size_of_a_part_is_held_against_nothing(check, name):
    others = "".join(f"| Zorg-{size}B | {size}B |\n" for size in (1, 3, 30))
    found = check(
        f"| Model | Parameters |\n|---|---|\n{others}| {name} | 90B |\n| GPT-2 XL | 1.5B |\n"
    )
    assert found.judged_cells[3].judgement.verdict == "unsupported"


def test_names_are_held_against_nothing_where_the_column_counts_something_else(check):
    rows = "".join(f"| Zorg-{size}B | {size * 2}B |\n" for size in (1, 3, 30))
    found = check(f"| Model | Parameters |\n|---|---|\n{rows}| GPT-2 XL | 1.5B |\n")
    assert not any(judged.judgement.is_false for judged in found.judged_cells)
