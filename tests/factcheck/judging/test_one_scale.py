"""Methods that are compared at one size, under the names of models."""

from __future__ import annotations

import pytest

HEAD = "| Model | Params | Tokens |\n|---|---|---|\n"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("Dense | 2.0B", "GShard | 2.0B", "DeepSeekMoE 16B | 2.0B"), 0),
        (("Dense | 2.1B", "GShard | 2.0B", "DeepSeekMoE 16B | 2.0B"), 3),  # two of one size alone
        (("Dense | 2.0B", "Hash | 2.0B", "DeepSeekMoE 16B | 2.0B"), 2),  # one model alone
    ],
)
def test_models_of_other_sizes_with_one_size_are_methods_built_again(check, rows, told):
    found = check(HEAD + "".join(f"| {row} | 1B |\n" for row in rows))
    assert sum(cell.judgement.is_false for cell in found.judged_cells) == told
