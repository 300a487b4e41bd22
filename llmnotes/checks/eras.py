"""Rules on values outside the range of their time; the ranges are in `attributes/bounds.py`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from llmnotes import dates
from llmnotes.attributes.bounds import FILE, bounds
from llmnotes.checks.rules import Violation, of_model
from llmnotes.checks.subjects import CheckedBase, CheckedModel
from llmnotes.display import value_text
from llmnotes.schema import ATTRIBUTES


class Since(NamedTuple):
    """The date from which a term was known."""

    since: str
    reason: str


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def terms_since() -> Mapping[tuple[str, str], Since]:
    """The date since which a term is known, by attribute and term."""
    return {
        (item["attribute"], item["term"]): Since(item["since"], item["reason"])
        for item in _tables()["term"]
    }


@of_model("warning")
def number_outside_its_era(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """A number lies within the range that models of its time had."""
    released = model.claim("release_date")
    seen: set[str] = set()
    for bound in bounds():
        claim = model.claim(bound.attribute)
        if claim is None or bound.attribute in seen or not model.answers_for(bound.attribute):
            continue
        if bound.before and not (released and dates.last_day(released.value) < bound.before):
            continue
        seen.add(bound.attribute)  # the range of its own time, which is narrower than later ones
        numbers = _numbers(claim.value)
        low, high = bound.least, bound.most
        if not numbers or (
            (low is None or min(numbers) >= low) and (high is None or max(numbers) <= high)
        ):
            continue
        when = f" before {bound.before}" if bound.before else ""
        text = value_text(ATTRIBUTES[bound.attribute], claim.value, short=False)
        yield Violation(
            bound.attribute,
            f"{text} lies outside {_range(low, high)}, the range{when}: {bound.reason}",
            (claim, *([released] if released and bound.before else [])),
        )


@of_model("warning")
def term_before_its_time(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """A model does not use what was published only after its release."""
    released = model.claim("release_date")
    if released is None:
        return
    for (name, term), since in terms_since().items():
        claim = model.claim(name)
        if claim is None or name.startswith("tokenizer") or not model.answers_for(name):
            continue
        if term not in _terms(claim.value):
            continue
        if dates.last_day(released.value) < dates.first_day(since.since):
            yield Violation(
                name,
                f"released {released.value}, before {term} was known ({since.since}: {since.reason})",
                (claim, released),
            )


@of_model("error")
def released_in_the_future(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """A release date is not later than the day of the check."""
    claim = model.claim("release_date")
    if claim is None or not model.answers_for("release_date"):
        return
    today = date.today().isoformat()
    if dates.first_day(claim.value) > today:
        yield Violation("release_date", f"released {claim.value}, which is still to come", (claim,))


def _numbers(value: Any) -> list[float]:
    if isinstance(value, dict) and "runs" in value:
        value = [item for _, item in value["runs"]]
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, int | float) and not isinstance(item, bool)]


def _terms(value: Any) -> list[Any]:
    if isinstance(value, dict) and "runs" in value:
        return [item for _, item in value["runs"]]
    return value if isinstance(value, list) else [value]


def _range(least: float | None, most: float | None) -> str:
    return f"{'' if least is None else f'{least:,}'}..{'' if most is None else f'{most:,}'}"
