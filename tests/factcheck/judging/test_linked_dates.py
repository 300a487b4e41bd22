"""A date beside the link of a paper may be that of the paper."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        ("https://arxiv.org/abs/2507.06261", "unsupported"),
        ("https://arxiv.org/abs/2508.06261", "wrong"),
        ("none", "wrong"),
    ],
)
def test_the_month_of_the_paper_in_its_row_is_left_open(check, link, verdict):
    found = check(
        "| Model | Release date | Report |\n|---|---|---|\n"
        f"| Gemini 2.5 Pro | 2025-07 | [report]({link}) |\n"
    )
    assert found.judged_cells[0].judgement.verdict == verdict


@pytest.mark.parametrize(
    ("date", "link", "verdict"),
    [  # Gemini 2.5 Pro came in March 2025
        ("2025-07", "https://example.com/Gemini-2-5-Pro-Model-Card.pdf", "unsupported"),
        ("2025-07", "https://example.com/gemini", "wrong"),
        ("2024-07", "https://example.com/Gemini-2-5-Pro-Model-Card.pdf", "wrong"),  # before it was
        ("2027-07", "https://example.com/Gemini-2-5-Pro-Model-Card.pdf", "wrong"),
    ],
)
def test_a_later_date_beside_a_document_may_be_the_documents(check, date, link, verdict):
    table = (
        f"| Model | Release date | Link |\n|---|---|---|\n| Gemini 2.5 Pro | {date} | {link} |\n"
    )
    assert check(table).judged_cells[0].judgement.verdict == verdict


def test_the_day_of_a_document_is_not_open_where_the_month_of_the_models_own_is_known(check):
    link = "https://example.com/GPT-4-Technical-Report.pdf"
    table = f"| Model | Release date | Link |\n|---|---|---|\n| GPT-4 | 2023-05 | {link} |\n"
    assert check(table).judged_cells[0].judgement.verdict == "wrong"


def test_a_document_with_a_day_in_its_address_has_no_other(check):
    link = "https://data.example.com/2025-03-25-gemini-2-5-pro-model-card.pdf"
    rows = "".join(f"| Gemini 2.5 Pro | {date} | {link} |\n" for date in ("2025-07",))
    found = check(f"| Model | Release date | Link |\n|---|---|---|\n{rows}")
    assert found.judged_cells[0].judgement.verdict == "wrong"


@pytest.mark.parametrize(
    ("date", "version", "verdict"),
    [  # mT5 is of October 2020, with models adapted in November 2022
        ("2021", "v3", "unsupported"),
        ("2021", "v12", "unsupported"),
        ("2021", "v1", "wrong"),
        ("2021", "", "wrong"),
        ("2024", "v3", "wrong"),
        ("2019", "v3", "wrong"),
    ],
)
def test_a_later_version_of_a_paper_has_a_day_of_its_own(check, date, version, verdict):
    found = check(
        f"| Model | Released |\n|---|---|\n| [mT5](https://arxiv.org/abs/2010.11934{version}) | {date} |\n"
    )
    assert found.judged_cells[0].judgement.verdict == verdict


@pytest.mark.parametrize(
    ("header", "year", "verdict"),
    [
        ("Year", "2020", "agrees-normalised"),  # at ICLR
        ("年份", "2020", "agrees-normalised"),
        ("Year", "2021", "wrong"),
        ("Release date", "2020", "wrong"),
        ("Year", "2019", "agrees"),
    ],
)
def test_below_year_the_year_of_a_papers_venue_is_true(check, header, year, verdict):
    found = check(f"| Model | {header} |\n|---|---|\n| ALBERT-xxlarge v1 | {year} |\n")
    assert found.judged_cells[-1].judgement.verdict == verdict
    if verdict == "agrees-normalised":
        assert found.judged_cells[-1].judgement.reason.startswith("the year of its paper at ICLR")


@pytest.mark.parametrize(
    ("date", "verdict"),
    [
        ("2020-07", "unsupported"),  # ACL
        ("July 5, 2020", "unsupported"),
        ("2020-05", "wrong"),
        ("2020-09", "wrong"),
        ("2021-07", "wrong"),
        ("2019-12", "wrong"),
    ],
)
def test_the_month_of_a_conference_is_left_open(check, date, verdict):
    found = check(f"| Model | Published |\n|---|---|\n| BART-large | {date} |\n")

    assert found.judged_cells[0].judgement.verdict == verdict
