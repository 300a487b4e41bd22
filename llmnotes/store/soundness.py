"""Integrity checks of a store's file."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from llmnotes.errors import StoreError
from llmnotes.store.files import uri


def problems(store: Path) -> list[str]:
    """The faults of a store, in sentences; empty where it is sound.

    Raises `StoreError` where it cannot be read to the end.
    """
    with closing(sqlite3.connect(f"{uri(store)}?mode=ro", uri=True, timeout=30)) as connection:
        try:
            results = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
            found = [] if results == ["ok"] else [f"{store}: {text}" for text in results]
            return found + _references(connection, store)
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"the store {store} is damaged ({error}); `llmnotes db restore FILE` brings a "
                "backup back"
            ) from error


def _references(connection: sqlite3.Connection, store: Path) -> list[str]:
    """Check that every model has its row of resolved values, and every claim's value is JSON."""
    found = []
    lost = connection.execute(
        "SELECT id FROM model WHERE id NOT IN (SELECT id FROM model_record) LIMIT 3"
    ).fetchall()
    if lost:
        found.append(f"{store}: no resolved values for {', '.join(row[0] for row in lost)}")
    for key, value in connection.execute("SELECT id, value FROM claim WHERE value IS NOT NULL"):
        try:
            json.loads(value)
        except ValueError:
            found.append(f"{store}: the value of claim {key} is not JSON")
    return found
