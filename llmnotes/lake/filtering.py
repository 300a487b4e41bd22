"""Filters the configurations of a lake: the conditions of `filter` as DuckDB SQL."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from llmnotes.display import without_point
from llmnotes.errors import InputError
from llmnotes.knowledge.columns import check_columns, order_by
from llmnotes.knowledge.comparing import Comparisons, within
from llmnotes.knowledge.compiling import Compiler
from llmnotes.knowledge.conditions import (
    And,
    Comparison,
    Condition,
    MeasureComparison,
    Not,
    Or,
    State,
    is_measure,
)
from llmnotes.knowledge.filtering import Query, condition
from llmnotes.knowledge.fragments import Fragment, all_of, any_of
from llmnotes.knowledge.measure_sql import measure_sql
from llmnotes.knowledge.measures import read_measure
from llmnotes.knowledge.operands import Interval, interval
from llmnotes.knowledge.terms import Term
from llmnotes.lake.query import NO_LIMIT, ask, opened
from llmnotes.lake.schema import IN_LAKE, absent, table
from llmnotes.schema import Attribute

DEFAULT_COLUMNS = ("id", "params_total", "context_length", "attention")
COLUMNS = tuple(field.name for field in table().fields)


def select(
    base: sqlite3.Connection, lake: Path, query: Query, columns: Sequence[str]
) -> list[dict[str, Any]]:
    """Records of the configurations that satisfy the query, sorted, at most `limit`.

    `base` resolves names. Raises `InputError` for an invalid query and for attributes that a lake does not
    have.
    """
    text, parameters = statement(base, query, columns)
    names = [*dict.fromkeys(["id", *columns]), "status"]
    with opened(lake) as connection, _uncollected():
        _, rows = ask(connection, text, parameters, NO_LIMIT)
        found = [dict(zip(names, (*row, {}), strict=True)) for row in rows]
    for name in names:
        if is_measure(name) or name in _WITH_POINT:
            for record in found:
                record[name] = without_point(record[name])
    return found


@contextmanager
def _uncollected() -> Iterator[None]:
    """Disable the garbage collector: millions of rows have no cycles to find."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


_WITH_POINT = frozenset(field.name for field in table().fields if field.kind == "number")


def statement(
    base: sqlite3.Connection, query: Query, columns: Sequence[str]
) -> tuple[str, tuple[Any, ...]]:
    """The query in DuckDB's SQL with its parameters, over the view `models`."""
    wanted = condition(query)
    check_condition(wanted)
    test = _LakeCompiler(base).fragment(wanted)
    shown = [_column_sql(base, name) for name in dict.fromkeys(["id", *columns])]
    order = order_by(base, query.sort)
    keys = [
        f"{key.sql} {'DESC' if key.down else 'ASC'} NULLS LAST" for key in order.keys[: order.named]
    ]
    limit = "" if query.limit is None else f" LIMIT {query.limit}"
    text = (
        f"SELECT {', '.join(shown)} FROM models m WHERE {test.sql} "
        f"ORDER BY {', '.join([*keys, 'm.id NULLS LAST'])}{limit}"
    )
    return text, test.parameters


def _column_sql(base: sqlite3.Connection, name: str) -> str:
    return measure_sql(base, read_measure(name)) if is_measure(name) else f'm."{name}"'


def lake_columns(text: str | None, option: str) -> list[str]:
    """The columns of a comma-separated list; raises `InputError` for one that a lake does not have."""
    found: list[str] = []
    for part in (text or "").split(","):
        name = part.strip()
        if not name:
            continue
        if name not in COLUMNS:
            name = check_columns(name)[0]
        if is_measure(name):
            _check(read_measure(name).attributes(), option)
        elif name not in COLUMNS:
            raise InputError(f"{option}: {absent(name)}")
        found.append(name)
    return list(dict.fromkeys(found))


def check_condition(wanted: Condition) -> None:
    """Raise `InputError` for an attribute or a state that a lake does not have."""
    match wanted:
        case And(parts) | Or(parts):
            for part in parts:
                check_condition(part)
        case Not(inner):
            check_condition(inner)
        case Comparison():
            _check([wanted.attribute], wanted.place)
        case MeasureComparison():
            _check(wanted.measure.attributes(), wanted.place)
        case State():
            _check([wanted.attribute], "")
            if wanted.state not in {"known", "unknown"}:
                raise InputError(
                    f"a lake keeps no statuses of values; {wanted.attribute.id} is known or unknown"
                )


def _check(attributes: Iterator[Attribute] | list[Attribute], place: str) -> None:
    for item in attributes:
        if item not in IN_LAKE:
            raise InputError(
                f"{place}{': ' if place and not place.endswith(' ') else ''}{absent(item.id)}"
            )


class _LakeCompiler(Compiler):
    """A compiler without tentative values, of which a lake has none."""

    def __init__(self, base: sqlite3.Connection) -> None:
        super().__init__(base)
        self._comparisons = _LakeComparisons(base)

    def fragment(self, condition: Condition, negated: bool = False) -> Fragment:
        """The condition as SQL; raises `InputError` where it is invalid."""
        if isinstance(condition, State):
            known = (condition.state == "known") != negated
            return Fragment(f"m.{condition.attribute.id} IS {'NOT ' if known else ''}NULL")
        return super().fragment(condition, negated)

    def _comparison(self, comparison: Comparison, negated: bool) -> Fragment:
        test = self._comparisons.test(comparison, possible=negated)
        return all_of((self._comparisons.known(comparison), test.negated() if negated else test))

    def _sure(self, attribute: Attribute) -> Fragment:
        return Fragment("TRUE")


class _LakeComparisons(Comparisons):
    """Comparisons on the one table of a lake, where per-layer values are read from their pattern."""

    def _number(self, comparison: Comparison) -> Fragment:
        return self._within(comparison.attribute, interval(comparison))

    def _within(self, attribute: Attribute, wanted: Interval) -> Fragment:
        column = f"m.{attribute.id}"
        if not attribute.per_layer:
            return within(column, wanted)
        above = within(f"{column}_max", wanted._replace(high=None))
        below = within(f"{column}_min", wanted._replace(low=None))
        if wanted.low is None or wanted.high is None:
            return below if wanted.low is None else above
        element = within("CAST(split_part(u.run, '×', 2) AS DOUBLE)", wanted)
        runs = f"unnest(string_split({column}_pattern, ',')) AS u(run)"
        one = Fragment(f"EXISTS (SELECT 1 FROM {runs} WHERE {element.sql})", element.parameters)
        return all_of((above, below, any_of((Fragment(f"{column}_pattern IS NULL"), one))))

    def _term(self, attribute: Attribute, wanted: Term) -> Fragment:
        if wanted.names is not None or wanted.match != "exactly":
            raise InputError(f"{attribute.id}: a lake is asked for whole terms only")
        marks = ", ".join("?" * len(wanted.texts))
        plain = Fragment(f"m.{attribute.id} IN ({marks})", wanted.texts)
        if not attribute.per_layer:
            return plain
        pattern = f"m.{attribute.id}_pattern || ','"
        layers = [
            Fragment(f"coalesce(contains({pattern}, ?), FALSE)", (f"×{text},",))
            for text in wanted.texts
        ]
        return any_of((plain, *layers))
