"""Types of a published table: fields with meaning and unit, keys, and rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Kind = Literal["string", "integer", "number", "boolean", "date", "texts", "json"]
"""`texts` is a list of texts, `json` a value whose shape depends on the row."""


class Field(NamedTuple):
    """One column of a table."""

    name: str
    kind: Kind
    meaning: str
    unit: str | None = None


class ForeignKey(NamedTuple):
    """A column that refers to the ids of another table."""

    field: str
    table: str


@dataclass(frozen=True)
class TypedTable:
    """A published table with its rows: Python values of the fields' kinds, or None."""

    name: str
    meaning: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[ForeignKey, ...] = ()
    rows: list[tuple[Any, ...]] = field(default_factory=list)


def read_rows(
    connection: sqlite3.Connection, fields: Sequence[Field], query: str
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, with SQLite's values converted to the fields' kinds."""
    readers = [_READERS.get(item.kind) for item in fields]
    for row in connection.execute(query):
        yield tuple(
            value if value is None or reader is None else reader(value)
            for value, reader in zip(row, readers, strict=True)
        )


_READERS: dict[str, Callable[[Any], Any]] = {
    "boolean": bool,
    "texts": json.loads,
    "json": json.loads,
    "number": float,
}
