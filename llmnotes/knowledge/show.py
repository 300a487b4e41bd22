"""Everything known of one model or family."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from llmnotes.knowledge.compare import ModelComparison, compare
from llmnotes.knowledge.members import members
from llmnotes.knowledge.name_meaning import Subject
from llmnotes.knowledge.records import claims_json, family_record, narrowed, read_records
from llmnotes.knowledge.sources import sources
from llmnotes.knowledge.stand_ins import look_up
from llmnotes.resolve import Statement
from llmnotes.store.claims import Claims


@dataclass(frozen=True, slots=True)
class Portrait:
    """A subject's record, its folded values, and every claim with its subject."""

    record: dict[str, Any]
    values: ModelComparison
    claims: list[tuple[str, Statement]]
    sources: list[dict[str, Any]]

    def only(self, attributes: Collection[str]) -> Portrait:
        """The portrait reduced to these attributes."""
        rows = [row for row in self.values.rows if row.attribute.id in attributes]
        claims = [item for item in self.claims if item[1].attribute in attributes]
        used = {claim.source for _, claim in claims}
        used |= {key for row in rows for cell in row.cells for key in cell.sources}
        return replace(
            self,
            record=narrowed(self.record, attributes),
            values=self.values._replace(rows=rows),
            claims=claims,
            sources=[source for source in self.sources if source["id"] in used],
        )


def show(connection: sqlite3.Connection, name: str | Subject) -> Portrait:
    """What is known of the model or family called `name`; raises `InputError` if unknown."""
    subject = look_up(connection, name) if isinstance(name, str) else name
    values = compare(connection, [subject])
    if subject.kind == "model":
        claims = Claims(connection, [subject.id])
        of_model = claims.of_model(subject.id)
        record = read_records(connection, [subject.id])[0]
        record["claims"] = claims_json(of_model)
        every = [(subject.id, claim) for items in of_model.values() for claim in items]
    else:
        models = members(connection, subject.id, "all")
        claims = Claims(connection, models)
        own = claims.of_family(subject.id)
        record = family_record(connection, subject.id, claims)
        record["claims"] = claims_json(own)
        record["models"] = read_records(connection, models)
        for item in record["models"]:
            item["claims"] = claims_json(claims.of_model(item["id"]))
        every = _family_claims(subject.id, claims, models)
    used = [claim.source for _, claim in every if claim.source]
    used += [key for row in values.rows for cell in row.cells for key in cell.sources]
    return Portrait(record, values, every, sources(connection, used))


def _family_claims(family: str, claims: Claims, models: list[str]) -> list[tuple[str, Statement]]:
    """The family's claims, then each member's own."""
    every = [(family, claim) for items in claims.of_family(family).values() for claim in items]
    for model in models:
        for items in claims.of_model(model).values():
            every += [(model, claim) for claim in items if claim.inherited_from is None]
    return every
