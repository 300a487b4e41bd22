"""Formulas become one readable line that keeps the meaning of their layout."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from llmnotes.errors import InputError
from llmnotes.study.formulas import to_text
from tests.curated import curated

FORMULAS = {
    item.id: item.formula for item in curated().techniques.values() if item.formula is not None
}


def test_every_formula_of_the_base_reads_as_text_without_a_command_left() -> None:
    for technique, formula in FORMULAS.items():
        text = to_text(formula)

        assert text, technique
        assert "\\" not in text
        assert "\n" not in text
        for opening, closing in ("()", "{}", "⌈⌉", "⌊⌋", "⟨⟩"):
            assert text.count(opening) == text.count(closing), text


def test_every_formula_is_latex_to_a_parser_of_other_people() -> None:
    walker = pytest.importorskip("pylatexenc.latexwalker")

    for technique, formula in FORMULAS.items():
        reader = walker.LatexWalker(f"${formula}$", tolerant_parsing=False)
        assert len(reader.get_latex_nodes()[0]) == 1, technique


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"e^{z_i/T}", "e^{zᵢ/T}"),
        (r"e^{z_i}/T", "e^{zᵢ}/T"),
        (r"\frac{a+b}{c}", "(a + b)/c"),
        (r"\frac{a}{bc}", "a/(bc)"),
        (r"\frac{1}{2}x", "(1/2)x"),
        (r"\frac{QK^\top}{\sqrt{d_k}}", "QKᵀ/√dₖ"),
        (r"\sqrt{\sigma^2+\epsilon}", "√(σ² + ε)"),
        (r"y_{<t}", "y_{<t}"),
        (r"x_{t-1}", "xₜ₋₁"),
        (r"-x + (-y)", "-x + (-y)"),
        (r"\hat m_t", "m\u0302ₜ"),
        (r"\sum_{i=1}^{n} x_i", "∑ᵢ₌₁ⁿ xᵢ"),
        (r"\mathrm{subject\ to}", "subject to"),
        (r"M_{ij}=0\ \mathrm{if}\ j\leq i", "Mᵢⱼ = 0 if j ≤ i"),
        (r"\left|V\right|", "|V|"),
        (r"f'(x)", "f′(x)"),
    ],
)
def test_groups_fractions_and_scripts_keep_their_meaning(latex: str, text: str) -> None:
    assert to_text(latex) == text


@pytest.mark.parametrize(
    ("latex", "complaint"),
    [
        (r"a + \unheard{b}", r"column 5: the command \\unheard is not known"),
        ("a}", "column 2: '}' closes nothing"),
        ("{a", "column 3: it ends too early"),
        ("x^", "column 3: it ends too early"),
        (r"\frac{a}", "column 9: it ends too early"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_column(latex: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        to_text(latex)


@given(st.text(alphabet=r"\{}_^ abfrcsqt12+-=()[]|,'<>", max_size=40))
@example("{" * 2000)
@example("\\" * 3)
@example(r"\left")
def test_any_text_is_read_or_refused_and_never_breaks(latex: str) -> None:
    try:
        text = to_text(latex)
    except InputError as error:
        assert re.match(r"formula, column \d+: ", str(error))
    else:
        assert "\n" not in text
