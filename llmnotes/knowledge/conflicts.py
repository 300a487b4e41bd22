"""Claims that disagree, which of them is shown, and by which rule."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from llmnotes.checks.disagreement import difference
from llmnotes.checks.subjects import CheckedFamily, CheckedModel
from llmnotes.knowledge.checked_subjects import groups
from llmnotes.knowledge.names import find
from llmnotes.knowledge.records import claim_json
from llmnotes.resolve import Statement, Statements, decisive, ranked
from llmnotes.schema import ATTRIBUTES, attribute


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A claim that contradicts the resolved one: its contradicting part, and the resolved one's."""

    claim: Statement
    part: Any
    resolved_part: Any
    why: str
    """Why the resolved claim is ranked before this one."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An attribute of a subject with contradicting claims."""

    kind: str
    subject: str
    family: str | None
    resolved: Statement
    others: tuple[Disagreement, ...]

    @property
    def attribute(self) -> str:
        """The attribute's id."""
        return self.resolved.attribute

    def as_json(self) -> dict[str, Any]:
        """The conflict as plain data, claims in the JSON shape of claims."""
        return {
            "subject": self.subject,
            "kind": self.kind,
            "model": self.subject if self.kind == "model" else None,
            "family": self.family,
            "attribute": self.attribute,
            "resolved": claim_json(self.resolved),
            "others": [{**claim_json(item.claim), "why_not": item.why} for item in self.others],
        }


def conflicts(
    connection: sqlite3.Connection, names: Iterable[str] = (), attributes: Iterable[str] = ()
) -> list[Conflict]:
    """All conflicts of the base, or of the models and families named, attribute by attribute.

    Raises `InputError` for an unknown name or attribute.
    """
    only = frozenset(find(connection, name).id for name in names)
    wanted = frozenset(attribute(name).id for name in attributes) or frozenset(ATTRIBUTES)
    found: list[Conflict] = []
    for group in groups(connection, only or None):
        family = group.family
        if family is not None:
            found += _conflicts("family", family.id, family.id, family.claims, wanted)
        for model in group.models:
            claims = _with_family(model, family)
            found += _conflicts("model", model.id, model.family, claims, wanted)
    return found


def _with_family(model: CheckedModel, family: CheckedFamily | None) -> Statements:
    """A model's claims, with those of its family that a claim of another layer overrode."""
    found = dict(model.claims)
    for name, items in (family.claims if family else {}).items():
        mine = model.claims.get(name, [])
        layers = {claim.layer for claim in mine}
        hidden = [
            claim._replace(inherited_from=claim.subject)
            for claim in items
            if claim.layer not in layers
        ]
        if mine and hidden:
            found[name] = ranked([*mine, *hidden])
    return found


def _conflicts(
    kind: str, subject: str, family: str | None, claims: Statements, wanted: frozenset[str]
) -> Iterator[Conflict]:
    for name, items in claims.items():
        # An attribute with only inherited claims is reported for the subject it comes from.
        if name not in wanted or all(claim.inherited_from for claim in items):
            continue
        others = tuple(_others(items))
        if others:
            yield Conflict(kind, subject, family, items[0], others)


def _others(items: list[Statement]) -> Iterator[Disagreement]:
    winner = items[0]
    for claim in items[1:]:
        if claim.value is None or winner.value is None:
            parts = None if claim.status == winner.status else (winner.value, claim.value)
        else:
            parts = difference(claim.attribute, winner.value, claim.value)
        if parts is not None:
            yield Disagreement(claim, parts[1], parts[0], decisive(winner, claim))
