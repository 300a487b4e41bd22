"""The log of writes.

Every user row has the number of the write that inserted it; every row deleted by a write is kept as JSON.
Undo is itself a write, so it can be undone.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Any

TABLES = ("organization", "source", "family", "model", "name", "claim", "note", "tag")
"""Tables whose rows belong to a write; referenced tables come first."""


def now() -> str:
    """The current time in UTC, to the second, as stored."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def begin(connection: sqlite3.Connection, command: str, undoes: int | None = None) -> int:
    """Open a log entry and return its number; `finish` adds its summary."""
    cursor = connection.execute(
        "INSERT INTO user.write_log (id, at, command, summary, undoes) "
        "VALUES ((SELECT coalesce(max(id), 0) + 1 FROM user.write_log), ?, ?, '', ?)",
        (now(), command, undoes),
    )
    return int(cursor.lastrowid or 0)


def finish(connection: sqlite3.Connection, write: int, summary: str) -> None:
    """Set the summary of a log entry."""
    connection.execute("UPDATE user.write_log SET summary = ? WHERE id = ?", (summary, write))


def remove(
    connection: sqlite3.Connection, write: int, table: str, condition: str, *values: Any
) -> int:
    """Delete rows as part of a write, keeping them for `undo`; returns their number."""
    pairs = ", ".join(f"'{name}', r.{name}" for name in columns(connection, table))
    connection.execute(
        "INSERT INTO user.removed (write, table_name, row) "
        f"SELECT ?, ?, json_object({pairs}) FROM user.{table} r WHERE {condition}",
        (write, table, *values),
    )
    cursor = connection.execute(f"DELETE FROM user.{table} AS r WHERE {condition}", values)
    return cursor.rowcount


def entries(connection: sqlite3.Connection, limit: int | None = None) -> list[dict[str, Any]]:
    """The log, latest first."""
    cursor = connection.execute(
        "SELECT id, at, command, summary, undoes, undone_by FROM writes ORDER BY id DESC LIMIT ?",
        (-1 if limit is None else limit,),
    )
    names = [description[0] for description in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table of the user's store."""
    return [row[1] for row in connection.execute(f"PRAGMA user.table_info({table})")]
