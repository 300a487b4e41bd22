"""Dates by which a model's paper is known: the month of its preprint, the year of its venue."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.judging.papers import Papers
from tests.chosen_claims import ChosenClaims


@pytest.fixture
def toy():
    claims = ChosenClaims(["72B", "small", "7"])
    called = [("72B", "72B"), ("72B", "Seventy-Two"), ("toy", "Toy"), ("other", "Zorg")]
    claims.connection.executemany("INSERT INTO names (target, text) VALUES (?, ?)", called)
    yield claims
    claims.connection.close()


def dated(claims, text):
    item = read_cell(text, "release_date").items[0]
    return Papers(BaseClaims(claims.connection)).is_month(item, "72B")


@pytest.mark.parametrize(
    ("attribute", "kind", "title", "date", "agrees"),
    [
        ("organization", "paper", "A report", "2023-05-17", True),
        ("organization", "report", "A report", "2023-05", True),
        ("organization", "card", "A report", "2023-05-17", False),
        ("organization", "paper", "A report", "2023-06-17", False),
        ("n_layers", "paper", "A report", "2023-05-17", False),
        ("n_layers", "paper", "Toy: open models", "2023-05-17", True),  # named in its title
        ("n_layers", "paper", "72B: a model", "2023-05-17", True),
        ("n_layers", "paper", "Seventy-Two", "2023-05-17", True),  # by another of its names
        ("n_layers", "paper", "Zorg: others", "2023-05-17", False),
        ("n_layers", "paper", "Beyond Toy: others", "2023-05-17", False),
    ],
)
def test_a_model_may_be_dated_by_the_month_of_its_paper(toy, attribute, kind, title, date, agrees):
    toy.say("72B", "release_date", "2023-03-01")
    toy.say("72B", "release_date", "2023-02")
    toy.connection.execute(
        "INSERT INTO sources (id, kind, arxiv, title) VALUES ('arxiv', ?, '2305.10403', ?)",
        (kind, title),
    )
    toy.connection.execute(
        "INSERT INTO claims (subject_kind, subject, attribute, source, layer) "
        "VALUES ('model', '72B', ?, 'arxiv', 'curated')", (attribute,),
    )  # fmt: skip
    assert dated(toy, date) is agrees


@pytest.mark.parametrize(
    ("address", "month"),
    [("https://arxiv.org/abs/2305.10403", "2023-05"), ("https://arxiv.org/pdf/2312.10403v2", "2023-12"),
     ("https://blog.example.org/2305.10403", None), (None, None)],
)  # fmt: skip
def test_the_month_of_a_paper_stands_in_its_address_too(toy, address, month):
    toy.say("72B", "release_date", "2022-01-01")
    toy.connection.execute(
        "INSERT INTO sources (id, kind, url, title) VALUES ('paper', 'report', ?, 'A')", (address,)
    )
    dates = ("2023-05-17", "2023-12-17", "2023-10-17")
    assert [date[:7] for date in dates if dated(toy, date)] == [month] * bool(month)


def test_what_a_family_says_dates_its_models(toy):
    toy.say("72B", "release_date", "2023-03-01")
    run = toy.connection.execute
    run("INSERT INTO sources (id, kind, arxiv, title) VALUES ('arxiv', 'paper', '2305.10403', 'A')")
    run(
        "INSERT INTO claims (subject_kind, subject, attribute, source, layer) "
        "VALUES ('family', 'toy', 'organization', 'arxiv', 'curated')"
    )
    assert dated(toy, "2023-05-01")
    run("UPDATE claims SET subject = 'other' WHERE subject = 'toy'")
    assert not dated(toy, "2023-05-01")


@pytest.mark.parametrize(
    ("venue", "year", "found"),
    [
        ("ICLR 2020", "2020", "ICLR 2020"),
        ("ICLR 2020", "2021", ""),
        ("Journal of Machine Learning Research 21 (2020), 140", "2020",
         "Journal of Machine Learning Research 21 (2020), 140"),
        (None, "2020", ""),
    ],
)  # fmt: skip
def test_a_paper_comes_out_at_its_venue_in_the_year_that_stands_in_it(toy, venue, year, found):
    toy.connection.execute(
        "INSERT INTO sources (id, kind, title, venue) VALUES ('paper', 'paper', 'Toy: a model', ?)",
        (venue,),
    )
    toy.connection.execute(
        "INSERT INTO claims (subject_kind, subject, attribute, source, layer) "
        "VALUES ('family', 'toy', 'organization', 'paper', 'curated')"
    )
    assert Papers(BaseClaims(toy.connection)).venue(year, "72B") == found


def test_a_model_with_a_paper_of_its_own_is_not_dated_by_its_familys(toy):
    toy.say("72B", "release_date", "2021-12-23")
    for source, arxiv in (("first", "2107.02137"), ("own", "2112.12731")):
        toy.connection.execute(
            "INSERT INTO sources (id, kind, arxiv, title) VALUES (?, 'paper', ?, 'Toy: a model')",
            (source, arxiv),
        )
    say = "INSERT INTO claims (subject_kind, subject, attribute, source) VALUES (?, ?, ?, ?)"
    toy.connection.execute(say, ("family", "toy", "organization", "first"))
    assert dated(toy, "Jul 2021")
    toy.connection.execute(say, ("model", "72B", "organization", "own"))
    assert not dated(toy, "Jul 2021")
    assert dated(toy, "2021-12")
