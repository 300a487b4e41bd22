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


def test_a_size_that_few_of_many_models_have_is_no_scale_of_a_table(check):
    rows = ["Dense | 2.0B", "GShard | 2.0B", "DeepSeekMoE 16B | 2.0B"]
    many = [f"LLaMA {size} | {size}" for size in ("7B", "13B", "33B", "65B")]
    others = [
        "Llama 2 7B | 7B",
        "Llama 2 70B | 70B",
        "BLOOM | 176B",
        "OPT-66B | 66B",
        "GPT-2 XL | 1.5B",
    ]

    def told(models):
        found = check(HEAD + "".join(f"| {row} | |\n" for row in models))
        return sum(cell.judgement.is_false for cell in found.judged_cells)

    assert told([*rows, *many, *others]) == 0  # three of twelve
    assert told([*rows, *many, *others, "OPT-30B | 30B"]) > 0
