"""Columns of records, and orders of them: attributes, their parts, scores and ratios, by name."""

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
"""What is told of the models found, where nobody says what."""

_DEFAULT_ORDER = ("family", "position", "id")


class SortKey(NamedTuple):
    """An SQL expression on a row `m` to sort by, and whether downwards."""

    sql: str
    down: bool = False


class Order(NamedTuple):
    """What to sort by: `named` keys that were asked for, then the default ones."""

    keys: tuple[SortKey, ...]
    named: int = 0


def order_by(connection: sqlite3.Connection, sort: str | None) -> Order:
    """The order that a comma list of names asks for, a `-` before one for downwards.

    What is unknown always comes last. Raises `InputError` with the nearest names for an unknown one.
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
        return [f"m.{name}_max"]  # what the column itself holds, and what the index is on
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
    """The measures in a list of names to sort by, as columns are called."""
    names = [part.removeprefix("-").strip() for part in _split(sort or "")]
    return [_measure(name, "--sort: ") for name in names if is_measure(name)]


def _measure(name: str, place: str) -> str:
    from llmnotes.knowledge.measures import read_measure

    return read_measure(name, place).text


def with_units(columns: Iterable[str]) -> list[str]:
    """The columns, behind each figure that needs one the column of its unit."""
    found: list[str] = []
    for name in columns:
        found.append(name)
        item = ATTRIBUTES.get(name)
        if item is not None and item.kind in {"batch", "quantity"}:
            found.append(f"{name}_unit")
    return list(dict.fromkeys(found))


def _split(text: str) -> list[str]:
    """The parts of a comma list, but for commas in quotes; empty ones are left out."""
    parts = re.findall(r"""(?:"[^"]*"|'[^']*'|[^,])+""", text)
    return [part.strip() for part in parts if part.strip()]
