"""Short questions to a user's store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from llmnotes.knowledge.search import search
from llmnotes.store.connect import connect


def query(store: Path, sql: str, *values: str) -> list[Any]:
    """The rows of a statement on the store over the curated base."""
    with connect(store) as connection:
        return connection.execute(sql, values).fetchall()


def ids_found(store: Path, text: str) -> list[str]:
    """The ids that a full-text search finds."""
    with connect(store) as connection:
        return [item["id"] for item in search(connection, text)]
