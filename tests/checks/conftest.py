"""Invented models, families and bases as input of the rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from llmnotes.checks.catalogue import rule
from llmnotes.checks.rules import Violation
from llmnotes.checks.subjects import (
    CheckedBase,
    CheckedFamily,
    CheckedModel,
    CheckedSource,
    Generation,
)
from llmnotes.resolve import Statement, ranked

TINY: dict[str, Any] = {
    "architecture": "causal-decoder", "mixer": "transformer", "sparsity": "dense",
    "n_layers": 2, "d_model": 64, "n_heads": 4, "n_kv_heads": 2, "head_dim": 16, "d_ff": 128,
    "vocab_size": 1000, "tied_embeddings": False, "gated_ffn": True, "activation": "SwiGLU",
    "normalization": "RMSNorm", "norm_placement": "pre-norm", "bias": ["none"],
    "positional_encoding": "RoPE", "attention": "GQA", "qk_norm": "none",
}  # fmt: skip
"""A tiny decoder: 2 × (3 × 4,096 attention + 24,576 feed-forward + 128 norms) + 64 + 2 × 64,000."""

TINY_TOTAL, TINY_TIED = 202_048, 138_048


def statement(attribute: str, value: Any, **fields: Any) -> Statement:
    """A reported claim of an invented model."""
    made = Statement("tiny", attribute, value, "reported", "paper", "Table 1", "curated")
    return made._replace(**fields)


def claims_of(values: dict[str, Any]) -> dict[str, list[Statement]]:
    """Claims by attribute; a statement or a list of statements is used unchanged."""
    found = {}
    for name, value in values.items():
        items = value if isinstance(value, list) and isinstance(value[0], Statement) else [value]
        found[name] = ranked(
            item if isinstance(item, Statement) else statement(name, item) for item in items
        )
    return found


def tiny(key: str = "tiny", /, **values: Any) -> CheckedModel:
    """A model with these values; `size` and `variant` are its own."""
    size, variant = values.pop("size", None), values.pop("variant", "base")
    return CheckedModel(key, key.title(), "toys", size, variant, 0, claims_of(values))


def shaped(**changes: Any) -> CheckedModel:
    """The tiny decoder with some values changed; None takes a value away."""
    values = {key: value for key, value in {**TINY, **changes}.items() if value is not None}
    return tiny(**values)


def toys(*members: CheckedModel, **values: Any) -> CheckedFamily:
    """A family of these members with these claims of its own."""
    return CheckedFamily("toys", "Toys", "toys", claims_of(values), members)


def source(key: str, **fields: Any) -> CheckedSource:
    """A paper of 2020 cited by a claim."""
    made = {"kind": "paper", "title": key.title(), "year": 2020, "arxiv": None, "checked": None,
            "layer": "curated", "used": True, **fields}  # fmt: skip
    return CheckedSource(id=key, **made)


def whole(*sources: CheckedSource, **fields: Any) -> CheckedBase:
    """A base with these sources."""
    return CheckedBase({item.id: item for item in (source("paper"), *sources)}, **fields)


def generation(family: str, first: str, line: str = "toys") -> Generation:
    """A family whose first base model came on a day."""
    return Generation(family, line, first, first)


Objects = Callable[..., list[Violation]]


@pytest.fixture
def objects() -> Objects:
    """The violations that a rule reports for a model, a family, claims or a base."""

    def call(name: str, looked: Any, base: CheckedBase | None = None) -> list[Violation]:
        found, around = rule(name), base or whole()
        if found.scope == "claims" and not isinstance(looked, dict):
            looked = looked.claims
        arguments = (looked,) if found.scope == "base" else (looked, around)
        return list(found.check(*arguments))

    return call
