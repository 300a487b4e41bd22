"""SQL of single comparisons on a row `m` of the view `models` with a known value."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from llmnotes.errors import InputError
from llmnotes.knowledge.conditions import Comparison
from llmnotes.knowledge.fragments import Fragment, all_of, any_of
from llmnotes.knowledge.operands import Interval, date_bounds, flag, interval
from llmnotes.knowledge.terms import Term, register_texts, term
from llmnotes.schema import Attribute
from llmnotes.vocabulary import fold

ORDERED = ("<", "<=", ">", ">=")


def register(connection: sqlite3.Connection) -> None:
    """Register the SQL functions that comparisons call."""
    connection.create_function("fold", 1, lambda text: fold(str(text)), deterministic=True)
    register_texts(connection)


class Comparisons:
    """Compiles comparisons into SQL on a table of records and its table of elements."""

    def __init__(self, connection: sqlite3.Connection, values: str | None = None) -> None:
        """`values` is the table of elements to use instead of the view `model_values`."""
        self._values = values or "model_values"
        self._figure = "v.number" if values else "v.value"
        self._connection = connection

    def test(self, comparison: Comparison, *, possible: bool = False) -> Fragment:
        """The SQL condition on a known value; with `possible` any possible day of a date may satisfy it.

        Raises `InputError` where the operand cannot be parsed or the operator does not apply.
        """
        attribute = comparison.attribute
        if attribute.kind == "date":
            return _date(comparison, possible)
        if attribute.is_numeric:
            return self._number(replace(comparison, operator=_equal(comparison.operator)))
        if comparison.operator in ORDERED:
            raise InputError(f"{attribute.id} is not a number or a date; compare it with = or !=")
        if attribute.kind == "flag":
            return Fragment(f"m.{attribute.id} = ?", (int(flag(comparison)),))
        return self._term(attribute, term(self._connection, comparison))

    def known(self, comparison: Comparison) -> Fragment:
        """Whether the value is known in the requested unit."""
        attribute = comparison.attribute
        if attribute.kind in {"batch", "quantity"}:
            unit = interval(replace(comparison, operator=_equal(comparison.operator))).unit
            if unit == "tokens" and attribute.kind == "batch":
                return Fragment(f"m.{attribute.id}_tokens IS NOT NULL")
            return Fragment(f"m.{attribute.id}_unit = '{unit}'")
        return Fragment(f"m.{attribute.id} IS NOT NULL")

    def _number(self, comparison: Comparison) -> Fragment:
        attribute = comparison.attribute
        wanted = interval(comparison)
        if attribute.kind == "batch" and wanted.unit == "tokens":
            return within(f"m.{attribute.id}_tokens", wanted)
        tests = [self._within(attribute, wanted)]
        if comparison.lenient and attribute.fallback:
            published = within(f"m.{attribute.fallback}", interval(comparison, published=True))
            tests.append(published)
        return any_of(tests)

    def _within(self, attribute: Attribute, wanted: Interval) -> Fragment:
        column = f"m.{attribute.id}"
        if not attribute.many and not attribute.per_layer:
            return within(column, wanted)
        above = within(f"{column}_max", wanted._replace(high=None))
        below = within(f"{column}_min", wanted._replace(low=None))
        if wanted.low is None or wanted.high is None:
            return below if wanted.low is None else above
        # Both bounds must hold for the same member of a set.
        element = within(self._figure, wanted)
        one = Fragment(
            f"EXISTS (SELECT 1 FROM {self._values} v WHERE v.model = m.id AND v.attribute = "
            f"'{attribute.id}' AND {element.sql})",
            element.parameters,
        )
        return all_of((above, below, one))

    def _term(self, attribute: Attribute, wanted: Term) -> Fragment:
        if attribute.is_list:
            return self._element(attribute, wanted)
        plain = self._matches(f"m.{attribute.id}", wanted)
        if not attribute.per_layer:
            return plain
        element = self._element(attribute, wanted)
        several = all_of((Fragment(f"m.{attribute.id}_pattern IS NOT NULL"), element))
        return any_of((plain, several))

    def _element(self, attribute: Attribute, wanted: Term) -> Fragment:
        test = self._matches("v.value", wanted)
        # Words are searched in the elements of one model: `+` keeps SQLite from using the index by
        # attribute, which would scan those of all models once per model.
        name = "v.attribute" if wanted.match == "exactly" else "+v.attribute"
        found = f"FROM {self._values} v WHERE {name} = '{attribute.id}' AND {test.sql}"
        if wanted.match == "exactly" and attribute.is_list:
            # An index finds the few that have it.
            return Fragment(f"m.id IN (SELECT v.model {found})", test.parameters)
        return Fragment(f"EXISTS (SELECT 1 {found} AND v.model = m.id)", test.parameters)

    def _matches(self, value: str, wanted: Term) -> Fragment:
        if wanted.names is not None:
            name = f"names_{id(wanted)}"  # which lives as long as the registered function
            self._connection.create_function(
                name, 1, lambda text: text is not None and wanted.holds(str(text))
            )
            return Fragment(f"{name}({value})")
        if wanted.match != "exactly":
            return Fragment(f"text_{wanted.match}({value}, ?)", wanted.texts)
        if len(wanted.texts) == 1:
            return Fragment(f"{value} = ?", wanted.texts)
        return Fragment(f"{value} IN ({', '.join('?' * len(wanted.texts))})", wanted.texts)


def _equal(operator: str) -> str:
    return "=" if operator == "has" else operator


def within(value: str, wanted: Interval) -> Fragment:
    """The condition that an SQL expression lies in an interval."""
    parts = []
    if wanted.low is not None:
        parts.append(Fragment(f"{value} {'>' if wanted.open_low else '>='} ?", (wanted.low,)))
    if wanted.high is not None:
        parts.append(Fragment(f"{value} {'<' if wanted.open_high else '<='} ?", (wanted.high,)))
    return all_of(parts)


def _date(comparison: Comparison, possible: bool) -> Fragment:
    return all_of(
        Fragment(
            f"m.{comparison.attribute.id}_{'min' if bound.earliest else 'max'} {bound.operator} ?",
            (bound.day,),
        )
        for bound in date_bounds(comparison, possible=possible)
    )
