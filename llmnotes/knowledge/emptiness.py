"""Why a filter finds nothing, or everything: values that no model has, with the nearest there are."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from llmnotes.display import value_text
from llmnotes.errors import InputError, quoted
from llmnotes.knowledge.comparing import register
from llmnotes.knowledge.compiling import Compiler
from llmnotes.knowledge.conditions import And, Comparison, Condition, Not, Or
from llmnotes.knowledge.filtering import Query, condition
from llmnotes.knowledge.fragments import all_of
from llmnotes.schema import Attribute
from llmnotes.spelling import nearest

_SCALES = ("k", "M", "B", "T")
_BARE = re.compile(r"(?<![\w.,^])\d{1,3}(?:\.\d+)?(?![\w.]*[\w^])")
"""A small number without a scale: the 7 and the 70 of `7..70`, not of `7B` or `1024`."""


def remarks(connection: sqlite3.Connection, query: Query, *, found: bool) -> Iterator[str]:
    """What to know of an answer, one sentence each; `found` tells whether it holds anything.

    Of an empty one: which values no model has, and what comes near. Of any: bounds that leave out
    nothing because a scale is missing, as in `--params 7..`.
    """
    register(connection)
    for comparison in _comparisons(condition(query)):
        if not found and not _satisfied(connection, query, comparison):
            yield _nothing(connection, query, comparison)
        elif found and (scaled := _scaled(connection, query, comparison, everything=True)):
            yield (
                f"{comparison.attribute.id}: every model satisfies {comparison.text}; "
                f"did you mean {scaled}?"
            )
    if not found and query.variants != "all" and _any(connection, replace(query, variants="all")):
        yield f"models that are not {query.variants} satisfy this; --variants all shows them"


def _comparisons(condition: Condition) -> Iterator[Comparison]:
    """The comparisons that must or may hold; of those that must not, none can be empty."""
    match condition:
        case Comparison():
            if condition.operator != "!=":
                yield condition
        case And(parts) | Or(parts):
            for part in parts:
                yield from _comparisons(part)
        case Not(Not(inner)):
            yield from _comparisons(inner)


def _any(connection: sqlite3.Connection, query: Query) -> bool:
    from llmnotes.knowledge.filtering import select

    return bool(select(connection, replace(query, limit=1, sort=None), ["id"]))


def _satisfied(
    connection: sqlite3.Connection, query: Query, test: Condition, *, negated: bool = False
) -> bool:
    """Whether any model of the base satisfies one condition alone."""
    found = Compiler(connection, query.tentative).fragment(test, negated)
    sql = f"SELECT 1 FROM models m WHERE {found.sql} LIMIT 1"
    return connection.execute(sql, found.parameters).fetchone() is not None


def _nothing(connection: sqlite3.Connection, query: Query, comparison: Comparison) -> str:
    attribute = comparison.attribute
    sentence = f"{attribute.id}: no model has {quoted(comparison.text)}"
    if comparison.operator not in {"=", "has"}:
        sentence = f"{attribute.id}: no model has {comparison.operator} {quoted(comparison.text)}"
    if scaled := _scaled(connection, query, comparison):
        return f"{sentence}; did you mean {scaled}?"
    if attribute.is_numeric or attribute.kind == "date":
        known = _range(connection, attribute)
        return f"{sentence}; {known}" if known else f"{sentence}; nothing is known of it"
    values = _values(connection, attribute)
    close = nearest(comparison.text, values, 4, cutoff=0.4) or values[:8]
    return f"{sentence}; nearest: {', '.join(close)}" if close else f"{sentence}; nor any other"


def _scaled(
    connection: sqlite3.Connection,
    query: Query,
    comparison: Comparison,
    *,
    everything: bool = False,
) -> str:
    """The operand with the scale that it lacks, where that makes it say something; else empty."""
    attribute = comparison.attribute
    if attribute.kind != "integer" or not _BARE.search(comparison.text):
        return ""
    if everything and (
        attribute.unit not in _SCALED_UNITS
        or _satisfied(connection, query, comparison, negated=True)
    ):
        return ""
    for scale in _SCALES:
        scaled = replace(comparison, text=_BARE.sub(rf"\g<0>{scale}", comparison.text))
        told = not everything or _satisfied(connection, query, scaled, negated=True)
        if told and _satisfied(connection, query, scaled):
            sign = comparison.operator if comparison.operator in {"<", "<=", ">", ">="} else ""
            return sign + scaled.text
    return ""


_SCALED_UNITS = frozenset({"parameters", "tokens"})
"""Units of counts that people write with a scale."""


def _range(connection: sqlite3.Connection, attribute: Attribute) -> str:
    """From where to where the known values reach."""
    suffix = attribute.kind == "date" or attribute.many or attribute.per_layer
    low, high = (f"{attribute.id}_{side}" if suffix else attribute.id for side in ("min", "max"))
    least, most = connection.execute(f"SELECT min({low}), max({high}) FROM models").fetchone()
    if least is None:
        return ""
    if attribute.kind in {"batch", "quantity"}:
        return f"in other units from {least:,} to {most:,}"
    first, last = (value_text(attribute, value) for value in (least, most))
    return f"what is known reaches from {first} to {last}"


def _values(connection: sqlite3.Connection, attribute: Attribute) -> list[str]:
    """The values that models have, the most frequent first, at most some thousand."""
    several = attribute.is_list or attribute.per_layer
    sql = (
        "SELECT value FROM model_values WHERE attribute = ? GROUP BY value ORDER BY count(*) DESC, value"
        if several
        else f"SELECT {attribute.id} FROM models WHERE {attribute.id} IS NOT NULL "
        "GROUP BY 1 ORDER BY count(*) DESC, 1"
    )
    rows = connection.execute(f"{sql} LIMIT 2000", (attribute.id,) if several else ())
    return [str(row[0]) for row in rows]


def texts(connection: sqlite3.Connection, query: Query, *, found: bool) -> list[str]:
    """The remarks; none where the condition cannot be told apart."""
    try:
        return list(dict.fromkeys(remarks(connection, query, found=found)))
    except InputError:
        return []
