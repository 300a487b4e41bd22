"""Lines: the generations of a model name in order, with date, sizes and publisher of each."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from llmnotes.pattern import late
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


class Before(NamedTuple):
    """The family that one follows in its line, or, as a `branch`, goes off from."""

    family: str
    branch: bool


def before_each(line: str, order: Iterable[str]) -> dict[str, Before]:
    """For the families of a line, oldest first, the one that each comes after.

    Qwen2.5 follows Qwen2, and Qwen2.5-Coder goes off from Qwen2.5: generations have the same words in their
    ids and differ in numbers, a branch has words of its own.
    """
    found: dict[str, Before] = {}
    latest: dict[tuple[str, ...], str] = {}
    trunk = _words(line)
    for family in order:
        own = _words(family)
        first = next(iter(latest), trunk)
        stems = [own[:length] for length in range(len(own) - 1, 0, -1)]
        origin = next((stem for stem in (*stems, trunk, first) if stem in latest), None)
        if own in latest:
            found[family] = Before(latest[own], False)
        elif origin is not None and own != trunk:
            found[family] = Before(latest[origin], True)
        latest[own] = family
    return found


_NUMBER = late(r"v?\d+(?:\.\d+)*(?:[bm]|b\d+|x\d+[bm])?")
_VERSION = late(r"(?<=[a-z])\d+(?:\.\d+)*$")


def _words(family: str) -> tuple[str, ...]:
    """The words of a family's id without versions and sizes: `qwen2-audio` gives qwen and audio."""
    parts = (part for part in family.split("-") if not _NUMBER.fullmatch(part))
    return tuple(_VERSION.sub("", part) for part in parts) or (family,)


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
