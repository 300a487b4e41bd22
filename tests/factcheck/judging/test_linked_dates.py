"""A date beside the link of a paper may be that of the paper."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        ("https://arxiv.org/abs/2507.06261", "unsupported"),
        ("https://arxiv.org/abs/2508.06261", "wrong"),
        ("none", "wrong"),
    ],
)
def test_the_month_of_the_paper_in_its_row_is_left_open(check, link, verdict):
    found = check(
        "| Model | Release date | Report |\n|---|---|---|\n"
        f"| Gemini 2.5 Pro | 2025-07 | [report]({link}) |\n"
    )
    assert found.judged_cells[0].judgement.verdict == verdict
