"""Columns of parameters counted by somebody's own formula."""

from __future__ import annotations

import pytest

TABLE = (
    "| Model | Params |\n|---|---|\n| LLaMA 7B | {} M |\n| LLaMA 13B | {} M |\n| LLaMA 65B | {} M |\n"
    "| GPT-NeoX-20B | 20.6B |\n| GPT-J-6B | 6.05B |\n| Falcon-40B | 41.3B |\n"
)


@pytest.mark.parametrize(
    ("sizes", "wrong"),
    [
        (("6,483", "12,559", "63,832"), 0),
        (("6,483", "12,559", "65,286"), 2),  # two alone are slips
        (("6,483", "12,559", "59,832"), 3),  # a tenth is left out by no formula
        (("6,983", "13,559", "67,832"), 3),  # nor is anything added
    ],
)
def test_several_sizes_a_little_short_are_counted_otherwise(check, sizes, wrong):
    found = check(TABLE.format(*sizes))

    assert sum(one.judgement.is_false for one in found.judged_cells) == wrong
