"""Headers that are computed of attributes."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.layout.headers import read_header


@pytest.mark.parametrize(
    "text",
    [
        "Heads × d_k",
        "heads * head dim",
        "D/N",
        "N / D",
        "params/layer",
        "Tokens / Params",
        "d_ff/d_model",
        "tokens per parameter",
        "Batch × Seq",
        "n_layers · d_model",
        "FLOPs/token",
        "tokens/s",
        "Params ratio",
        "L x H",
    ],
)
def test_a_formula_is_no_attribute(text: str) -> None:
    header = read_header(text)

    assert (header.role, header.attributes) == ("formula", ())


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("Params/B", "params_total"),
        ("LR ×10⁻⁴", "learning_rate"),
        ("K/V heads", "n_kv_heads"),
        ("key/value heads", "n_kv_heads"),
        ("Params/Size", "params_total"),
        ("experts per token", "n_experts_active"),
        ("params per token", "params_active"),
        ("dense/moe", "sparsity"),
        ("Company/Organization", "organization"),
        ("Q/K norm", "qk_norm"),
        ("Learning rate (x 1e-4)", "learning_rate"),
    ],
)
def test_a_list_of_names_or_a_scale_is_no_formula(text: str, attribute: str) -> None:
    assert read_header(text).attribute == attribute
