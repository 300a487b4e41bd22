"""Techniques and families marked as read, in the user's store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

ReadingItem = tuple[str, str]
"""An entry that can be read: its kind, `technique` or `family`, and its id."""


def read_marks(connection: sqlite3.Connection) -> dict[ReadingItem, str]:
    """The entries marked as read, with the day; empty where there is no user's store, or an old one."""
    if not user_has(connection, "reading"):
        return {}
    rows = connection.execute("SELECT kind, target, read_at FROM user.reading")
    return {(kind, target): read_at[:10] for kind, target, read_at in rows}


def notes_on(connection: sqlite3.Connection, kind: str, target: str) -> list[str]:
    """The user's notes on a technique, a model or a family, oldest first."""
    if not user_has(connection, "note"):
        return []
    rows = connection.execute(
        "SELECT text FROM user.note WHERE subject_kind = ? AND subject = ? ORDER BY id",
        (kind, target),
    )
    return [row[0] for row in rows]


def user_has(connection: sqlite3.Connection, table: str) -> bool:
    """Whether the user's store exists and has this table."""
    if "user" not in {row[1] for row in connection.execute("PRAGMA database_list")}:
        return False
    query = "SELECT 1 FROM user.sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (table,)).fetchone() is not None


def mark(store: Path, items: Iterable[ReadingItem], *, read: bool) -> None:
    """Mark items as read now, or remove their marks, atomically.

    Raises `StoreError` where the store cannot be written.
    """
    from llmnotes.store.write import writing

    now = datetime.now(UTC).isoformat(timespec="seconds")
    with writing(store) as connection:
        if read:
            connection.executemany(
                "INSERT INTO user.reading (kind, target, read_at) VALUES (?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                [(*item, now) for item in items],
            )
        else:
            connection.executemany(
                "DELETE FROM user.reading WHERE kind = ? AND target = ?", list(items)
            )
