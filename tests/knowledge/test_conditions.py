"""The parts that conditions are made of, whoever states them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from llmnotes.knowledge.conditions import (
    Comparison,
    Measure,
    MeasureComparison,
    Score,
    is_measure,
)
from llmnotes.schema import ATTRIBUTES

EVALUATION, WIDTH, HEADS = (ATTRIBUTES[name] for name in ("evaluation", "d_model", "n_heads"))


@pytest.mark.parametrize("text", ["evaluation.MMLU", "d_ff/d_model", "a*b", "a÷b", "a×b", "a·b"])
def test_a_part_or_a_sign_between_factors_makes_a_measure_of_a_name(text):
    assert is_measure(text) is True


@pytest.mark.parametrize("text", ["d_ff", "n_kv_heads", "", "gpt-2"])
def test_a_plain_name_is_none(text):
    assert is_measure(text) is False


@pytest.mark.parametrize(
    ("benchmark", "written"),
    [
        ("MMLU", "evaluation.MMLU"),
        ("ARC-Challenge", "evaluation.ARC-Challenge"),
        ("HumanEval+", "evaluation.HumanEval+"),
        ("LAMBADA.accuracy", "evaluation.LAMBADA.accuracy"),
        ("Big Bench", 'evaluation."Big Bench"'),
        ("a/b", 'evaluation."a/b"'),
    ],
)
def test_a_score_is_quoted_where_its_benchmark_is_no_single_word(benchmark, written):
    assert str(Score(EVALUATION, benchmark)) == written


def test_what_must_be_known_are_the_attributes_and_not_the_plain_numbers():
    measure = Measure((WIDTH, Decimal(2), Score(EVALUATION, "MMLU")), (False, True, False), "x")

    assert list(measure.attributes()) == [WIDTH, EVALUATION]


def test_a_quotient_of_measures_turns_round_what_divides_the_second():
    area, share = Measure((WIDTH, HEADS), (False, True), "a"), Measure((HEADS,), (True,), "b")

    assert area.over(share) == Measure((WIDTH, HEADS, HEADS), (False, True, False), "a/(b)")
    assert share.over(area) == Measure((HEADS, WIDTH, HEADS), (True, True, False), "b/(a)")


def test_conditions_are_the_same_wherever_and_however_quoted_they_stand():
    plain = Comparison(WIDTH, "=", "1024")

    assert plain == Comparison(WIDTH, "=", "1024", place="--where, column 3: ", quoted=True)
    assert plain != Comparison(WIDTH, "=", "1024", lenient=True)
    ratio = Measure((WIDTH, HEADS), (False, True), "d_model/n_heads")
    assert MeasureComparison(ratio, "=", "64") == MeasureComparison(ratio, "=", "64", "there: ")


def test_a_condition_that_is_not_read_from_a_text_stands_nowhere_and_is_not_quoted():
    plain = Comparison(WIDTH, "=", "1024")

    assert (plain.lenient, plain.place, plain.quoted) == (False, "", False)
    assert MeasureComparison(Measure((WIDTH,), (False,), "d_model"), "=", "64").place == ""
