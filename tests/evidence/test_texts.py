"""A figure is found whatever characters a conversion used, and never inside another one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmnotes.evidence.texts import letters, plain, positions, run_on, run_together


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("6.0 × 10−4", "a rate of $6.0 \\times 10^{-4}$."),
        ("6.0e-5", "at 6.0e-5,"),
        ("2,000", "of 2,000 steps"),
        ("84.6", "| 84.6 | 83.4 |"),
        ("byte-level BPE", "a **byte-level\nBPE** tokenizer"),
        ("d_model", "`d_model` = 4"),
        ("n", "n"),
        ("自回归", "从左到右、自回归模型"),
        ("2048", "长度为2048的序列"),
        ("Carnegie Mellon", "1Carnegie Mellon, 2Google"),
        ("https://x.org/a", "1https://x.org/a"),
        ("6.0 × 10−4", "6 _._ 0 _×_ 10 _[−]_ [4]"),
    ],
)
def test_a_figure_is_found(printed, text):
    assert list(positions(printed, plain(text)))


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("12", "512"),
        ("12", "120"),
        ("12", "12.5"),
        ("5.1", "15.1"),
        ("1", "1,000"),
        ("", "x"),
        ("12", "x12"),
        ("12", "为512的"),
        ("ttps://x.org/a", "https://x.org/a"),
    ],
)
def test_a_part_of_a_longer_number_is_not_taken_for_it(printed, text):
    assert not list(positions(printed, plain(text)))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30), st.text(max_size=80))
def test_what_stands_by_itself_is_found_in_any_text(before, after):
    assert list(positions("3.2M", plain(f"{before} 3.2M {after}")))


def test_titles_broken_over_lines_are_equal():
    assert letters("Toy: A\nModel") == letters("toy a model")


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("512 TPUv5e", "across2pods, totaling512TPUv5e. Withinapod,"),
        ("SwiGLU", "WeemployedtheSwiGLUacti-\nvation"),
        ("SentencePiece", "from Sentence-\nPiece (Kudo"),
        ("byte-pair encoding", "the byte-\npair encod-\ning"),
        ("355M parameters", "H=1024,A=16,355Mparameters"),
    ],
)
def test_words_that_a_conversion_ran_together_are_found(printed, text):
    assert run_together(printed, plain(text))


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("512 TPUv5e", "totaling1512TPUv5e"),
        ("SwiGLU", "swiglufication"),
        ("linear", "a bilinear layer"),
        ("GELU", "theGELUactivation"),
        ("steps of 12", "steps of 125"),
        ("warm-up of 2,000", "warm-up of 3,000"),
    ],
)
def test_short_or_other_words_are_not_found_inside_of_others(printed, text):
    assert not run_together(printed, plain(text))


@pytest.mark.parametrize(
    ("printed", "text", "stands"),
    [
        ("0.1", "2e-5 0.1130,000", True),
        ("0.1", "0.1130", False),
        ("0.1", "10.1130,000", False),
        ("0.1", "0.1,000", False),
        ("1", "0.1130,000", False),
    ],
)
def test_a_number_that_runs_into_the_next_cell_is_found(printed, text, stands):
    assert run_on(printed, text) is stands
