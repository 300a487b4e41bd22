"""The page of the timeline."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any, NamedTuple

from llmnotes.site.edition import Site
from llmnotes.site.library import Library
from llmnotes.site.render import render
from llmnotes.study.timeline import TimelineChoice, timeline


class Event(NamedTuple):
    """One line of the timeline."""

    kind: str
    id: str
    name: str
    date: str
    says: str


class Year(NamedTuple):
    """The events of a year."""

    name: str
    events: list[Event]


def timeline_page(library: Library, site: Site) -> tuple[str, Callable[[], str]]:
    """The page of all that has a page, by year: its path, and what draws it."""
    found = timeline(library.connection, TimelineChoice())
    events = [_event(item) for item in found["events"] if _has_page(library, item)]
    undated = [_event(item) for item in found["undated"] if _has_page(library, item)]
    years = [Year(name, list(items)) for name, items in groupby(events, key=lambda e: e.date[:4])]
    path = "timeline/index.html"
    return path, lambda: render(
        "timeline.html", path, site=site, title="Timeline", picture=None, years=years, undated=undated,
        description="Models by release and techniques by publication, in order of time.",
    )  # fmt: skip


def _has_page(library: Library, item: dict[str, Any]) -> bool:
    return item["kind"] == "technique" or ("model", item["id"]) in library.columns


def _event(item: dict[str, Any]) -> Event:
    says = item.get("category") or item.get("family_name") or ""
    return Event(item["kind"], item["id"], item["name"], item["date"] or "", says)
