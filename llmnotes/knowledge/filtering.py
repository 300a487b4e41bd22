"""Selects the models that satisfy a query, sorted, with some or all columns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from llmnotes.knowledge import names
from llmnotes.knowledge.choices import condition_of, read_choices
from llmnotes.knowledge.columns import Order, order_by, with_units
from llmnotes.knowledge.comparing import register
from llmnotes.knowledge.compiling import Compiler
from llmnotes.knowledge.conditions import And, Condition
from llmnotes.knowledge.fragments import Fragment, all_of
from llmnotes.knowledge.members import check_variants
from llmnotes.knowledge.ordering import first_rows, rows_of
from llmnotes.knowledge.records import COLUMNS, IDENTITY, read_records, record_of, restore_sets
from llmnotes.schema import attribute
from llmnotes.store.connect import arms


class Query(NamedTuple):
    """A query: values by attribute (repeated values are alternatives), and a condition.

    `options` are lenient with round numbers as the command's options are, `strict` are exact; `excluded`
    and `strictly_excluded` are the corresponding negated values.
    """

    options: Mapping[str, Sequence[str]] = MappingProxyType({})
    strict: Mapping[str, Sequence[str]] = MappingProxyType({})
    excluded: Mapping[str, Sequence[str]] = MappingProxyType({})
    strictly_excluded: Mapping[str, Sequence[str]] = MappingProxyType({})
    where: str | None = None
    families: Sequence[str] = ()
    variants: str = "base"
    tentative: frozenset[str] = frozenset()
    sort: str | None = None
    limit: int | None = None


def condition(query: Query) -> Condition:
    """The conjunction of the query's options and its `where`."""
    parts = [
        condition_of(
            attribute(key), wanted.get(key, ()), excluded=unwanted.get(key, ()), lenient=lenient
        )
        for wanted, unwanted, lenient in (
            (query.options, query.excluded, True),
            (query.strict, query.strictly_excluded, False),
        )
        for key in dict.fromkeys([*wanted, *unwanted])
    ]
    if query.where is not None:
        from llmnotes.knowledge.where import parse

        parts.append(parse(query.where))
    return And(tuple(parts))


def select(
    connection: sqlite3.Connection, query: Query, columns: Sequence[str] | None = None
) -> list[dict[str, Any]]:
    """Records of the models that satisfy the query, sorted, at most `limit`.

    Each table behind the view `models` is queried separately, so that its own indexes can be used, and the
    results are merged. Raises `InputError` for an invalid query.
    """
    register(connection)
    order = order_by(connection, query.sort)
    wanted = with_units(columns) if columns is not None else None
    measures = [name for name in wanted or () if name not in COLUMNS and name not in IDENTITY]
    rows: list[dict[str, Any]] = []
    asked = arms(connection)
    for table, values in zip(asked.records, asked.values, strict=True):
        rows += _ask(connection, query, wanted, measures, order, (table, values.split()[0]))
    _sort(rows, order)
    rows = rows if query.limit is None else rows[: query.limit]
    if wanted is None:
        found = read_records(connection, [row["id"] for row in rows])
    else:
        found = [record_of(row, wanted) for row in rows]
        restore_sets(connection, found, wanted)
    for record, row in zip(found, rows, strict=True):
        record.update({name: row[f"_measure{number}"] for number, name in enumerate(measures)})
    return mark_layers(connection, found)


def count(connection: sqlite3.Connection, query: Query) -> int:
    """The number of models that satisfy a query, whatever its limit. Raises as `select` does."""
    register(connection)
    total = 0
    asked = arms(connection)
    for table, values in zip(asked.records, asked.values, strict=True):
        test = _tests(connection, query, values.split()[0])
        sql = f"SELECT count(*) FROM {table} AND {test.sql}"
        total += connection.execute(sql, test.parameters).fetchone()[0]
    return total


def _ask(
    connection: sqlite3.Connection,
    query: Query,
    columns: Sequence[str] | None,
    measures: Sequence[str],
    order: Order,
    arm: tuple[str, str],
) -> list[dict[str, Any]]:
    """The rows of one table that satisfy the query; with a limit only the first in order."""
    selected = _selected(connection, columns, measures, order)
    test = _tests(connection, query, arm[1])
    sql = f"SELECT {', '.join(selected)} FROM {arm[0]} AND {test.sql}"
    if query.limit is None:
        return rows_of(connection, sql, test.parameters)
    found: list[dict[str, Any]] = []
    for known in (True, False):
        left = query.limit - len(found)
        if left > 0:
            tested = f"{sql} AND {order.keys[0].sql} IS {'NOT ' if known else ''}NULL"
            found += first_rows(connection, tested, test.parameters, order, left)
    return found


def _selected(
    connection: sqlite3.Connection,
    columns: Sequence[str] | None,
    measures: Sequence[str],
    order: Order,
) -> list[str]:
    """The selected expressions of each row: identity, columns, measures and sort keys."""
    plain = [name for name in columns or () if name in COLUMNS]
    found = [f"m.{name}" for name in dict.fromkeys([*IDENTITY, "status", *plain])]
    if measures:
        from llmnotes.knowledge.measure_sql import measure_sql
        from llmnotes.knowledge.measures import read_measure

        found += [
            f"{measure_sql(connection, read_measure(name))} AS _measure{number}"
            for number, name in enumerate(measures)
        ]
    return found + [f"{key.sql} AS _key{number}" for number, key in enumerate(order.keys)]


def _tests(connection: sqlite3.Connection, query: Query, values: str) -> Fragment:
    """The query's condition with its variants and families, on a table of elements."""
    compiler = Compiler(connection, query.tentative, values)
    tests = [compiler.fragment(condition(query))]
    if check_variants(query.variants) != "all":
        tests.append(Fragment("m.variant = ?", (query.variants,)))
    return all_of([*tests, *_families(connection, query.families)])


def _families(connection: sqlite3.Connection, texts: Sequence[str]) -> Iterator[Fragment]:
    wanted: list[str] = []
    unwanted: list[str] = []
    for text in texts:
        choices = read_choices(text, "--family: ")
        found = [
            family
            for value in choices.values
            for family in names.families_called(connection, value.text)
        ]
        (unwanted if choices.negated else wanted).extend(found)
    for ids, word in ((wanted, "IN"), (unwanted, "NOT IN")):
        if ids:
            yield Fragment(
                f"coalesce(m.family, '') {word} ({', '.join('?' * len(ids))})", tuple(ids)
            )


def _sort(rows: list[dict[str, Any]], order: Order) -> None:
    """Sort rows of several tables in place: the last key first, as sorting is stable."""
    for number, key in reversed(list(enumerate(order.keys))):
        name = f"_key{number}"
        known = [row for row in rows if row[name] is not None]
        others = [row for row in rows if row[name] is None]
        rows[:] = [*sorted(known, key=itemgetter(name), reverse=key.down), *others]


def _has_own_claims(connection: sqlite3.Connection) -> bool:
    """Whether a user's store with the index of its own claims is attached."""
    return len(arms(connection).records) > 1 and bool(
        connection.execute(
            "SELECT 1 FROM user.sqlite_master WHERE name = 'claim_of_user'"
        ).fetchone()
    )


def mark_layers(
    connection: sqlite3.Connection, records: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Set `layer` of each record to the layers of values that are the user's own."""
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
