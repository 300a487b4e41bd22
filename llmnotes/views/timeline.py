"""The axis of `timeline`: the number of events per year, then the events by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from llmnotes.export.answer import Answer, simple_table
from llmnotes.export.page import Block, Drawing, Items, Page, PageItem, Paragraph

_COLUMNS = ("date", "kind", "id", "name", "family")
_BAR = 40
"""Characters of the longest bar."""


def timeline_answer(found: dict[str, Any]) -> Answer:
    """A drawing and a list for people; a row per event for scripts."""
    events = found["events"]
    rows = [tuple(event.get(key) for key in _COLUMNS) for event in events]
    blocks: list[Block] = [Drawing(tuple(_bars(events)))] if events else []
    for year, items in groupby(events, key=lambda event: event["date"][:4]):
        months = groupby(items, key=lambda event: event["date"][:7])
        blocks.append(Items([line for month, of in months for line in _lines(month, of)], year))
    if not events:
        blocks = [Paragraph("Nothing of the base falls into this time.")]
    if found["undated"] and not _span(found):
        ids = ", ".join(event["id"] for event in found["undated"])
        blocks.append(Paragraph(f"Without a date: {ids}."))
    page = Page("Timeline", blocks, _span(found))
    return Answer([simple_table(_COLUMNS, rows)], found, records="events", pages=[page])


def _span(found: dict[str, Any]) -> str:
    since = f"since {found['since']}" if found["since"] else ""
    until = f"until {found['until']}" if found["until"] else ""
    return " ".join(part for part in (since, until) if part)


def _bars(events: list[dict[str, Any]]) -> Iterator[str]:
    """A bar for each year, models in a full and techniques in a light shade; empty years are condensed."""
    counts = Counter((int(event["date"][:4]), event["kind"]) for event in events)
    years = [year for year, _ in counts]
    highest = max(counts[year, "model"] + counts[year, "technique"] for year in years)
    scale = min(1.0, _BAR / highest)
    before = min(years)
    for year in sorted(set(years)):
        models, ideas = counts[year, "model"], counts[year, "technique"]
        bar = "█" * _length(models, scale) + "░" * _length(ideas, scale)
        if year > before + 1:
            yield "   ⋮"
        yield f"{year} {bar} {models} + {ideas}"
        before = year
    yield "     █ models + ░ techniques"


def _length(count: int, scale: float) -> int:
    return max(1, round(count * scale)) if count else 0


def _lines(month: str, events: Iterable[dict[str, Any]]) -> Iterator[PageItem]:
    """A line for each family of the month, and one for the techniques."""
    listed = list(events)
    label = month
    models = [event for event in listed if event["kind"] == "model"]
    for (family, date), items in groupby(
        models, key=lambda event: (event["family"], event["date"])
    ):
        of = list(items)
        name = of[0]["family_name"] or of[0]["name"]
        ids = ", ".join(event["id"] for event in of)
        text = f"█ {name}: {ids}" if family else f"█ {of[0]['id']}"
        yield PageItem(label, f"{text} ({date})" if date != month else text)
        label = ""
    ideas = [event["id"] for event in listed if event["kind"] == "technique"]
    if ideas:
        yield PageItem(label, f"░ {', '.join(ideas)}")
