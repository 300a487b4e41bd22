"""Lists of what there is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from llmnotes.attributes.entities import KIND_OF, PLURALS
from llmnotes.display import UNKNOWN
from llmnotes.edits.notes import tags
from llmnotes.export.answer import Answer, simple_table
from llmnotes.knowledge.entities import entities
from llmnotes.knowledge.filtering import Query, mark_layers, select
from llmnotes.knowledge.later_records import LaterRecords
from llmnotes.knowledge.lines import generations, lines
from llmnotes.knowledge.members import check_variants, members
from llmnotes.knowledge.records import add_claims, coverage_of, read_records
from llmnotes.knowledge.sources import all_sources, short_reference
from llmnotes.schema import ATTRIBUTES, Attribute
from llmnotes.study.techniques import techniques
from llmnotes.study.topics import course
from llmnotes.views.records import records_answer

_MODEL_COLUMNS = ("id", "name", "params_total", "release_date", "organization", "coverage")


def answer(
    connection: sqlite3.Connection, kind: str, variants: str, *, with_claims: bool = False
) -> Answer:
    """The list called `kind`; `with_claims` adds all claims to the records of models."""
    check_variants(variants)
    if kind == "models":
        found = select(connection, Query(variants=variants), list(_MODEL_COLUMNS))

        def read(ids: Sequence[str]) -> list[dict[str, Any]]:
            records = mark_layers(connection, read_records(connection, ids))
            if with_claims:
                add_claims(connection, records)
            return records

        whole = LaterRecords([item["id"] for item in found], read)
        found_table = records_answer(found, _MODEL_COLUMNS, dispensable=("name", "coverage"))
        return found_table._replace(data=whole)
    if kind == "families":
        return _families(connection, variants)
    return _LISTS[kind](connection)


def _families(connection: sqlite3.Connection, variants: str) -> Answer:
    data = []
    dates, publishers = _released(connection), _publishers(connection)
    for key, name, line, summary in connection.execute(
        "SELECT id, name, line, summary FROM families f ORDER BY "
        "(SELECT min(release_date_min) FROM models m WHERE m.family = f.id) NULLS LAST, id"
    ).fetchall():
        models = members(connection, key, variants)
        if not models and variants == "post-trained":
            continue
        data.append(
            {
                "id": key,
                "family": key,
                "name": name,
                "variant": None,
                "line": line,
                "summary": summary,
                "models": models,
                "coverage": coverage_of(connection, models),
                "release_date": dates.get(key),
                "organization": publishers.get(key, []),
            }
        )
    rows = [
        (
            item["id"],
            item["name"],
            " · ".join(item["coverage"]) or UNKNOWN,
            ", ".join(item["models"]),
            item["release_date"] or UNKNOWN,
            ", ".join(item["organization"]) or UNKNOWN,
        )
        for item in data
    ]
    columns = ("id", "name", "coverage", "models", "release_date", "organization")
    return Answer([simple_table(columns, rows, dispensable=("models", "name"))], data)


def _released(connection: sqlite3.Connection) -> dict[str, str]:
    """The first date of each family's models, by which families are ordered."""
    return dict(
        connection.execute(
            "SELECT family, release_date FROM models WHERE release_date IS NOT NULL "
            "ORDER BY release_date_min DESC, length(release_date)"
        )
    )


