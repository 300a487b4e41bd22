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


@pytest.mark.parametrize(("linked", "contradicts"), [("2306", True), ("2307", False)])
def test_a_link_twelve_months_away_contradicts_a_date_and_eleven_do_not(check, linked, contradicts):
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
