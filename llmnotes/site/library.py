"""The whole base, read once for all pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from llmnotes.knowledge.compare import all_tuned, labels, size_label
from llmnotes.knowledge.conflicts import Conflict, conflicts
from llmnotes.knowledge.folding import ComparedSubject, FoldedCell, fold
from llmnotes.knowledge.sources import all_sources
from llmnotes.schema import ATTRIBUTES, GROUPS, Attribute
from llmnotes.store.claims import Claims

_GROUP_ORDER = {name: position for position, name in enumerate(GROUPS)}

IN_GROUPS = sorted(ATTRIBUTES.values(), key=lambda item: _GROUP_ORDER[item.group])
"""Every attribute, group by group."""


class Library:
    """Families, models, publishers and sources with the folded cell of every attribute."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.families = _table(connection, "families", ("id", "name", "line", "summary"))
        self.models = _table(
            connection, "models", ("id", "family", "name", "size", "variant", "position"),
            "family IS NULL, family, position, id",
        )  # fmt: skip
        self.organizations = _table(connection, "organizations", ("id", "name", "country", "url"))
        self.publishers = {key: str(row["name"]) for key, row in self.organizations.items()}
        self.sources = {source["id"]: source for source in all_sources(connection)}
        self.claims = Claims(connection, self.models)
        self._cells: dict[tuple[str, str, str], FoldedCell] = {}

    @cached_property
    def conflicts(self) -> list[Conflict]:
        """The contradicting claims."""
        return conflicts(self.connection)

    @cached_property
    def members(self) -> dict[str, list[str]]:
        """Models by family, smallest first, for families with members."""
        found: dict[str, list[str]] = {}
        for key, row in self.models.items():
            if row["family"] in self.families:
                found.setdefault(row["family"], []).append(key)
        return found

    @cached_property
    def columns(self) -> dict[tuple[str, str], ComparedSubject]:
        """Every family that has members and every model, as a column of a comparison."""
        found = {}
        for family, models in self.members.items():
            base = [key for key in models if self.models[key]["variant"] == "base"] or models
            named = [(self.models[key]["name"], self._size(key)) for key in base]
            found["family", family] = ComparedSubject(
                family,
                "family",
                self.families[family]["name"],
                base,
                labels(named),
                all_tuned(named),
            )
        for key, row in self.models.items():
            size = self._size(key) or row["name"]
            found["model", key] = ComparedSubject(key, "model", row["name"], [key], [size])
        return found

    def _size(self, model: str) -> str | None:
        row = self.models[model]
        return size_label(row["name"], row["size"], row["variant"])

    def cell(self, column: ComparedSubject, item: Attribute) -> FoldedCell:
        """The folded cell of a subject for an attribute."""
        key = column.kind, column.id, item.id
        if key not in self._cells:
            self._cells[key] = fold(self.claims, column, item, self.publishers)
        return self._cells[key]

    def cited(self, keys: Iterable[str]) -> list[dict[str, Any]]:
        """The sources with these ids in order, without duplicates; unknown ids are skipped."""
        return [self.sources[key] for key in dict.fromkeys(keys) if key in self.sources]

    def name(self, kind: str, key: str) -> str:
        """The name of a family or model."""
        return str((self.families if kind == "family" else self.models)[key]["name"])


def _table(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], order: str = "id"
) -> dict[str, dict[str, Any]]:
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}")
    return {row[0]: dict(zip(columns, row, strict=True)) for row in rows}
