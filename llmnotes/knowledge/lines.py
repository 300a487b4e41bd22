"""Lines: the generations of a model name in order, with date, sizes and publisher of each."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from llmnotes.vocabulary import fold

_FAMILIES = """
    SELECT f.line, f.id, f.name, min(m.release_date_min), f.summary FROM families f
    LEFT JOIN models m ON m.family = f.id WHERE f.line IS NOT NULL
    GROUP BY f.id ORDER BY f.line, min(m.release_date_min) IS NULL, min(m.release_date_min), f.id
"""


def lines(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Families by line, first generation first."""
    found: dict[str, list[str]] = {}
    for line, family, *_ in connection.execute(_FAMILIES):
        found.setdefault(line, []).append(family)
    return found


def line_called(connection: sqlite3.Connection, name: str) -> str | None:
    """The id of the line called `name`; None where there is none."""
    rows = connection.execute("SELECT DISTINCT line FROM families WHERE line IS NOT NULL")
    return next((row[0] for row in rows if fold(row[0]) == fold(name)), None)


def generations(connection: sqlite3.Connection, line: str) -> list[dict[str, Any]]:
    """The families of a line in order, each with its date, sizes, variants and publishers."""
    found = []
    for of, family, name, _, summary in connection.execute(_FAMILIES).fetchall():
        if of == line:
            found.append(
                {"id": family, "name": name, **_members(connection, family), "summary": summary}
            )
    return found


def _members(connection: sqlite3.Connection, family: str) -> dict[str, Any]:
    rows = connection.execute(
        "SELECT id, size, variant, release_date, release_date_min, organization FROM models "
        "WHERE family = ? ORDER BY position, id",
        (family,),
    ).fetchall()
    dates = sorted((row[4], row[3]) for row in rows if row[3])
    sizes = dict.fromkeys(row[1] for row in rows if row[1])
    publishers = dict.fromkeys(key for row in rows for key in json.loads(row[5] or "[]"))
    return {
        "release_date": dates[0][1] if dates else None,
        "sizes": list(sizes),
        "organization": list(publishers),
        "models": [row[0] for row in rows],
        "variants": {
            variant: sum(row[2] == variant for row in rows) for variant in ("base", "post-trained")
        },
    }
