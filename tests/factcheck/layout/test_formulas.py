"""Headers that are computed of attributes."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.layout.formulas import is_formula
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
        ("Parametri totali / attivi", "params_total"),
        ("Toplam / Aktif Parametre", "params_total"),
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


MEANING = {
    "Params": "params_total", "Size": "params_total", "Layers": "n_layers", "Heads": "n_heads",
    "Type": "attention",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("Layers × Heads", True),
        ("(Layers) / [Heads]", True),
        ("$Layers$ · Heads", True),
        ("Layers", False),
        ("Layers × ", False),
        ("Layers × 2", False),
        ("Layers / B", False),  # a scale
        ("D / N", True),  # letters stand for something
        ("d_k * n_{heads}", True),
        ("something / anything", False),
        ("something × Layers", False),
        ("Layers × something", False),
        ("something / Layers", False),
        ("Layers / something", False),
        ("Params per sequences", True),
        ("something per sequences", False),
        ("Params per second", True),
        ("Params / Size", False),  # two names of one thing
        ("Params / Params", False),
        ("Total / Layers", False),
        ("Active / Layers", False),
        ("Activated / Layers", False),
        ("Act. / Layers".replace(".", ""), False),
        ("Layers ratio", True),
        ("relative something", False),
        ("growth of Params", True),
        ("speed-up", False),
    ],
)
def test_a_formula_is_made_of_attributes_letters_and_units(text: str, formula: bool) -> None:
    assert is_formula(text, MEANING.get) is formula
