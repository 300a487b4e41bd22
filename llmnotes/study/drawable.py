"""Chart data, made of the resolved values that may be drawn.

Rumours, estimates and unknown values are never drawn; the number of models left out is part of the data.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from llmnotes import dates
from llmnotes.errors import InputError
from llmnotes.knowledge.members import members
from llmnotes.knowledge.names import find
from llmnotes.knowledge.sources import sources
from llmnotes.resolve import Statement, resolved
from llmnotes.schema import ATTRIBUTES, TENTATIVE_STATUSES
from llmnotes.store.claims import Claims

Datum = dict[str, Any]

MOST_MODELS = 2_000
"""The maximum number of points of a chart; beyond it the user is asked to name families."""


@dataclass(frozen=True, slots=True)
class Chart:
    """The data of a chart.

    Attributes:
        kind: one of `CHARTS`.
        title: a short title.
        rows: one for each mark, JSON-ready.
        sources: the documents cited by the values.
        left_out: models with a value that is unknown, withheld, rumoured or estimated.
        line: points of a reference line.
        edges: pairs of row ids joined by a line.
        publishers: all publishers of the base in the order of their first release, which
            determines the colour and mark of each in every chart.
        counted: what a row's `count` counts, `families` or `models`.
    """

    kind: str
    title: str
    rows: list[Datum]
    sources: list[Datum]
    left_out: list[str] = field(default_factory=list)
    line: list[Datum] = field(default_factory=list)
    edges: list[Datum] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)
    counted: str = ""

    def as_json(self) -> Datum:
        """The chart as plain data."""
        counted = {"counted": self.counted} if self.counted else {}
        return {
            "kind": self.kind, "title": self.title, **counted, "rows": self.rows,
            "left_out": self.left_out, "line": self.line, "edges": self.edges,
            "sources": self.sources,
        }  # fmt: skip


class Models:
    """The models to be drawn, with their resolved claims and the sources used so far."""

    def __init__(self, connection: sqlite3.Connection, names: Sequence[str]) -> None:
        self.connection = connection
        ids = _chosen(connection, names)
        self._claims = Claims(connection, ids)
        self.rows: dict[str, Datum] = {
            key: {"id": key, "name": row["name"], "family": row["family"] or key}
            for key, row in self._claims.models.items()
            if key in set(ids)
        }
        self.families: dict[str, str] = dict(connection.execute("SELECT id, name FROM families"))
        self._publishers = dict(connection.execute("SELECT id, name FROM organizations"))
        self.used: list[str] = []

    def claim(self, model: str, attribute: str) -> Statement | None:
        """The claim of a drawable value; its source is recorded as used."""
        found = resolved(self._claims.of_model(model), ATTRIBUTES[attribute])
        if found is None or found.value is None or found.status in TENTATIVE_STATUSES:
            return None
        if found.source and found.source not in self.used:
            self.used.append(found.source)
        return found

    def value(self, model: str, attribute: str) -> Any:
        """The drawable value, else None."""
        found = self.claim(model, attribute)
        return found.value if found else None

    def publisher(self, model: str) -> str:
        """Name of the model's first publisher."""
        found = self.value(model, "organization")
        return self._publishers.get(found[0], found[0]) if found else "unknown"

    def all_publishers(self) -> list[str]:
        """Names of the first publishers of all models, in the order of their first release."""
        rows = self.connection.execute(
            "SELECT json_extract(organization, '$[0]') AS publisher FROM models "
            "WHERE publisher IS NOT NULL GROUP BY publisher "
            "ORDER BY min(release_date_min) IS NULL, min(release_date_min), publisher"
        )
        return [*(self._publishers.get(row[0], row[0]) for row in rows), "unknown"]

    def sources(self) -> list[Datum]:
        """The sources used so far."""
        return sources(self.connection, self.used)


def _chosen(connection: sqlite3.Connection, names: Sequence[str]) -> list[str]:
    if names:
        found: list[str] = []
        for name in names:
            subject = find(connection, name)
            found += members(connection, subject.id) if subject.kind == "family" else [subject.id]
        return list(dict.fromkeys(found))
    rows = connection.execute(
        "SELECT id FROM models WHERE variant = 'base' ORDER BY release_date_min, family, position, id "
        "LIMIT ?",
        (MOST_MODELS + 1,),
    ).fetchall()
    if len(rows) > MOST_MODELS:
        raise InputError(f"more than {MOST_MODELS:,} models make no picture; name families")
    return [row[0] for row in rows]


def decimal_year(text: str) -> float:
    """A date as a decimal year: the middle of the days that it spans."""
    days = [date.fromisoformat(day(text)).toordinal() for day in (dates.first_day, dates.last_day)]
    middle = date.fromordinal(sum(days) // 2)
    start, end = (date(middle.year + step, 1, 1).toordinal() for step in (0, 1))
    return round(middle.year + (middle.toordinal() - start) / (end - start), 4)
