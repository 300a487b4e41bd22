"""The scale and the unit that a header gives the numbers below it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from llmnotes.factcheck.cells.units import Scale, scale_of


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("B", Scale(Decimal(10**9), "B")),
        ("in B", Scale(Decimal(10**9), "B")),
        ("In: B", Scale(Decimal(10**9), "B")),
        ("billions", Scale(Decimal(10**9), "billions")),
        ("M", Scale(Decimal(10**6), "M")),
        ("亿", Scale(Decimal(10**8), "亿")),
        ("单位：亿", Scale(Decimal(10**8), "亿")),
        ("单位亿", Scale(Decimal(10**8), "亿")),
        ("# B", Scale(Decimal(10**9), "B")),
        ("#7", None),
        ("×万", Scale(Decimal(10**4), "万")),
        ("tokens", Scale(unit="tokens")),
        ("B tokens", Scale(Decimal(10**9), "B", "tokens")),
        ("T of tokens", Scale(Decimal(10**12), "T", "tokens")),
        ("M sequences", Scale(Decimal(10**6), "M", "sequences")),
        ("10^9", Scale(Decimal(10**9), "10^9")),
        ("x 10^9", Scale(Decimal(10**9), "x 10^9")),
        ("×10^{-4}", Scale(Decimal("1E-4"), "×10^{-4}")),
        ("10**6", Scale(Decimal(10**6), "10**6")),
        ("109", Scale(Decimal(10**9), "109")),  # where the raised figure was lost
        ("1e-4", Scale(Decimal("1E-4"), "1e-4")),
        ("e6", Scale(Decimal(10**6), "e6")),
        ("1e6 of them", None),
        ("base", None),
        ("", None),
        ("in total", None),
        ("B of data", None),
    ],
)
def test_words_in_brackets_may_be_a_scale_or_a_unit(text, scale):
    assert scale_of(text) == scale


def test_a_scale_says_nothing_that_is_not_given():
    assert Scale() == (Decimal(1), "", "")
