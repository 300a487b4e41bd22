"""The axis of time holds everything that has a date."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from llmnotes import dates
from llmnotes.errors import InputError
from llmnotes.export import FORMATS
from llmnotes.study.timeline import TimelineChoice, timeline
from tests.curated import curated

TECHNIQUES = curated().techniques


def models_since(connection: sqlite3.Connection, day: str) -> set[str]:
    rows = connection.execute("SELECT id FROM models WHERE release_date_max >= ?", (day,))
    return {row[0] for row in rows}


def test_since_a_year_is_complete_for_models_and_techniques(connection: Any, run: Any) -> None:
    found = run("timeline", "--since", "2023", "-f", "json").json["events"]

    models = {event["id"] for event in found if event["kind"] == "model"}
    ideas = {event["id"] for event in found if event["kind"] == "technique"}
    assert models == models_since(connection, "2023-01-01")
    assert ideas == {
        key for key, item in TECHNIQUES.items() if item.paper and item.paper.year >= 2023
    }


def test_the_whole_axis_has_every_model_and_technique_once(connection: Any) -> None:
    found = timeline(connection, TimelineChoice())

    everything = [(event["kind"], event["id"]) for event in (*found["events"], *found["undated"])]
    assert len(everything) == len(set(everything))
    count = connection.execute("SELECT count(*) FROM models").fetchone()[0]
    assert len(everything) == count + len(TECHNIQUES)


def test_events_are_in_order_of_time(connection: Any) -> None:
    days = [
        dates.first_day(event["date"]) for event in timeline(connection, TimelineChoice())["events"]
    ]

    assert days == sorted(days)


def test_a_date_that_is_only_a_year_counts_where_any_of_its_days_does(connection: Any) -> None:
    year_only = {
        key
        for key, item in TECHNIQUES.items()
        if item.paper and item.paper.arxiv is None and item.paper.year == 2019
    }
    assert year_only

    late = timeline(connection, TimelineChoice(since="2019-06"))
    early = timeline(connection, TimelineChoice(until="2019-06"))

    assert year_only <= {event["id"] for event in late["events"]}
    assert year_only <= {event["id"] for event in early["events"]}
    assert year_only.isdisjoint(
        event["id"] for event in timeline(connection, TimelineChoice(since="2020"))["events"]
    )


def test_a_technique_brings_the_models_that_use_it(connection: Any, kb: Any) -> None:
    found = timeline(connection, TimelineChoice(techniques=["grouped query attention"]))

    ideas = [event["id"] for event in found["events"] if event["kind"] == "technique"]
    events = [*found["events"], *found["undated"]]
    models = {event["id"] for event in events if event["kind"] == "model"}
    assert ideas == ["gqa"]
    assert models == {model.id for model in kb.filter(attention="GQA", variants="all")}


def test_a_family_brings_its_models_and_what_they_use(connection: Any) -> None:
    found = timeline(connection, TimelineChoice(families=["llama2"]))

    assert {e["family"] for e in found["events"] if e["kind"] == "model"} == {"llama-2"}
    ideas = {event["id"] for event in found["events"] if event["kind"] == "technique"}
    assert {"gqa", "rope", "swiglu", "adamw"} <= ideas
    assert "alibi" not in ideas


def test_family_and_technique_together_narrow_down(connection: Any) -> None:
    found = timeline(connection, TimelineChoice(families=["llama-2"], techniques=["gqa"]))

    models = {event["id"] for event in found["events"] if event["kind"] == "model"}
    assert models == {"llama-2-34b", "llama-2-34b-chat", "llama-2-70b", "llama-2-70b-chat"}


@pytest.mark.parametrize(
    ("choice", "complaint"),
    [
        (TimelineChoice(since="soon"), "--since: 'soon' is not a date"),
        (TimelineChoice(until="2023-13"), "--until: '2023-13' is not a day"),
        (TimelineChoice(families=["lama-2"]), "unknown family 'lama-2'. Nearest: llama-2"),
        (TimelineChoice(techniques=["gqaa"]), "unknown technique 'gqaa'. Nearest: "),
    ],
)
def test_bad_input_is_refused_with_what_would_be_right(
    connection: Any, choice: TimelineChoice, complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        timeline(connection, choice)


def test_the_drawing_counts_each_year(connection: Any, run: Any) -> None:
    out = run("timeline", "--since", "2023", "--until", "2023").out

    events = timeline(connection, TimelineChoice(since="2023", until="2023"))["events"]
    models = sum(event["kind"] == "model" for event in events)
    assert f"{models} + {len(events) - models}" in out


def test_nothing_in_a_time_is_said(run: Any) -> None:
    result = run("timeline", "--since", "2190")

    assert result.code == 0
    assert "Nothing" in result.out


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_answers(run: Any, format: str) -> None:
    result = run("timeline", "--technique", "gqa", "--format", format)

    assert result.code == 0
    assert "llama-2-70b" in result.out
