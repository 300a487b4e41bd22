"""The merged rows of both stores, for copying into another database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from llmnotes.store.connect import arms

PUBLIC = {
    "organizations": "organization", "entities": "entity", "sources": "source",
    "families": "family", "names": "name", "techniques": "technique", "topics": "topic",
    "editions": "edition", "changes": "value_change", "claims": "claim", "models": "model_record",
    "model_values": "model_value",
}  # fmt: skip
"""The public view of each table."""

SHOWN = frozenset({*PUBLIC.values(), "fact", "model"})
"""The tables with data on models. The others are personal: notes, tags, readings, reviews and the log of
writes."""


def count(base: sqlite3.Connection) -> int:
    """The approximate total number of rows in these tables."""
    return sum(int(base.execute(f"SELECT count(*) FROM {view}").fetchone()[0]) for view in PUBLIC)


def rows(
    base: sqlite3.Connection, table: str, columns: Sequence[str], key: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a table of `SHOWN`, one for each `key`: the first, curated one is kept.

    `write` is NULL in all of them, since it refers to one user's log of writes.
    """
    places = [columns.index(name) for name in key]
    seen: set[tuple[Any, ...]] = set()
    for row in base.execute(_query(base, table, columns)):
        if (found := tuple(row[place] for place in places)) not in seen:
            seen.add(found)
            yield row


def _query(base: sqlite3.Connection, table: str, columns: Sequence[str]) -> str:
    said = {name: f'"{name}"' for name in columns}
    if "write" in said:
        said["write"] = "NULL"
    if table == "claim":  # both stores number theirs from one
        said["id"] = "row_number() OVER (ORDER BY layer = 'user', id)"
        return f"SELECT {_list(said)} FROM claims ORDER BY layer = 'user', id"
    if table == "value_change":
        return f"SELECT {_list(said)} FROM main.value_change"
    if table == "fact":
        return f"SELECT {_list(said)} FROM main.fact"
    if table == "model":
        stores = ["main"] if "user" not in _stores(base) else ["main", "user"]
        return " UNION ALL ".join(f"SELECT {_list(said)} FROM {store}.model" for store in stores)
    if table == "model_value":
        return " UNION ALL ".join(f"SELECT {_list(said)} FROM {arm}" for arm in arms(base).values)
    view = next(view for view, shown in PUBLIC.items() if shown == table)
    return f"SELECT {_list(said)} FROM {view}"


def _list(said: dict[str, str]) -> str:
    return ", ".join(said.values())


def _stores(base: sqlite3.Connection) -> set[str]:
    return {row[1] for row in base.execute("PRAGMA database_list")}