def _publishers(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The publishers of each family's models, in their order."""
    found: dict[str, dict[str, None]] = {}
    for family, publisher in connection.execute(
        "SELECT m.family, v.value FROM models m JOIN model_values v ON v.model = m.id "
        "WHERE v.attribute = 'organization' AND m.family IS NOT NULL ORDER BY m.position, m.id"
    ):
        found.setdefault(family, {})[publisher] = None
    return {family: list(names) for family, names in found.items()}


def _entities(kind: str, connection: sqlite3.Connection) -> Answer:
    """Every entity of a kind; publishers with their countries, the others with a description."""
    found = entities(connection, kind).values()
    data: list[dict[str, Any]] = [
        {"id": item.id, "name": item.name, "aliases": list(item.aliases), "url": item.url,
         "about": item.about}
        for item in found
    ]  # fmt: skip
    if kind == "organization":
        for one, item in zip(data, found, strict=True):
            one |= {"country": item.country, "became": item.became}
        rows = [(item.id, item.name, "; ".join(item.aliases), item.country) for item in found]
        return Answer([simple_table(("id", "name", "aliases", "country"), rows)], data)
    for one, item in zip(data, found, strict=True):
        one |= {"part_of": item.part_of, "named": item.named}
    told = [(item.id, item.name, item.about, item.url) for item in found]
    return Answer([simple_table(("id", "name", "what it is", "link"), told)], data)


def _lines(connection: sqlite3.Connection) -> Answer:
    """Every line with its generations in order."""
    data: list[dict[str, Any]] = [
        {"id": line, "generations": generations(connection, line)} for line in lines(connection)
    ]
    rows = [
        (
            item["id"],
            len(item["generations"]),
            ", ".join(part["id"] for part in item["generations"]),
        )
        for item in data
    ]
    return Answer([simple_table(("id", "generations", "families, oldest first"), rows)], data)


def attribute_json(item: Attribute) -> dict[str, Any]:
    """An attribute's declaration as plain data."""
    return {
        "id": item.id,
        "option": item.option_name,
        "label": item.label,
        "group": item.group,
        "kind": item.kind,
        "unit": item.unit,
        "vocabulary": list(item.terms),
        "meaning": item.meaning,
        "many": item.many,
        "per_layer": item.per_layer,
        "inherited": item.inherited,
        "row": item.row,
        "columns": [column.name for column in item.columns],
        "entities": PLURALS.get(KIND_OF.get(item.id, "")),
    }


def attributes_answer(_: sqlite3.Connection | None = None) -> Answer:
    """Every attribute with its kind, unit and meaning."""
    rows = [
        (item.id, item.group, item.kind, item.unit or "", item.meaning)
        for item in ATTRIBUTES.values()
    ]
    table = simple_table(("id", "group", "kind", "unit", "meaning"), rows)
    return Answer([table], [attribute_json(item) for item in ATTRIBUTES.values()])


def _sources(connection: sqlite3.Connection) -> Answer:
    found = all_sources(connection)
    rows = [(item["id"], item["kind"], short_reference(item)) for item in found]
    return Answer([simple_table(("id", "kind", "source"), rows)], found)


def _techniques(connection: sqlite3.Connection) -> Answer:
    found = [
        {"id": item.id, "name": item.name, "category": item.category, "aliases": item.aliases,
         "definition": item.definition}
        for item in sorted(techniques(connection).values(), key=lambda item: (item.category, item.id))
    ]  # fmt: skip
    rows = [(item["id"], item["category"], item["name"], item["definition"]) for item in found]
    return Answer([simple_table(("id", "category", "name", "definition"), rows)], found)


def _topics(connection: sqlite3.Connection) -> Answer:
    found = [
        {"section": section["name"], "topic": item["name"], "read": item["read"],
         "leads_to": [target["id"] for target in item["targets"]]}
        for section in course(connection)
        for item in section["items"]
    ]  # fmt: skip
    rows = [(item["section"], item["topic"], ", ".join(item["leads_to"])) for item in found]
    return Answer([simple_table(("section", "topic", "leads to"), rows)], found)


def _tags(connection: sqlite3.Connection) -> Answer:
    tagged: dict[str, list[str]] = {}
    for item in tags(connection):
        tagged.setdefault(item["tag"], []).append(item["subject"])
    found = [{"tag": tag, "subjects": subjects} for tag, subjects in tagged.items()]
    rows = [(tag, ", ".join(subjects)) for tag, subjects in tagged.items()]
    return Answer([simple_table(("tag", "subjects"), rows)], found)


_LISTS: dict[str, Callable[[sqlite3.Connection], Answer]] = {
    **{plural: partial(_entities, kind) for kind, plural in PLURALS.items()},
    "lines": _lines,
    "attributes": attributes_answer,
    "sources": _sources,
    "techniques": _techniques,
    "topics": _topics,
    "tags": _tags,
}
