"""The content of a model's or family's page, prepared for its template."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from llmnotes.display import status_text, value_text
from llmnotes.knowledge.folding import Value
from llmnotes.knowledge.show import Portrait
from llmnotes.knowledge.sources import short_reference
from llmnotes.resolve import Statement
from llmnotes.schema import ATTRIBUTES, GROUPS, POSITIONS, Attribute


class AttributeLine(NamedTuple):
    """One attribute of a subject: its values, with the numbers of their sources and locators."""

    attribute: Attribute
    text: str
    state: str
    notes: list[int]
    where: list[str]
    others: int
    claims: list[Any]
    """Of a model every claim on the attribute, the resolving claim first; of a family none."""


class ClaimLine(NamedTuple):
    """One claim with all its metadata."""

    attribute: Attribute
    of: tuple[str, ...]
    """The subjects of the claim: one, or several of a family with the same claim."""
    text: str
    status: str
    layer: str
    notes: list[int]
    locator: str | None
    note: str | None
    preferred: str | None
    printed: str
    via: str | None


class AttributeGroup(NamedTuple):
    """Lines under the heading of their group."""

    id: str
    heading: str
    lines: list[Any]


class Reference(NamedTuple):
    """A numbered source."""

    number: int
    text: str
    source: dict[str, Any]


def references(sources: list[dict[str, Any]]) -> list[Reference]:
    """The sources of a page with their numbers."""
    return [
        Reference(number, short_reference(source), source)
        for number, source in enumerate(sources, start=1)
    ]


def state_of(values: list[Value]) -> str:
    """The state that determines a cell's style: `known`, `unknown`, or a status shared by all its values."""
    states = {_state(value) for value in values}
    return states.pop() if len(states) == 1 else "known"


def _state(value: Value) -> str:
    if value.status is None:
        return "unknown"
    return "known" if value.status == "reported" else value.status


def value_groups(found: Portrait, numbers: dict[str, int]) -> list[AttributeGroup]:
    """The resolved values, group by group, with the numbers of their sources."""
    claims: dict[str, list[ClaimLine]] = {}
    if found.values.subjects[0].kind == "model":
        for subject, claim in found.claims:
            claims.setdefault(claim.attribute, []).append(
                _claim((claim.inherited_from or subject,), claim, numbers)
            )
    listed = {claim.attribute for _, claim in found.claims}  # another family's values are left out
    groups = []
    for group, rows in groupby(found.values.rows, key=lambda row: row.attribute.group):
        lines = []
        for row in rows:
            cell = row.cells[0]
            where = dict.fromkeys(v.locator for v in cell.values if v.status and v.locator)
            others = sum(len(value.also) for value in cell.values)
            lines.append(
                AttributeLine(
                    row.attribute, cell.text, state_of(cell.values),
                    sorted(numbers[key] for key in cell.sources), list(where),
                    others if row.attribute.id in listed else 0, claims.get(row.attribute.id, []),
                )
            )  # fmt: skip
        groups.append(AttributeGroup(group, GROUPS[group], lines))
    return groups


def unknown_labels(found: Portrait) -> list[str]:
    """The labels of the attributes without a known value."""
    said = {
        row.attribute.id
        for row in found.values.rows
        if any(value.status for value in row.cells[0].values)
    }
    return [item.label for item in ATTRIBUTES.values() if item.id not in said]


class SaidOf(NamedTuple):
    """A claim, with all the subjects for which it is made identically."""

    claim: Statement
    of: tuple[str, ...]


def claims_said(claims: Iterable[tuple[str, Statement]]) -> list[tuple[str, list[SaidOf]]]:
    """Claims by group of attributes, the resolving claim of each first, without duplicates."""
    told: dict[Any, tuple[Statement, dict[str, None]]] = {}
    for subject, claim in sorted(claims, key=lambda item: POSITIONS[item[1].attribute]):
        key = repr(claim._replace(subject="", number=0, inherited_from=None))
        told.setdefault(key, (claim, {}))[1][claim.inherited_from or subject] = None
    return [
        (group, [SaidOf(claim, tuple(of)) for claim, of in items])
        for group, items in groupby(
            told.values(), key=lambda item: ATTRIBUTES[item[0].attribute].group
        )
    ]


def claim_groups(
    said: Iterable[tuple[str, list[SaidOf]]], numbers: dict[str, int]
) -> list[AttributeGroup]:
    """Claims as lines under the headings of their groups."""
    return [
        AttributeGroup(
            group, GROUPS[group], [_claim(item.of, item.claim, numbers) for item in items]
        )
        for group, items in said
    ]


def _claim(of: tuple[str, ...], claim: Statement, numbers: dict[str, int]) -> ClaimLine:
    number = numbers.get(claim.source or "")
    return ClaimLine(
        ATTRIBUTES[claim.attribute], of, claim_text(claim), claim.status, claim.layer,
        [number] if number else [], claim.locator, claim.note,
        claim.reason if claim.preferred else None, " · ".join(claim.printed), claim.via,
    )  # fmt: skip


def claim_text(claim: Statement) -> str:
    """The value of a claim with all its digits, or the text of its status."""
    if claim.value is None:
        return status_text(claim.status)
    return value_text(ATTRIBUTES[claim.attribute], claim.value, claim.parameters, short=False)
