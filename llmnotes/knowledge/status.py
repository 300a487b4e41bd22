"""The state of the two stores."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from llmnotes.store import soundness
from llmnotes.store.connect import connect
from llmnotes.store.paths import CURATED, user_store

_COUNTED = ("family", "model", "claim", "source", "technique")


def stores(chosen: str | None = None) -> dict[str, dict[str, Any]]:
    """Path, size, schema and contents of the curated and the user's store.

    Raises `StoreError` where one of them cannot be read.
    """
    user = user_store(chosen)
    connection = connect(user)
    found = {"curated": _facts(connection, "main", CURATED)}
    found["user"] = (
        _facts(connection, "user", user) if user.exists() else {"path": str(user), "exists": False}
    )
    connection.close()
    return found


def _facts(connection: sqlite3.Connection, schema: str, path: Path) -> dict[str, Any]:
    facts: dict[str, Any] = {"path": str(path), "exists": True, "bytes": path.stat().st_size}
    facts["schema"] = connection.execute(
        f"SELECT version_num FROM {schema}.alembic_version"
    ).fetchone()[0]
    edition = connection.execute(f"SELECT value FROM {schema}.fact WHERE key = 'digest'").fetchone()
    if edition:
        facts["edition"] = edition[0][:12]
    for table in _COUNTED:
        count = connection.execute(f"SELECT count(*) FROM {schema}.{table}").fetchone()[0]
        facts[f"{table.replace('family', 'familie')}s"] = count
    return facts


def problems(chosen: str | None = None) -> list[str]:
    """The faults of the stores, in sentences; empty where they are sound.

    Raises `StoreError` where a store cannot be opened.
    """
    user = user_store(chosen)
    connect(user).close()
    found = soundness.problems(CURATED)
    return found + soundness.problems(user) if user.exists() else found
