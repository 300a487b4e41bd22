"""Dates of the versions of a model are no wrong dates of the model."""

from __future__ import annotations

import pytest

TABLE = "| Model | Release date |\n|---|---|\n"


def verdicts(found):
    return [cell.judgement.verdict for cell in found.judged_cells]


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("Gemini 1.5 Pro (Exp-0801)", "unsupported"),
        ("Gemini 1.5 Pro (20240801)", "unsupported"),
        ("Gemini 1.5 Pro", "wrong"),
        ("Gemini 1.5 Pro (Exp-0802)", "wrong"),
    ],
)
def test_the_day_in_the_name_is_that_of_a_version(check, name, verdict):
    found = check(f"{TABLE}| {name} | 2024-08-01 |\n| GPT-4 | 2023-03-14 |\n")
    assert found.judged_cells[0].judgement.verdict in {verdict, "unsupported"}
    assert (found.judged_cells[0].judgement.verdict == "wrong") <= (verdict == "wrong")


def test_several_dates_of_one_model_are_of_its_versions(check):
    several = check(f"{TABLE}| GPT-4o | 2024-05-13 |\n| GPT-4o | 2024-11-20 |\n")
    assert verdicts(several) == ["agrees", "unsupported"]

    alone = check(f"{TABLE}| GPT-4o | 2024-11-20 |\n| GPT-4 | 2023-03-14 |\n")
    assert verdicts(alone) == ["wrong", "agrees"]


@pytest.mark.parametrize(
    ("header", "verdict"),
    [("Retirement date", "unsupported"), ("Deprecated", "unsupported"), ("Retrieval", "wrong")],
)
def test_a_list_of_what_a_service_offers_has_days_of_its_own(check, header, verdict):
    found = check(
        f"| Model | Release date | {header} |\n|---|---|---|\n| GPT-4 | 2024-05-13 | 2026-01 |\n"
    )
    assert found.judged_cells[0].judgement.verdict == verdict


@pytest.mark.parametrize(
    ("name", "date", "verdict"),
    [
        ("星火", "2023-05", "unsupported"),  # the base begins with Spark 3.0, of October 2023
        ("豆包", "2024-05", "unsupported"),
        ("星火", "2020-05", "wrong"),
        ("Spark 3.0", "2023-05", "wrong"),
        ("Nova", "2023-05", "wrong"),  # whose first versions it has
    ],
)
def test_a_bare_name_may_be_older_than_the_later_versions_of_the_base(cell, name, date, verdict):
    assert cell(name, "Release date", date).verdict == verdict


@pytest.mark.parametrize(
    ("name", "date", "verdict"),
    [
        ("MiniMax", "Jan 2024", "unsupported"),  # the first that the base has is MiniMax-01
        ("MiniMax", "Sep 2021", "wrong"),
        ("Hunyuan", "Sep 2023", "agrees-normalised"),  # its first, of 2023, which the base has
        ("Pythia", "Sep 2022", "wrong"),  # of which it has all, by their sizes
        ("BLOOM", "2021", "wrong"),
    ],
)
def test_a_bare_name_before_those_that_go_on_from_it_is_left_open(cell, name, date, verdict):
    assert cell(name, "Released", date).verdict == verdict
