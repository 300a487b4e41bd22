"""Flat records of models: the JSON shape that `list`, `filter`, `export` and `show` share."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from llmnotes.resolve import Statement, Statements, record, resolved
from llmnotes.schema import ATTRIBUTES, Attribute, Column
from llmnotes.store.claims import Claims

IDENTITY = ("id", "family", "name", "size", "variant")

COLUMNS: dict[str, tuple[Attribute, Column]] = {
    column.name: (attribute, column)
    for attribute in ATTRIBUTES.values()
    for column in attribute.columns
}
"""Every attribute column of the view `models`, with the part it holds."""


def record_of(row: dict[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    """A row of `models` as a JSON-ready record: flags true or false, lists as lists."""
    found = {key: row[key] for key in (*IDENTITY, *(name for name in columns if name in COLUMNS))}
    return _made_ready(found, row["status"], tuple(columns))


def _made_ready(
    record: dict[str, Any], status: str | None, columns: tuple[str, ...]
) -> dict[str, Any]:
    """The record of stored values with flags and lists as JSON has them, and the statuses of `columns`."""
    flags, lists = _written_otherwise(columns)
    for name in flags:
        if (value := record[name]) is not None:
            record[name] = bool(value)
    for name in lists:
        if (value := record[name]) is not None:
            record[name] = _listed(value)
    statuses = json.loads(status) if status else {}
    asked = _attributes_of(columns)
    if not asked >= statuses.keys():
        statuses = {name: status for name, status in statuses.items() if name in asked}
    record["status"] = statuses
    return record


@lru_cache(maxsize=8)
def _written_otherwise(columns: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The flags and the lists among the columns, whose JSON is not the stored value."""
    asked = [(name, *COLUMNS[name]) for name in columns if name in COLUMNS]
    flags = tuple(name for name, attribute, _ in asked if attribute.kind == "flag")
    lists = tuple(
        name
        for name, attribute, column in asked
        if (attribute.is_list or attribute.per_layer)
        and column.part == "value"
        and column.sql_type == "TEXT"
        and name not in flags
    )
    return flags, lists


@lru_cache(maxsize=8)
def _attributes_of(columns: tuple[str, ...]) -> frozenset[str]:
    return frozenset(COLUMNS[name][0].id for name in columns if name in COLUMNS)


def only_columns(records: list[dict[str, Any]], columns: Sequence[str]) -> list[dict[str, Any]]:
    """The records reduced to identity, these columns, and their statuses."""
    asked = {COLUMNS[name][0].id for name in columns if name in COLUMNS}
    kept = {*columns, *IDENTITY}
    return [
        {
            key: {name: part for name, part in value.items() if name in asked}
            if key in _BY_ATTRIBUTE
            else value
            for key, value in item.items()
            if key in kept or key in _BY_ATTRIBUTE
        }
        for item in records
    ]


def narrowed(record: dict[str, Any], attributes: Collection[str]) -> dict[str, Any]:
    """A record, and those of its members, reduced to these attributes."""
    found: dict[str, Any] = {}
    for key, value in record.items():
        if key in _BY_ATTRIBUTE:
            found[key] = {name: part for name, part in value.items() if name in attributes}
        elif key == "models" and value and isinstance(value[0], dict):
            found[key] = [narrowed(member, attributes) for member in value]
        elif key not in COLUMNS or COLUMNS[key][0].id in attributes:
            found[key] = value
    return found


_BY_ATTRIBUTE = ("status", "claims", "sources")


def _listed(value: Any) -> Any:
    """A stored list as one; a value that is the same in every layer as it is."""
    if isinstance(value, str) and value[:1] in "[{":
        members = _scalars(value)
        return json.loads(value) if members is None else list(members)
    return value


@lru_cache(maxsize=4096)
def _scalars(text: str) -> tuple[Any, ...] | None:
    """The members of a list of texts and numbers, which many records share; None for other JSON."""
    found = json.loads(text)
    if isinstance(found, list) and not any(isinstance(item, list | dict) for item in found):
        return tuple(found)
    return None


