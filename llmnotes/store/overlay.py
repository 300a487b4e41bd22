"""Models in both stores, resolved over the claims of both.

A write leaves their resolved values in the user's store. After an upgrade of the package those were
computed with another edition of the curated layer; until the next write they are computed here when the
stores are opened, so that reads show the new edition without writing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from llmnotes.store.claims import Claims
from llmnotes.store.rows import insert, record_rows

_OVERLAID = """
    SELECT id FROM main.model m
    WHERE EXISTS (SELECT 1 FROM user.claim WHERE subject_kind = 'model' AND subject = m.id)
       OR EXISTS (SELECT 1 FROM user.claim WHERE subject_kind = 'family' AND subject = m.family)
"""
_LEANING = """
    SELECT id FROM user.model WHERE family IN (SELECT id FROM main.family)
    UNION SELECT model FROM user.model_value
    WHERE attribute = 'based_on' AND value IN (SELECT id FROM main.model)
"""


def overlaid(connection: sqlite3.Connection) -> set[str]:
    """Curated models with values changed by the user's store."""
    found = {row[0] for row in connection.execute(_OVERLAID)}
    return found | {key for key in dependents(connection, found) if _is_curated(connection, key)}


def leaning(connection: sqlite3.Connection) -> set[str]:
    """Models of the user's store that take values from curated ones."""
    return {row[0] for row in connection.execute(_LEANING)}


def dependents(connection: sqlite3.Connection, models: Iterable[str]) -> set[str]:
    """The models based on these, directly or indirectly, in either store."""
    found: set[str] = set()
    pending = list(models)
    while pending:
        base = pending.pop()
        for schema in ("main", "user"):
            rows = connection.execute(
                f"SELECT model FROM {schema}.model_value WHERE attribute = 'based_on' AND value = ?",
                (base,),
            )
            new = {row[0] for row in rows} - found
            found |= new
            pending += new
    return found


def _is_curated(connection: sqlite3.Connection, model: str) -> bool:
    return bool(connection.execute("SELECT 1 FROM main.model WHERE id = ?", (model,)).fetchone())


def overlay(connection: sqlite3.Connection) -> None:
    """Fill `overlay_record` and `overlay_value` with the models that are in both stores."""
    connection.execute(
        "CREATE TEMP TABLE overlay_record AS SELECT * FROM main.model_record WHERE 0"
    )
    connection.execute("CREATE TEMP TABLE overlay_value AS SELECT * FROM main.model_value WHERE 0")
    touched = overlaid(connection) | leaning(connection)
    touched |= dependents(connection, touched)
    connection.execute("CREATE INDEX temp.overlay_id ON overlay_record (id)")
    if not touched:
        return
    bare_models(connection)
    claims = Claims(connection, sorted(touched))
    # A write may have left values of a model that this edition no longer has.
    there = sorted(touched & claims.models.keys())
    rows = record_rows((claims.models[key], claims.of_model(key)) for key in there)
    connection.execute("DROP VIEW models")
    insert(connection, "overlay_record", rows["model_record"])
    insert(connection, "overlay_value", rows["model_value"])


def bare_models(connection: sqlite3.Connection) -> None:
    """Create a view `models` of the unresolved rows of both stores, as `Claims` needs to resolve values."""
    columns = "id, family, name, size, variant, position"
    connection.execute(
        f"CREATE TEMP VIEW models AS SELECT {columns} FROM main.model "
        f"UNION ALL SELECT {columns} FROM user.model r "
        "WHERE NOT EXISTS (SELECT 1 FROM main.model c WHERE c.id = r.id)"
    )
