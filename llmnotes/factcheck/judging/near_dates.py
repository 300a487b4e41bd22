"""Dates so near the base's that either may be meant: an announcement, an upload, the month of a paper."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.factcheck.base_claims import Known
from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.judging.words import days_apart
from llmnotes.pattern import late

_WEEK = 7
_NEXT_TO = 3
"""Days by which an event may be in the month before; what follows a release may be a week later."""
_MONTH = len("2021-07")
_DAY = len("2021-07-18")


_EVENT = late(
    r"\b(?:GA|general(?:ly)?\savailab\w+|API|paper|preprint|arxiv|conference|updated?|preview|beta|app|chatbot"
    r"|open[\s-]?sourced|weights)\b|论文|更新|开源",
    re.IGNORECASE,
)
"""What may have happened on another day than the release."""


def left_open_date(text: str, items: Sequence[Item], stated: Sequence[Known]) -> str:
    """Why false dates of a cell are not held to be false; empty where they are."""
    return (
        _within_week(items, stated)
        or _beside_paper(items, stated)
        or _of_event(text, items, stated)
    )


def _of_event(text: str, items: Sequence[Item], stated: Sequence[Known]) -> str:
    """The cell names what else happened, within two years: `GA on April 29, 2025`."""
    event = _EVENT.search(text)
    years = [int(str(claim.value)[:4]) for known in stated for claim in known.claims]
    near = all(any(abs(int(str(i.value)[:4]) - year) <= 1 for year in years) for i in items)
    return f"the day of another event, as {event[0]!r} tells" if event and near else ""


def _within_week(items: Sequence[Item], stated: Sequence[Known]) -> str:
    """Weights are uploaded and papers posted some days before or after an announcement."""
    days = [str(c.value) for known in stated for c in known.claims if len(str(c.value)) == _DAY]
    near = next((day for day in days if all(_any_near(item, day) for item in items)), "")
    return f"within a week of {near}: an announcement or an upload, perhaps" if near else ""


def _any_near(item: Item, day: str) -> bool:
    return any(_is_near(str(one.value), day) for one in (item, *item.others))


def _is_near(date: str, day: str) -> bool:
    """Whether a day is within a week of another, or any day of a month next to it."""
    if len(date) == _DAY:
        return days_apart(date, day) <= _WEEK
    if len(date) != _MONTH:
        return False
    if date > day[:_MONTH]:
        return days_apart(f"{date}-01", day) <= _WEEK
    return days_apart(f"{_next_month(date)}-01", day) < _NEXT_TO


def _beside_paper(items: Sequence[Item], stated: Sequence[Known]) -> str:
    """The month beside that of a paper, all that is known of most models, may be an announcement's."""
    months = {str(item.value)[:_MONTH] for item in items}
    first = [claim.value for one in stated for claim in one.claims[:1]]
    known = [value for value in first if len(value) == _MONTH]
    if len(known) * 2 <= len(first) or any(len(month) != _MONTH for month in months):
        return ""
    near = {*known, *map(_next_month, known)}
    if not all(month in near or _next_month(month) in known for month in months):
        return ""
    return f"the base has only the month {known[0]}, and no day of an announcement"


def _next_month(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02}"
