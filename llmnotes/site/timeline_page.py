"""The pages of the timeline."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from llmnotes.site.edition import Site
from llmnotes.site.entity_page import Pages
from llmnotes.site.library import Library
from llmnotes.site.parts import Part, parts, size_of
from llmnotes.site.render import render
from llmnotes.study.timeline import TimelineChoice, timeline


class Event(NamedTuple):
    """One line of the timeline."""

    kind: str
    id: str
    name: str
    date: str
    says: str


def timeline_pages(library: Library, site: Site) -> Pages:
    """All entries with a page by year, in parts of whole or half years: the paths and their renderers."""
    found = timeline(library.connection, TimelineChoice())
    events = [_event(item) for item in found["events"] if _has_page(library, item)]
    undated = [_event(item) for item in found["undated"] if _has_page(library, item)]
    years = [(name, list(items)) for name, items in groupby(events, key=lambda e: e.date[:4])]
    if undated:
        years.append((_UNDATED, undated))
    for part in parts("timeline/index.html", years, _size, lambda year, _: year):
        yield part.path, partial(_page, site, part)


_UNDATED = "Without a date"


def _page(site: Site, part: Part[str, Event]) -> str:
    return render(
        "timeline.html", part.path, site=site, title="Timeline" + part.suffix, picture=None,
        description="Models by release and techniques by publication, in order of time.",
        years=part.groups, parts=part.links,
    )  # fmt: skip


def _size(event: Event) -> int:
    return 150 + size_of(event.name, event.id, event.says)


def _has_page(library: Library, item: dict[str, Any]) -> bool:
    return item["kind"] == "technique" or ("model", item["id"]) in library.columns


def _event(item: dict[str, Any]) -> Event:
    says = item.get("category") or item.get("family_name") or ""
    return Event(item["kind"], item["id"], item["name"], item["date"] or "", says)
