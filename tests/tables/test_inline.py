"""Inline Markdown and HTML as displayed text."""

import pytest

from llmnotes.tables.inline import plain
from llmnotes.tables.plain import MOST_MARKS, Allowance, take_marks


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (r"$6.0\times10^{-4}$", "6.0×10^-4"),
        ("$1 0 ^ { - 4 }$", "10^-4"),
        ("**7B** :x:", "7B ❌"),
        ("time: 3:30", "time: 3:30"),
        ("[LLaMA][1] and [GPT-3](https://a.example)", "LLaMA and GPT-3"),
        ("10<sup>4</sup><br>next", "10^4\nnext"),
        ("2<sup>8</sup>", "2^8"),
        ("2 <sup>8</sup>", "2 [8]"),
        ("7B <sup>1, 12</sup>", "7B [1][12]"),
        ("7B <sup>9,10,11,12,13,101</sup>", "7B [9][10][11][12][13][101]"),
        ("10 <sup>-4</sup>", "10 ^-4"),
        ("3 × 10 <sup>8</sup>", "3 × 10 ^8"),
        ("a < b", "a < b"),
        ("Unclear [1](#1)", "Unclear [1]"),  # a note
        ("[1](#1)", "1"),
        ("see [Alpaca](#alpaca)", "see Alpaca"),
        ("layers [8](https://a.example)", "layers 8"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(raw, text):
    assert plain(raw) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("7B (Rae et al., 2021)", "7B"),
        ("7B (Rae 2021)", "7B"),
        ("Sonnet (October 2024)", "Sonnet (October 2024)"),
    ],
)
def test_a_citation_is_a_mark_and_a_month_is_none(text, kept):
    assert take_marks(text)[0] == kept


def test_mathematics_is_read_up_to_as_many_marks_as_people_write_in_a_cell():
    pair = r"$\le$"  # two dollars and a stroke
    assert plain(pair * (MOST_MARKS // 3)) == "≤" * (MOST_MARKS // 3)

    beyond = plain(pair * (MOST_MARKS // 3 + 1))
    assert "$" not in beyond
    assert "≤" not in beyond


def test_dollars_use_up_what_a_file_may_have():
    allowance = Allowance(4)

    assert plain("$a^{2}$", allowance) == "a^2"
    assert plain("$b^{2}$", allowance) == "b^2"
    assert plain("$c^{2}$", allowance) == "c^{2}"


@pytest.mark.parametrize(
    ("raw", "text"),
    [("a\t\tb", "a b"), ("a  b", "a b"), ("3:4:5", "3:4:5"), (":x:", "❌")],
)
def test_blanks_and_names_of_signs_are_markup_too(raw, text):
    assert plain(raw) == text


def test_emphasis_is_taken_off_beyond_the_allowance_too():
    assert plain("__a__ *b* `c` ~~d~~ e_f", Allowance(0)) == "a b c d e_f"
