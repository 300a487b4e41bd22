"""Models and techniques on one axis of time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from llmnotes import dates
from llmnotes.errors import InputError
from llmnotes.knowledge.names import families_called
from llmnotes.study.descriptions import subject_facts
from llmnotes.study.meanings import find_technique
from llmnotes.study.techniques import TechniqueEntry, paper_url, techniques
from llmnotes.study.uses import uses


@dataclass(frozen=True)
class TimelineChoice:
    """The selection of a timeline: these families with the techniques they use, these techniques with their
    users; by default the whole base."""

    families: list[str] = field(default_factory=list)
    techniques: list[str] = field(default_factory=list)
    since: str | None = None
    until: str | None = None


def timeline(connection: sqlite3.Connection, choice: TimelineChoice) -> dict[str, Any]:
    """Events in order of time, and entries without a known date.

    A date of a year or a month is inside a range where any of its days is. Raises `InputError` for unknown
    names and invalid dates.
    """
    since = _date(choice.since, "--since")
    until = _date(choice.until, "--until")
    known = techniques(connection)
    models, ideas = _chosen(connection, known, choice)
    events = [*_models(connection, models), *_techniques(known, ideas)]
    dated = [event for event in events if event["date"] and _within(event["date"], since, until)]
    dated.sort(key=lambda event: (dates.first_day(event["date"]), event["date"], event["kind"]))
    return {
        "since": since,
        "until": until,
        "events": dated,
        "undated": [event for event in events if not event["date"]],
    }


def _date(text: str | None, option: str) -> str | None:
    if text is None:
        return None
    try:
        return dates.parse(text)
    except InputError as error:
        raise InputError(f"{option}: {error}") from error


def _within(date: str, since: str | None, until: str | None) -> bool:
    if since and dates.last_day(date) < dates.first_day(since):
        return False
    return not (until and dates.first_day(date) > dates.last_day(until))


def _chosen(
    connection: sqlite3.Connection, known: Mapping[str, TechniqueEntry], choice: TimelineChoice
) -> tuple[set[str] | None, set[str]]:
    """Ids of the models (None for all of them) and of the techniques to show."""
    if not choice.families and not choice.techniques:
        return None, set(known)
    models: set[str] = set()
    ideas: set[str] = set()
    for name in choice.families:
        for family in families_called(connection, name):
            rows = connection.execute("SELECT id FROM models WHERE family = ?", (family,))
            models |= {row[0] for row in rows}
            facts = subject_facts(connection, known, "family", family)
            ideas |= {item["id"] for item in facts["techniques"]}
    wanted = [find_technique(connection, known, name) for name in choice.techniques]
    if wanted:
        users: set[str] = set()
        for item in wanted:
            users |= {use.model for use in uses(connection, item.stands_for, variants="all")}
        models = models & users if choice.families else users
        ideas = {item.id for item in wanted}
    return models, ideas


def _models(connection: sqlite3.Connection, chosen: set[str] | None) -> Iterable[dict[str, Any]]:
    rows = connection.execute(
        "SELECT m.id, m.name, m.family, f.name, m.size, m.variant, m.release_date, m.params_total "
        "FROM models m LEFT JOIN families f ON f.id = m.family ORDER BY m.family, m.position, m.id"
    )
    keys = ("id", "name", "family", "family_name", "size", "variant", "date", "params_total")
    for row in rows:
        if chosen is None or row[0] in chosen:
            yield {"kind": "model", **dict(zip(keys, row, strict=True))}


def _techniques(known: Mapping[str, TechniqueEntry], chosen: set[str]) -> Iterable[dict[str, Any]]:
    for item in known.values():
        if item.id in chosen:
            yield {
                "kind": "technique",
                "id": item.id,
                "name": item.name,
                "category": item.category,
                "date": item.date,
                "url": paper_url(item.paper) if item.paper else None,
            }
