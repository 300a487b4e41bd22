"""Rows of the resolved tables and their insertion, optimised for large imports."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from llmnotes.resolve import Statement, Statements, record, resolved, said
from llmnotes.schema import ATTRIBUTES
from llmnotes.values import elements

RECORD_COLUMNS = (
    "id", "family", "name", "size", "variant", "position", "status",
    *(column.name for attribute in ATTRIBUTES.values() for column in attribute.columns),
)  # fmt: skip

Member = tuple[dict[str, Any], dict[str, list[Statement]]]
"""A model's row and the claims that hold for it."""


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[dict[str, Any]]) -> int:
    """Insert rows that all have the keys of the first; returns their number."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return 0
    columns = ", ".join(first)
    marks = ", ".join("?" * len(first))
    before = connection.total_changes
    connection.executemany(
        f"INSERT INTO {table} ({columns}) VALUES ({marks})",
        (tuple(row[key] for key in first) for row in itertools.chain([first], rows)),
    )
    return connection.total_changes - before


def record_rows(members: Iterable[Member]) -> dict[str, list[dict[str, Any]]]:
    """Rows of `model_record` and `model_value` for models with their claims."""
    records: list[dict[str, Any]] = []
    values: list[dict[str, Any]] = []
    for model, statements in members:
        records.append(record_row(model, statements))
        values.extend(value_rows(model["id"], statements))
    return {"model_record": records, "model_value": values}


def record_row(model: dict[str, Any], statements: dict[str, list[Statement]]) -> dict[str, Any]:
    """The row of `model_record`: lists as canonical JSON, flags as 0 and 1."""
    return dict(zip(RECORD_COLUMNS, record_tuple(model, statements), strict=True))


def record_tuple(model: dict[str, Any], statements: Statements) -> tuple[Any, ...]:
    """`record_row` as a tuple in the order of `RECORD_COLUMNS`."""
    row = _EMPTY.copy()
    for position, key in enumerate(_IDENTITY):
        row[position] = model[key]
    for key, value in record(statements).items():
        if isinstance(value, bool):
            value = int(value)
        elif isinstance(value, list | dict):
            value = _json(value) if value else None
        row[_POSITIONS[key]] = value
    return tuple(row)


_IDENTITY = ("id", "family", "name", "size", "variant", "position")
_EMPTY: list[Any] = [None] * len(RECORD_COLUMNS)
_POSITIONS = {name: position for position, name in enumerate(RECORD_COLUMNS)}
_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def value_rows(model: str, statements: dict[str, list[Statement]]) -> Iterator[dict[str, Any]]:
    """One row per element of the list-valued, set-valued and per-layer attributes."""
    names = ("model", "attribute", "position", "value", "number")
    for row in value_tuples(model, statements):
        yield dict(zip(names, row, strict=True))


def value_tuples(model: str, statements: Statements) -> Iterator[tuple[Any, ...]]:
    """`value_rows` as tuples in the order of the table's columns."""
    for attribute in said(statements):
        if attribute.id not in _SEVERAL:
            continue
        claim = resolved(statements, attribute)
        if claim is None or claim.value is None:
            continue
        for position, element in enumerate(dict.fromkeys(elements(attribute, claim.value))):
            number = element if attribute.is_numeric else None
            yield model, attribute.id, position, str(element), number


_SEVERAL = {
    attribute.id
    for attribute in ATTRIBUTES.values()
    if attribute.is_list or attribute.many or attribute.per_layer
}
