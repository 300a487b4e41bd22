"""Families whose members satisfy conditions."""

from __future__ import annotations

import sqlite3
from typing import Any

from llmnotes.knowledge.filtering import Query, select
from llmnotes.knowledge.members import members


def families_of(
    connection: sqlite3.Connection, query: Query, *, every: bool = False
) -> list[dict[str, Any]]:
    """Families with the members that satisfy the query; with `every`, only where all members do."""
    matching: dict[str, list[str]] = {}
    for item in select(connection, query._replace(limit=None), ["id"]):
        if item["family"] is not None:
            matching.setdefault(item["family"], []).append(item["id"])
    found = []
    for family, models in matching.items():
        if every and set(members(connection, family, query.variants)) - set(models):
            continue
        name = connection.execute("SELECT name FROM families WHERE id = ?", (family,)).fetchone()[0]
        found.append({"id": family, "family": family, "name": name, "models": models})
    return found if query.limit is None else found[: query.limit]
