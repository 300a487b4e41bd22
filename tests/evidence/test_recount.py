"""A derived count is that of the shape in the same file."""

import pytest

from llmnotes.evidence.recount import differing_count
from llmnotes.records import Claim
from llmnotes.sizing.parameters import FROM_SHAPE

SHAPE = {
    "architecture": "causal-decoder", "mixer": "transformer", "attention": "MHA", "n_layers": 2,
    "d_model": 64, "n_heads": 4, "head_dim": 16, "d_ff": 256, "vocab_size": 100, "gated_ffn": False,
    "bias": ["none"], "normalization": "RMSNorm", "norm_placement": "pre-norm",
    "positional_encoding": "RoPE", "tied_embeddings": True, "sparsity": "dense",
}  # fmt: skip
TIED = 100 * 64 + 2 * (4 * 64 * 64 + 2 * 64 * 256 + 2 * 64) + 64


def claims(total: int, *, formula: str = FROM_SHAPE, **shape) -> dict[str, list[Claim]]:
    found = {
        name: [Claim(value=value, source="x", at="y")]
        for name, value in (SHAPE | shape).items()
        if value is not None
    }
    derived = Claim(value=total, source=formula, at="shape", status="derived")
    return found | {"params_total": [derived]}


@pytest.mark.parametrize("total", [TIED, TIED + 100 * 64])
def test_a_count_of_the_shape_is_right_with_either_tying(total):
    assert differing_count(claims(total)) is None


def test_swapped_digits_are_told_with_the_count():
    digits = list(str(TIED))
    digits[1], digits[2] = digits[2], digits[1]
    wrong = int("".join(digits))

    assert wrong != TIED
    assert differing_count(claims(wrong)) == (wrong, TIED)


def test_one_parameter_more_is_told():
    assert differing_count(claims(TIED + 1)) == (TIED + 1, TIED)


def test_what_is_not_derived_from_the_shape_is_not_recounted():
    assert differing_count(claims(TIED + 1, formula="product")) is None


def test_an_incomplete_shape_is_not_recounted():
    assert differing_count(claims(TIED + 1, d_model=None)) is None
    assert differing_count({}) is None
