"""What a header's text is made of: a name, a scale, brackets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from llmnotes.factcheck.layout.header_parts import parts_of, without_embeddings


@pytest.mark.parametrize(
    ("text", "base", "factor", "inside"),
    [
        ("Params (B)", "Params", Decimal(10**9), []),
        ("Params [M]", "Params", Decimal(10**6), []),
        ("Size (# params)", "Size", Decimal(1), ["# params"]),
        ("Params (total)", "Params", None, ["total"]),
        ("Params in B", "Params", Decimal(10**9), []),
        ("Params / B", "Params", Decimal(10**9), []),
        ("Params, M", "Params", Decimal(10**6), []),
        ("Tokens T", "Tokens", Decimal(10**12), []),
        ("LR x 10^-4", "LR", Decimal("0.0001"), []),
        ("Total Params", "Total Params", None, []),
        ("Layers", "Layers", None, []),
    ],
)
def test_the_scale_of_a_header_stands_in_brackets_or_behind_it(text, base, factor, inside):
    found, scale, rest = parts_of(text)
    assert (found, scale and scale.factor, rest) == (base, factor, inside)


@pytest.mark.parametrize(
    ("text", "says"),
    [("Non-Emb Params", True), ("params w/o embeddings", True), ("without the embedding", True),
     ("excl. embeddings", True), ("非嵌入参数", True), ("Params", False), ("Embedding dim", False),
     ("with embeddings", False)],
)  # fmt: skip
def test_a_header_may_leave_the_embeddings_out(text, says):
    assert without_embeddings(text) is says
