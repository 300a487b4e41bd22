"""Approximate matching of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.spelling import is_slip, likeness, meant, nearest

NAMES = ["params_total", "params_active", "attention", "context_length", "RoPE"]


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("atention", "attention"), ("params_totl", "params_total"), ("rope", "RoPE"),
        ("CONTEXT", "context_length"),
    ],
)  # fmt: skip
def test_the_nearest_name_comes_first(word, first):
    assert nearest(word, NAMES)[0] == first


def test_a_name_that_contains_the_word_is_near_and_nothing_else_is():
    assert nearest("params", NAMES, limit=5) == ["params_total", "params_active"]
    assert nearest("zzzz", NAMES) == []


def test_a_short_word_is_meant_for_nothing():
    assert meant("atentin", ["attention"], cutoff=0.8, shortest=8) is None
    assert meant("attentin", ["attention"], cutoff=0.8, shortest=8) == "attention"
    assert meant("attentin", ["attention"], cutoff=0.99, shortest=8) is None


@pytest.mark.parametrize(
    ("first", "second", "slip"),
    [
        ("gleu", "gelu", True),  # two letters exchanged, in a word of any length
        ("prelu", "grelu", False),  # the first letter is never the slip
        ("adam", "adan", False),  # one letter changed in a short word
        ("normalisation", "normalization", True),
        ("abcdefgh", "abcdefgx", True),  # eight letters: just long enough
        ("abcdefg", "abcdefx", False),  # seven: just too short
        ("causal", "caual", False),  # five letters left
        ("dropout", "dropot", True),  # six left
        ("experts", "expert", False),  # a plural
        ("same", "same", False),
        ("", "", False),
    ],
)
def test_a_slip_of_a_pen(first, second, slip):
    assert is_slip(first, second) is slip
    assert is_slip(second, first) is slip


@given(st.text(max_size=200))
def test_any_word_is_compared(word):
    assert set(nearest(word, NAMES)) <= set(NAMES)


def test_likeness_is_the_share_of_letters_in_order():
    assert likeness("Llama", "llama") == 1
    assert likeness("abcd", "abxy") == 0.5
    assert likeness("ab", "xy") == 0
    assert likeness("llama-2-71b", "llama-2-70b") > likeness("llama-2-71b", "llama-2-34b")
