"""An entity with the models whose values name it, each with its claim."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from llmnotes.attributes.entities import ATTRIBUTES_OF, IN_TEXT
from llmnotes.display import value_text
from llmnotes.knowledge.entities import Entity, EntityNames, entities
from llmnotes.knowledge.filtering import Query, select
from llmnotes.knowledge.members import check_variants
from llmnotes.knowledge.sources import sources
from llmnotes.resolve import Statement, resolved
from llmnotes.schema import ATTRIBUTES, Attribute
from llmnotes.store.claims import Claims
from llmnotes.vocabulary import fold, spellings


class EntityUse(NamedTuple):
    """A model whose value names an entity, with the claim's source; `value` is the matching part."""

    model: str
    name: str
    family: str | None
    size: str | None
    variant: str
    attribute: str
    term: str
    value: str
    status: str
    source: str | None
    locator: str | None
    inherited_from: str | None


@dataclass(frozen=True, slots=True)
class EntityPortrait:
    """An entity with its parts and its uses, and the sources cited."""

    entity: Entity
    parts: tuple[str, ...]
    used_by: list[EntityUse]
    sources: list[dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        """The portrait as plain data."""
        item = self.entity
        found: dict[str, Any] = {
            "kind": item.kind, "id": item.id, "name": item.name, "aliases": list(item.aliases),
            "url": item.url, "about": item.about,
        }  # fmt: skip
        if item.kind == "organization":
            found |= {"country": item.country, "became": item.became}
        else:
            found |= {"part_of": item.part_of, "parts": list(self.parts), "named": item.named}
        return {
            **found,
            "used_by": [use._asdict() for use in self.used_by],
            "sources": self.sources,
        }


def portrait(
    connection: sqlite3.Connection,
    item: Entity,
    *,
    variants: str | None = None,
    tentative: frozenset[str] = frozenset(),
) -> EntityPortrait:
    """The portrait of an entity.

    `variants` is `base`, `post-trained` or `all`; by default base models count, and all members of a family
    published without base models; for a benchmark all variants count, since each has its own score.
    Estimates and rumours count only where `tentative` includes them.
    """
    used_by = list(_uses(connection, item, variants, tentative))
    parts = [one.id for one in entities(connection, item.kind).values() if one.part_of == item.id]
    cited = sources(connection, [use.source for use in used_by if use.source])
    return EntityPortrait(item, tuple(parts), used_by, cited)


def _uses(
    connection: sqlite3.Connection,
    item: Entity,
    variants: str | None,
    tentative: frozenset[str],
) -> Iterator[EntityUse]:
    names = EntityNames(connection, item.kind) if item.kind in IN_TEXT else None
    wanted = names.within(item.id) if names else frozenset({item.id})
    for attribute in _attributes(item):
        query = Query(
            strict={attribute.id: [f'"{item.name}"']},
            variants="all" if variants is None else check_variants(variants),
            tentative=tentative,
            sort="release_date,family",
        )
        found = select(connection, query, ["release_date"])
        if variants is None and item.kind != "benchmark":
            found = _base_first(connection, found)
        claims = Claims(connection, [row["id"] for row in found])
        for row in found:
            claim = resolved(claims.of_model(row["id"]), attribute)
            if claim is None or claim.value is None:
                continue
            value = _part(attribute, claim, names, wanted)
            yield EntityUse(
                row["id"], row["name"], row["family"], row["size"], row["variant"], attribute.id,
                item.name, value, claim.status, claim.source, claim.locator, claim.inherited_from,
            )  # fmt: skip


def _attributes(item: Entity) -> list[Attribute]:
    """The attributes whose values can name it; a tokenizer library only the one with that term."""
    found = [ATTRIBUTES[name] for name in ATTRIBUTES_OF[item.kind]]
    return [
        one for one in found if not one.vocabulary or fold(item.name) in spellings(one.vocabulary)
    ]


def _base_first(connection: sqlite3.Connection, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    with_base = {
        row[0]
        for row in connection.execute("SELECT DISTINCT family FROM models WHERE variant = 'base'")
    }
    return [row for row in rows if row["variant"] == "base" or row["family"] not in with_base]


def _part(
    attribute: Attribute, claim: Statement, names: EntityNames | None, wanted: frozenset[str]
) -> str:
    """The elements of a list value that name the entity; any other value as a whole."""
    if names is None or not attribute.is_list:
        return value_text(attribute, claim.value)
    key = {"datasets": "name", "results": "benchmark"}.get(attribute.kind)
    chosen = [
        element
        for element in claim.value
        if not names.in_text(str(element[key] if key else element)).isdisjoint(wanted)
    ]
    return value_text(attribute, chosen or claim.value)
