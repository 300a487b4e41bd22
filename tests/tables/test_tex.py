"""LaTeX as displayed text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.tables import read
from llmnotes.tables.tex import words


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"12 \times 10^{9}", "12 ×10^9"),
        (r"\mathrm{7B}", "7B"),
        (r"\mathbf{65.2}", "65.2"),
        (r"2\!\cdot\!10^{-5}", "2 · 10^-5"),
        (r"5{,}120", "5,120"),
        ("3 . 0 \\times 1 0 ^ { - 4 }", "3.0 ×10^-4"),
        (r"\mathbf {4 0}", "40"),
        (r"8 \mathrm { , } 192", "8,192"),
        ("2 ^ { 1 1 }", "2^11"),
        ("d _ { m o d e l }", "d_model"),
        ("1.4\\mathrm{~T}", "1.4 T"),
        (r"12 \quad 13", "12 13"),
        ("12, 13", "12, 13"),
        (r"\sim 7", "~7"),
    ],
)
def test_mathematics_is_read_without_the_blanks_that_are_not_printed(tex: str, text: str) -> None:
    assert words(tex, math=True) == text


TABLE = """
| Model | Params | LR |
|---|---|---|
| A | $\\mathbf{65.2}$B | $3 . 0 \\times 1 0 ^ { - 4 }$ |
"""


def test_mathematics_in_markdown_and_in_html_inside_it_is_read_alike() -> None:
    html = "<table><tr><td>Model</td><td>LR</td></tr><tr><td>A</td><td>$3 \\times 10^{-4}$</td></tr></table>"
    first, second = read(f"{TABLE}\n{html}\n", "t.md")

    assert [cell.text for cell in first.rows[1]] == ["A", "65.2B", "3.0 ×10^-4"]
    assert [cell.text for cell in second.rows[1]] == ["A", "3 ×10^-4"]


@given(st.text(alphabet="0123456789 .,^_{}+-~\\\\abmathrm$%", max_size=60))
def test_any_mathematics_is_read(tex: str) -> None:
    assert "\n\n\n" not in words(tex, math=True)


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"10\textsuperscript{-4}", "10^-4"),
        (r"2\textsuperscript{15}", "2^15"),
        (r"4096\textsuperscript{1}", "4096[1]"),
        (r"2\,\textsuperscript{8}", "2 [8]"),
        (r"RoPE\textsuperscript{4,5}", "RoPE[4][5]"),
        (r"LLaMA\tnote{a}", "LLaMA[a]"),
        (r"7B\textsuperscript{†}", "7B†"),
    ],
)
def test_raised_words_are_an_exponent_or_a_mark(tex: str, text: str) -> None:
    assert words(tex) == text
