"""Updates the user's rows of resolved values after a write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from llmnotes.store.claims import Claims
from llmnotes.store.connect import is_fresh
from llmnotes.store.overlay import dependents, leaning, overlaid
from llmnotes.store.rows import insert, record_rows

_PART = 2_000
"""Models resolved per batch, so that a large import needs little memory."""


def resolve_again(
    connection: sqlite3.Connection, models: Iterable[str], families: Iterable[str] = ()
) -> None:
    """Compute the resolved values of these models, of families' members and of dependents.

    Everything that depends on the curated layer is also computed where that is a new edition.
    """
    touched = set(models)
    for family in families:
        touched |= {row[0] for row in connection.execute(_MEMBERS, (family,))}
    if not is_fresh(connection):
        touched |= overlaid(connection) | leaning(connection)
        touched |= {row[0] for row in connection.execute(_SHIPPED)}
    touched |= dependents(connection, touched)
    changed = overlaid(connection)
    for start in range(0, len(touched), _PART):
        _resolve(connection, sorted(touched)[start : start + _PART], changed)
    remember_edition(connection)


_MEMBERS = "SELECT id FROM models WHERE family = ?"
_SHIPPED = "SELECT id FROM user.model_record WHERE id IN (SELECT id FROM main.model)"


def remember_edition(connection: sqlite3.Connection) -> None:
    """Record the edition of the curated layer with which the resolved values were computed."""
    connection.execute(
        "INSERT OR REPLACE INTO user.fact SELECT 'resolved_with', value FROM main.fact "
        "WHERE key = 'digest'"
    )


def _resolve(connection: sqlite3.Connection, models: list[str], changed: set[str]) -> None:
    for table, key in (("model_record", "id"), ("model_value", "model")):
        connection.executemany(
            f"DELETE FROM user.{table} WHERE {key} = ?", ((model,) for model in models)
        )
    own = _own(connection, models)
    claims = Claims(connection, [model for model in models if model in own or model in changed])
    kept = [key for key in models if key in claims.models and (key in own or key in changed)]
    rows = record_rows((claims.models[key], claims.of_model(key)) for key in kept)
    insert(connection, "user.model_record", rows["model_record"])
    insert(connection, "user.model_value", rows["model_value"])


def _own(connection: sqlite3.Connection, models: list[str]) -> set[str]:
    """The models that are only in the user's store."""
    found: set[str] = set()
    for start in range(0, len(models), 500):
        part = models[start : start + 500]
        marks = ", ".join("?" * len(part))
        found |= {
            row[0]
            for row in connection.execute(
                f"SELECT id FROM user.model WHERE id IN ({marks}) "
                "AND id NOT IN (SELECT id FROM main.model)",
                part,
            )
        }
    return found
