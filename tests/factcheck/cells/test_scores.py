"""Scores in cells."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.factcheck.cells.scores import read_score, same_setting, shots


@pytest.mark.parametrize(
    ("text", "value", "setting"),
    [
        ("45.3", "45.3", ""),
        ("45.3%", "45.3", ""),
        ("45,3", "45.3", ""),
        ("8,07 (5-shot)", "8.07", "5-shot"),
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


@pytest.mark.parametrize(
    "text", ["", "GQA", "45.3 / 46.1", "45, 46", "45,3,1", "45.3B", "32 layers", "about 45"]
)
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


@pytest.mark.parametrize(
    ("text", "half"),
    [("45.3", "0.05"), ("45", "0.5"), ("45.30", "0.005"), ("0.453", "0.0005")],
)
def test_a_score_is_as_exact_as_its_last_digit(text: str, half: str) -> None:
    score = read_score(text)

    assert score is not None
    assert score.half == Decimal(half)


@pytest.mark.parametrize(
    ("text", "exact", "written"),
    [
        ("45.3", 45.35, True),
        ("45.3", 45.36, False),
        ("45.3", 45.25, True),
        ("45.3", 45.24, False),
        ("45.35", 45.3, True),
        ("45.351", 45.3, False),
        ("1", 100.0, True),  # a share of one
        ("1.0", 100.0, True),
        ("1.1", 110.0, False),
        ("0.4535", 45.3, True),
        ("0.4536", 45.3, False),
        ("0.45", 45.5, True),
        ("0.45", 45.51, False),
        ("0.01", 1.0, False),  # one is no percentage
        ("0.0101", 1.01, True),
    ],
)
def test_a_score_is_written_of_another_just_within_the_rounding(
    text: str, exact: float, written: bool
) -> None:
    score = read_score(text)

    assert score is not None
    assert score.is_written_of(exact) is written


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("45.3 (0-shot)", "0-shot"),
        ("45.3 @ 5 shot", "5 shot"),
        ("zero-shot 45.3", "zero-shot"),
        ("45.3 (one-shot, few-shot)", "one-shot, few-shot"),
        ("45.3 +/- 0.4 (25 shots)", "25 shots"),
        ("45.3 ab", ""),
        ("45.3 (a note of any length up to sixty letters)", ""),
        ("45.3 (" + "1 2 3 " * 10 + ")", ""),
    ],
)
def test_words_beside_a_score_are_its_setting(text: str, setting: str) -> None:
    score = read_score(text)

    assert score is not None
    assert (score.value, score.setting) == (Decimal("45.3"), setting)


@pytest.mark.parametrize(
    "text", ["45.3 abc", "45.3 (" + "1 2 3 " * 11 + ")", "45.3k", "1e3M", "45.3 46.1"]
)
def test_words_scales_and_more_numbers_make_no_score(text: str) -> None:
    assert read_score(text) is None


@pytest.mark.parametrize(
    ("setting", "counted"),
    [
        ("5-shot", {5}),
        ("Zero-Shot, 25 shots", {0, 25}),
        ("few-shot", {None}),
        ("multi shot", {None}),
        ("one-shot", {1}),
        ("dev set", set()),
        ("5-shotgun", set()),
    ],
)
def test_the_examples_of_a_setting_are_counted(setting: str, counted: set[int | None]) -> None:
    assert shots(setting) == counted


@pytest.mark.parametrize(
    ("asked", "given_", "same"),
    [
        ("few-shot", "2-shot", True),
        ("2-shot", "few-shot", True),
        ("1-shot", "few-shot", False),
        ("few-shot", "multi-shot", True),
        ("few-shot", "0-shot, 5-shot", True),
        ("0-shot, 5-shot", "5-shot", True),
    ],
)
def test_a_few_examples_are_more_than_one(asked: str, given_: str, same: bool) -> None:
    assert same_setting(asked, given_) is same


@pytest.mark.parametrize(
    ("text", "exact", "written"),
    [
        ("~70", 71.0, True), ("~70", 71.2, False), ("≈70%", 69.0, True), ("70", 71.0, False),
        ("~0.7", 71.0, True), ("~0.7", 77.0, False),
    ],
)  # fmt: skip
def test_an_approximate_score_may_deviate_by_a_point(
    text: str, exact: float, written: bool
) -> None:
    score = read_score(text)
    assert score is not None
    assert score.is_written_of(exact) is written
