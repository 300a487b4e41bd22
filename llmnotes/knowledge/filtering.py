"""Models that satisfy conditions, in order, a few columns or all."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from llmnotes.errors import InputError
from llmnotes.knowledge import names
from llmnotes.knowledge.compiling import Compiler
from llmnotes.knowledge.conditions import And, Comparison, Condition, Or
from llmnotes.knowledge.ordering import first_rows, order_of, rows_of
from llmnotes.knowledge.records import COLUMNS, IDENTITY, read_records, record_of
from llmnotes.schema import ATTRIBUTES, attribute
from llmnotes.store.connect import arms
from llmnotes.vocabulary import fold


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: values by attribute (repeats mean or), and a condition.

    `options` take people's round numbers as the command's options do, `strict` takes them exactly.
    """

    options: Mapping[str, Sequence[str]] = field(default_factory=dict)
    strict: Mapping[str, Sequence[str]] = field(default_factory=dict)
    where: str | None = None
    families: Sequence[str] = ()
    variants: str = "base"
    tentative: frozenset[str] = frozenset()
    sort: str | None = None
    limit: int | None = None


def condition(query: Query) -> Condition:
    """The query's options and its `where` as one condition."""
    parts: list[Condition] = [
        Or(tuple(_option(key, text, lenient) for text in texts))
        for options, lenient in ((query.options, True), (query.strict, False))
        for key, texts in options.items()
        if texts
    ]
    if query.where is not None:
        from llmnotes.knowledge.where import parse

        parts.append(parse(query.where))
    return And(tuple(parts))


def _option(key: str, text: str, lenient: bool) -> Comparison:
    operator, value = "=", text.strip()
    for sign in (">=", "<=", "!=", ">", "<", "="):
        if value.startswith(sign):
            operator, value = sign, value.removeprefix(sign).strip()
            break
    if not value:
        raise InputError(f"the option for {key} is empty")
    return Comparison(attribute(key), operator, value, lenient)


def select(
    connection: sqlite3.Connection, query: Query, columns: Sequence[str] | None = None
) -> list[dict[str, Any]]:
    """Records of the models that satisfy the query, sorted, at most `limit`.

    Each of the tables behind the view `models` is asked by itself, so that its own indexes can
    serve it, and the answers are merged. Raises `InputError` for what it cannot understand.
    """
    connection.create_function("fold", 1, lambda text: fold(str(text)), deterministic=True)
    keys = _order(query.sort)
    rows: list[dict[str, Any]] = []
    asked = arms(connection)
    for table, values in zip(asked.records, asked.values, strict=True):
        rows += _ask(connection, query, columns, keys, (table, values.split()[0]))
    _sort(rows, keys)
    rows = rows if query.limit is None else rows[: query.limit]
    if columns is None or any(name in ATTRIBUTES and ATTRIBUTES[name].many for name in columns):
        found = read_records(connection, [row["id"] for row in rows], columns)
    else:
        found = [record_of(row, columns) for row in rows]
    return mark_layers(connection, found)


def _ask(
    connection: sqlite3.Connection,
    query: Query,
    columns: Sequence[str] | None,
    keys: list[tuple[str, bool]],
    arm: tuple[str, str],
) -> list[dict[str, Any]]:
    """The rows of one table that satisfy the query; with a limit only the first ones in order."""
    sql, parameters = _statement(connection, query, columns, keys, arm)
    if query.limit is None:
        return rows_of(connection, sql, parameters)
    found: list[dict[str, Any]] = []
    order = order_of(keys, sorted_by=query.sort is not None)
    for known in (True, False):
        left = query.limit - len(found)
        if left > 0:
            tested = f"{sql} AND m.{keys[0][0]} IS {'NOT ' if known else ''}NULL"
            found += first_rows(connection, tested, parameters, keys[0][0], order, left)
    return found


