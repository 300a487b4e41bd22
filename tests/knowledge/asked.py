"""Short questions to the base."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from llmnotes.knowledge.filtering import Query, select


def ids(
    connection: sqlite3.Connection, columns: Sequence[str] = ("id",), **query: Any
) -> list[str]:
    """The ids of the models that satisfy a query."""
    return [item["id"] for item in select(connection, Query(**query), list(columns))]
