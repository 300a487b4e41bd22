"""The table of models: a column per value, with bounds, unit and per-layer pattern."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from llmnotes.relational.typed import Field, ForeignKey, Kind, TypedTable, read_rows
from llmnotes.schema import ATTRIBUTES, Attribute, Column

_IDENTITY = (
    Field("id", "string", "Identifier of the model."),
    Field("family", "string", "Identifier of the family it was published with."),
    Field("name", "string", "Name as its publisher writes it."),
    Field("size", "string", "The size in its name."),
    Field("variant", "string", "`base` as pretraining left it, or `post-trained`."),
    Field("position", "integer", "Place among the members of its family."),
    Field("status", "json", "Status of the attributes that are not simply reported."),
)


def all_models(connection: sqlite3.Connection) -> TypedTable:
    """The models of the base, ordered by id."""
    table = models_table(_IDENTITY)
    columns = ", ".join(f'"{item.name}"' for item in table.fields)
    table.rows.extend(
        read_rows(connection, table.fields, f"SELECT {columns} FROM models ORDER BY id")
    )
    return table


def models_table(identity: Sequence[Field]) -> TypedTable:
    """The table of models without rows."""
    fields = (
        *identity,
        *(field for item in ATTRIBUTES.values() for field in attribute_fields(item)),
    )
    return TypedTable(
        "models", "Models, one row each, with everything the base shows of them.", fields, ("id",),
        (ForeignKey("family", "families"),),
    )  # fmt: skip


def records_table(records: Iterable[Mapping[str, Any]]) -> TypedTable:
    """Records of models as rows of that table, in their order."""
    table = models_table([item for item in _IDENTITY if item.name != "position"])
    table.rows.extend(tuple(_plain(item, record) for item in table.fields) for record in records)
    return table


def _plain(item: Field, record: Mapping[str, Any]) -> Any:
    """A record's value as the view `models` stores it: the largest member of a set of numbers."""
    value = record.get(item.name)
    if isinstance(value, list | dict) and item.kind == "integer":
        return record[f"{item.name}_max"]
    if isinstance(value, list | dict) and item.kind == "string":
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return float(value) if item.kind == "number" and value is not None else value


_PARTS = {
    "min": "Least of: ", "max": "Most of: ", "unit": "Unit of: ", "tokens": "In tokens: ",
    "pattern": "Layer by layer: ", "value": "",
}  # fmt: skip


def attribute_fields(attribute: Attribute) -> list[Field]:
    """The columns of an attribute: its value, bounds, unit and per-layer pattern."""
    return [_column(attribute, part) for part in attribute.columns]


def _column(attribute: Attribute, column: Column) -> Field:
    kinds: dict[str, Kind] = {"INTEGER": "integer", "REAL": "number", "TEXT": "string"}
    kind = kinds[column.sql_type]
    unit = attribute.unit if kind in {"integer", "number"} else None
    if column.part == "tokens":
        unit = "tokens"
    if attribute.kind == "flag":
        kind = "boolean"
    elif attribute.kind == "date" and column.part in {"min", "max"}:
        kind = "date"
    elif attribute.is_list:
        kind = "json" if attribute.kind in {"datasets", "results"} else "texts"
    return Field(column.name, kind, _PARTS[column.part] + attribute.meaning, unit)