def _statement(
    connection: sqlite3.Connection,
    query: Query,
    columns: Sequence[str] | None,
    keys: list[tuple[str, bool]],
    arm: tuple[str, str],
) -> tuple[str, list[Any]]:
    """The query on one table of records and the table of elements that goes with it, in no order."""
    table, values = arm
    compiler = Compiler(connection, query.tentative, values)
    parts = condition(query)
    tests = [compiler.sql(parts)] if isinstance(parts, And) and parts.parts else []
    parameters = list(compiler.parameters)
    if names.check_variants(query.variants) != "all":
        tests.append("m.variant = ?")
        parameters.append(query.variants)
    if query.families:
        ids = [names.find(connection, name, ("family",)).id for name in query.families]
        tests.append(f"m.family IN ({', '.join('?' * len(ids))})")
        parameters += ids
    wanted = [name for name in columns if name in COLUMNS] if columns is not None else []
    selected = [f"m.{name}" for name in dict.fromkeys([*IDENTITY, "status", *wanted])]
    selected += [f"m.{name} AS _key{number}" for number, (name, _) in enumerate(keys)]
    sql = f"SELECT {', '.join(selected)} FROM {table}" + "".join(f" AND {test}" for test in tests)
    return sql, parameters


def _order(sort: str | None) -> list[tuple[str, bool]]:
    """The columns to sort by, each with whether downwards; what is unknown always comes last."""
    keys = []
    for part in sort.split(",") if sort is not None else ():
        name, down = part.strip().removeprefix("-"), part.strip().startswith("-")
        keys.append((sort_column(name), down))
    given = {name for name, _ in keys}
    return keys + [(name, False) for name in ("family", "position", "id") if name not in given]


def _sort(rows: list[dict[str, Any]], keys: list[tuple[str, bool]]) -> None:
    """Put rows of several tables into one order: the last key first, as sorting is stable."""
    for number, (_, down) in reversed(list(enumerate(keys))):
        key = f"_key{number}"
        known = [row for row in rows if row[key] is not None]
        others = [row for row in rows if row[key] is None]
        rows[:] = [*sorted(known, key=itemgetter(key), reverse=down), *others]


def _has_own_claims(connection: sqlite3.Connection) -> bool:
    """Whether there is a store of the user's with the index of their own claims."""
    return len(arms(connection).records) > 1 and bool(
        connection.execute(
            "SELECT 1 FROM user.sqlite_master WHERE name = 'claim_of_user'"
        ).fetchone()
    )


def mark_layers(
    connection: sqlite3.Connection, records: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Say in `layer` which values of a record are the user's own."""
    if not _has_own_claims(connection):
        return records
    by_id = {record["id"]: record for record in records}
    by_family: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        if record["family"]:
            by_family.setdefault(record["family"], []).append(record)
    for kind, subject, name in connection.execute(
        "SELECT DISTINCT subject_kind, subject, attribute FROM user.claim INDEXED BY claim_of_user "
        "WHERE layer = 'user' AND status NOT IN ('estimated', 'rumoured')"
    ):
        found = [by_id[subject]] if kind == "model" and subject in by_id else []
        for record in found or (by_family.get(subject, []) if kind == "family" else []):
            record.setdefault("layer", {})[name] = "user"
    return records


def sort_column(name: str) -> str:
    """The column that sorts by an attribute or identity field; raises `InputError` if unknown."""
    if name in IDENTITY or name in COLUMNS:
        item = ATTRIBUTES.get(name)
        if item is not None and item.many:
            return f"{name}_max"  # what the column itself holds, and what the index is on
        return f"{name}_min" if item is not None and item.kind == "date" else name
    return sort_column(attribute(name, "--sort: ").id)


def check_columns(text: str) -> list[str]:
    """The columns named in a comma list, by id or option name; raises `InputError` if unknown."""
    found = []
    for part in text.split(","):
        name = part.strip()
        if name and name not in IDENTITY and name not in COLUMNS:
            name = attribute(name, "--columns: ").id
        if name:
            found.append(name)
    if not found:
        raise InputError("--columns names no column")
    return list(dict.fromkeys(found))