def read_records(connection: sqlite3.Connection, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Whole records of the models with these ids, in their order."""
    wanted = tuple(COLUMNS)
    names = (*IDENTITY, *wanted)
    found: dict[str, dict[str, Any]] = {}
    for part in parts(ids):
        cursor = connection.execute(
            f"SELECT status, {', '.join(names)} FROM models WHERE id IN ({_marks(part)})", part
        )
        for status, *row in cursor:
            found[row[0]] = _made_ready(dict(zip(names, row, strict=True)), status, wanted)
    records = [found[key] for key in ids if key in found]
    restore_sets(connection, records, wanted)
    return records


def restore_sets(
    connection: sqlite3.Connection, records: list[dict[str, Any]], wanted: Iterable[str]
) -> None:
    """Restore sets of numbers, which `models` stores by their largest member, as lists."""
    for name in wanted:
        attribute = ATTRIBUTES.get(name)
        if attribute is None or not attribute.many:
            continue
        members: dict[str, list[Any]] = {}
        for part in parts([item["id"] for item in records]):
            cursor = connection.execute(
                "SELECT model, value FROM model_values"
                f" WHERE attribute = ? AND model IN ({_marks(part)}) ORDER BY model, position",
                [name, *part],
            )
            for model, value in cursor:
                members.setdefault(model, []).append(value)
        for item in records:
            values = members.get(item["id"], [])
            if len(values) > 1:
                item[name] = [_member(attribute, value) for value in values]


_PART = 200
"""Records read at once."""


def parts(ids: Sequence[str]) -> Iterator[list[str]]:
    """Ids in lists of a length that a query may name, and that takes little memory."""
    for start in range(0, len(ids), _PART):
        yield list(ids[start : start + _PART])


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _member(attribute: Attribute, value: Any) -> Any:
    """A member of a set: an integer where the attribute is a count."""
    return int(value) if attribute.kind == "integer" and float(value).is_integer() else value


def claims_json(statements: Statements) -> dict[str, list[dict[str, Any]]]:
    """All claims by attribute in the JSON shape, the resolving claim first."""
    return {
        name: [claim_json(claim) for claim in claims]
        for name, claims in statements.items()
        if claims
    }


def claim_json(claim: Statement) -> dict[str, Any]:
    """One claim in the JSON shape."""
    found: dict[str, Any] = {
        "value": claim.value,
        "status": claim.status,
        "source": claim.source,
        "locator": claim.locator,
        "layer": claim.layer,
        "note": claim.note,
        "inherited_from": claim.inherited_from,
    }
    if claim.parameters:
        found["parameters"] = claim.parameters
    if claim.printed:
        found["printed"] = list(claim.printed)
    if claim.via:
        found["via"] = claim.via
    if claim.preferred:
        found |= {"preferred": True, "reason": claim.reason}
    return found


def add_claims(connection: sqlite3.Connection, records: list[dict[str, Any]]) -> None:
    """Add all claims that hold for each model to its record."""
    claims = Claims(connection, [record["id"] for record in records])
    for item in records:
        item["claims"] = claims_json(claims.of_model(item["id"]))


def add_sources(
    connection: sqlite3.Connection, records: list[dict[str, Any]], columns: Iterable[str]
) -> None:
    """Add source and locator of each value to the records, by attribute."""
    claims = Claims(connection, [record["id"] for record in records])
    wanted = {COLUMNS[name][0].id: COLUMNS[name][0] for name in columns if name in COLUMNS}
    for item in records:
        statements = claims.of_model(item["id"])
        found = {name: resolved(statements, attribute) for name, attribute in wanted.items()}
        item["sources"] = {
            name: {"source": claim.source, "locator": claim.locator}
            for name, claim in found.items()
            if claim is not None
        }


def coverage_of(connection: sqlite3.Connection, models: Sequence[str]) -> list[str]:
    """The coverages of these models, the fullest first."""
    found = {
        row[0]
        for row in connection.execute(
            f"SELECT DISTINCT coverage FROM models WHERE id IN ({', '.join('?' * len(models))})",
            tuple(models),
        )
    }
    return [term for term in ATTRIBUTES["coverage"].terms if term in found]


def family_record(connection: sqlite3.Connection, family: str, claims: Claims) -> dict[str, Any]:
    """A family's own record: its own claims' values, null where its members differ or have none."""
    row = connection.execute(
        "SELECT id, name, line, summary FROM families WHERE id = ?", (family,)
    ).fetchone()
    own = claims.of_family(family)
    values = record(own)
    found: dict[str, Any] = dict(zip(("id", "name", "line", "summary"), row, strict=True))
    found["family"], found["variant"] = family, None
    found.update({name: values.get(name) for name in COLUMNS})
    for attribute in ATTRIBUTES.values():
        if attribute.many and (claim := resolved(own, attribute)) and isinstance(claim.value, list):
            found[attribute.id] = claim.value
    found["status"] = values["status"]
    return found
