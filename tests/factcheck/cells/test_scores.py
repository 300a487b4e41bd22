"""Scores in cells."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.factcheck.cells.scores import read_score, same_setting


@pytest.mark.parametrize(
    ("text", "value", "setting"),
    [
        ("45.3", "45.3", ""),
        ("45.3%", "45.3", ""),
        ("0.453", "0.453", ""),
        ("45", "45", ""),
        ("45.3 (5-shot)", "45.3", "5-shot"),
        ("45.3 ± 0.4", "45.3", ""),
        ("45.3 (0.4)", "45.3", ""),
        ("$45.3$", "45.3", ""),
    ],
)
def test_a_score_is_read(text: str, value: str, setting: str) -> None:
    score = read_score(text)

    assert score is not None
    assert (score.value, score.setting) == (Decimal(value), setting)


@pytest.mark.parametrize("text", ["", "GQA", "45.3 / 46.1", "45.3B", "32 layers", "about 45"])
def test_what_is_no_single_score_is_refused(text: str) -> None:
    assert read_score(text) is None


@pytest.mark.parametrize(
    ("text", "exact", "written"),
    [
        ("45.3", 45.3, True),
        ("45.3", 45.34, True),
        ("45", 45.4, True),
        ("45", 45.6, False),
        ("45.34", 45.3, True),
        ("45.36", 45.3, False),
        ("45.4", 45.3, False),
        ("0.453", 45.3, True),
        ("0.463", 45.3, False),
        ("0.5", 0.5, True),
    ],
)
def test_a_score_may_be_rounded_or_a_share(text: str, exact: float, written: bool) -> None:
    score = read_score(text)

    assert score is not None
    assert score.is_written_of(exact) is written


@pytest.mark.parametrize(
    ("asked", "given_", "same"),
    [
        ("5-shot", "5-shot", True),
        ("5-shot", "5-shot, dev", True),
        ("5-shot", "0-shot", False),
        ("", "5-shot", True),
        ("5-shot", "", True),
        ("zero-shot", "0-shot", True),
        ("few-shot", "5-shot", True),
        ("few-shot", "1-shot", False),
        ("few-shot", "0-shot", False),
        ("5-shot", "3-shot", False),
        ("1-shot", "one-shot", True),
        ("5 shots", "few-shot", True),
    ],
)
def test_settings_are_compared_by_their_examples(asked: str, given_: str, same: bool) -> None:
    assert same_setting(asked, given_) is same


@given(st.text(max_size=60))
def test_any_cell_is_read(text: str) -> None:
    score = read_score(text)
    assert score is None or score.value.is_finite()
