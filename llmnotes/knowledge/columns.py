"""Columns and sort orders of records by name: attributes, their parts, scores and ratios."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from llmnotes.errors import InputError
from llmnotes.knowledge.conditions import is_measure
from llmnotes.knowledge.records import COLUMNS, IDENTITY
from llmnotes.schema import ATTRIBUTES, attribute

DEFAULT_COLUMNS = (
    "id", "params_total", "context_length", "attention", "release_date", "organization",
)  # fmt: skip
"""The default columns of a list of models."""

_DEFAULT_ORDER = ("family", "position", "id")


class SortKey(NamedTuple):
    """An SQL expression on a row `m` to sort by, and whether the order is descending."""

    sql: str
    down: bool = False


class Order(NamedTuple):
    """Sort keys: the first `named` ones were requested, the rest are defaults."""

    keys: tuple[SortKey, ...]
    named: int = 0


def order_by(connection: sqlite3.Connection, sort: str | None) -> Order:
    """The order given by a comma-separated list of names; a `-` before a name means descending.

    Unknown values always come last. Raises `InputError` with the nearest names for an unknown one.
    """
    keys: list[SortKey] = []
    for part in _split(sort) if sort is not None else ():
        name, down = part.removeprefix("-").strip(), part.startswith("-")
        keys += [SortKey(sql, down) for sql in _sorted_by(connection, name)]
    given = {key.sql for key in keys}
    default = [SortKey(f"m.{name}") for name in _DEFAULT_ORDER if f"m.{name}" not in given]
    return Order((*keys, *default), len(keys))


def _sorted_by(connection: sqlite3.Connection, name: str) -> list[str]:
    if is_measure(name):
        from llmnotes.knowledge.measure_sql import measure_sql
        from llmnotes.knowledge.measures import read_measure

        return [measure_sql(connection, read_measure(name, "--sort: "))]
    if name not in IDENTITY and name not in COLUMNS:
        name = attribute(name, "--sort: ").id
    item = ATTRIBUTES.get(name)
    if item is None:
        return [f"m.{name}"]
    if item.kind in {"batch", "quantity"}:
        return [f"m.{name}_unit", f"m.{name}"]  # figures in different units have no order
    if item.many:
        return [f"m.{name}_max"]  # the expression of the index
    return [f"m.{name}_min" if item.kind == "date" else f"m.{name}"]


def check_columns(text: str) -> list[str]:
    """The columns named in a comma list, by id, option name or as a measure.

    Raises `InputError` with the nearest names for an unknown one.
    """
    found = []
    for name in _split(text):
        if is_measure(name):
            name = _measure(name, "--columns: ")
        elif name not in IDENTITY and name not in COLUMNS:
            name = attribute(name, "--columns: ").id
        found.append(name)
    if not found:
        raise InputError("--columns names no column")
    return list(dict.fromkeys(found))


def measures_of(sort: str | None) -> list[str]:
    """The measures in a list of sort keys, as columns are named."""
    names = [part.removeprefix("-").strip() for part in _split(sort or "")]
    return [_measure(name, "--sort: ") for name in names if is_measure(name)]


def _measure(name: str, place: str) -> str:
    from llmnotes.knowledge.measures import read_measure

    return read_measure(name, place).text


def with_units(columns: Iterable[str]) -> list[str]:
    """The columns, each quantity followed by the column of its unit."""
    found: list[str] = []
    for name in columns:
        found.append(name)
        item = ATTRIBUTES.get(name)
        if item is not None and item.kind in {"batch", "quantity"}:
            found.append(f"{name}_unit")
    return list(dict.fromkeys(found))


def _split(text: str) -> list[str]:
    """The non-empty parts of a comma-separated list; commas in quotes do not separate."""
    parts = re.findall(r"""(?:"[^"]*"|'[^']*'|[^,])+""", text)
    return [part.strip() for part in parts if part.strip()]
