"""Serialization of tables as CSV and as one SQLite file."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from typing import Any

from llmnotes.escapes import spreadsheet
from llmnotes.relational.arrow import json_text
from llmnotes.relational.typed import Field, TypedTable


def csv_text(table: TypedTable) -> str:
    """The table as CSV (RFC 4180, line feeds): lists as JSON, null as an empty cell."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(item.name for item in table.fields)
    kinds = [item.kind for item in table.fields]
    for row in table.rows:
        writer.writerow(_cell(kind, value) for kind, value in zip(kinds, row, strict=True))
    return buffer.getvalue()


def _cell(kind: str, value: Any) -> str:
    if value is None:
        return ""
    if kind == "boolean":
        return "true" if value else "false"
    if kind in {"texts", "json"}:
        return json_text(value)
    if kind == "number":
        return repr(value)
    return spreadsheet(value) if kind == "string" else str(value)


_SQL_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}


def sqlite_file(tables: list[TypedTable]) -> bytes:
    """All tables in one SQLite file, with keys, references, meanings and units in its schema."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for table in tables:
            connection.execute(_create(table))
            marks = ", ".join("?" * len(table.fields))
            connection.executemany(
                f'INSERT INTO "{table.name}" VALUES ({marks})',
                (
                    tuple(_stored(f, value) for f, value in zip(table.fields, row, strict=True))
                    for row in table.rows
                ),
            )
        connection.execute("COMMIT")
        return connection.serialize()


def _create(table: TypedTable) -> str:
    width = max(len(item.name) for item in table.fields) + 2
    key = ", ".join(f'"{name}"' for name in table.key)
    lines = [
        f'  "{item.name}"'.ljust(width + 3)
        + f"{_SQL_TYPES.get(item.kind, 'TEXT')},  -- {_says(item)}"
        for item in table.fields
    ]
    limits = [f"  PRIMARY KEY ({key})"] + [
        f'  FOREIGN KEY ("{item.field}") REFERENCES "{item.table}"' for item in table.references
    ]
    body = "\n".join(lines) + "\n" + ",\n".join(limits)
    return f'CREATE TABLE "{table.name}" (  -- {table.meaning}\n{body}\n)'


def _says(item: Field) -> str:
    says = f"{item.meaning} ({item.unit})" if item.unit else item.meaning
    return " ".join(says.split())


def _stored(item: Field, value: Any) -> Any:
    if value is None:
        return None
    return json_text(value) if item.kind in {"texts", "json"} else value
