"""Qualifiers before a number."""

import pytest

from llmnotes.quantities.marks import bound, is_about, without_marks


@pytest.mark.parametrize(
    "before", ["~", "≈ ", "about ", "ca. ", "约", "約", "약 ", "около ", "etwa "]
)
def test_words_that_say_about(before):
    assert is_about(before)
    assert without_marks(f"size {before}").strip() == "size"


@pytest.mark.parametrize("before", ["", "size ", "about the ", "Macau "])
def test_words_that_do_not(before):
    assert not is_about(before)


@pytest.mark.parametrize(
    ("before", "sign"),
    [
        ("<", "<"), ("≤ ", "<="), ("<=", "<="), (">", ">"), (">= ", ">="), ("up to ", "<="),
        ("at least ~", ">="), ("hasta ", "<="), ("fino a ", "<="),
        ("tối đa ", "<="), ("więcej niż ", ">"), ("mehr als ", ">"), ("менее ", "<"), ("size ", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_limit_is_known_by_its_sign_or_words(before, sign):
    assert bound(before) == sign
