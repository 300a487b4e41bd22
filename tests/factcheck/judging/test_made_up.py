"""Columns of shapes that are made up."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("sizes", "hidden", "told"),
    [
        (["600M", "360M", "500M"], ["600", "576", "640"], 6),  # made up, beside the right sizes
        (["600M", "360M", "500M"], ["1024", "960", "896"], 0),  # one column may count otherwise
        (["5B", "6B", "9B"], ["600", "576", "640"], 0),  # the names may mean others
    ],
)
def test_two_columns_of_a_shape_are_made_up_where_nothing_is_true_beside_right_sizes(
    check, sizes, hidden, told
):
    names = ["Qwen3-0.6B", "SmolLM2-360M", "Qwen2.5-0.5B"]
    rows = zip(names, sizes, ["17", "11", "13"], hidden, strict=True)
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    found = check(f"| Model | Params | Layers | Hidden |\n|---|---|---|---|\n{table}")
    shape = [c for c in found.judged_cells if c.column > 1]
    assert sum(c.judgement.is_false for c in shape) == told
