"""The SQL of conditions.

A condition is true only where the base is sure: unknown values satisfy nothing, negated or not, and
rumours and estimates count only when asked for. Negation is therefore pushed down to the
comparisons, each of which selects the models it certainly holds (or certainly does not hold) for.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

from llmnotes.errors import InputError
from llmnotes.knowledge.conditions import And, Comparison, Condition, Not, Or, State
from llmnotes.knowledge.operands import Interval, Word, date_bounds, flag, interval, word
from llmnotes.knowledge.predicate import satisfies
from llmnotes.schema import TENTATIVE_STATUSES, Attribute


class Compiler:
    """Turns conditions into SQL over the view `models` (called `m`), with bound parameters."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        tentative: frozenset[str] = frozenset(),
        values: str | None = None,
    ) -> None:
        """`tentative` names the statuses (estimated, rumoured) that may satisfy a condition too.

        `values` is the table of elements to ask instead of the view `model_values`.
        """
        self._values = values or "model_values"
        self._figure = "v.number" if values else "v.value"
        self._connection = connection
        self._tentative = tentative & TENTATIVE_STATUSES
        self.parameters: list[Any] = []

    def sql(self, condition: Condition, negated: bool = False) -> str:
        """The condition as an SQL expression; its parameters are appended in order."""
        match condition:
            case Not(inner):
                return self.sql(inner, not negated)
            case And(parts) | Or(parts):
                both = isinstance(condition, And) != negated
                joined = (" AND " if both else " OR ").join(
                    self.sql(part, negated) for part in parts
                )
                return f"({joined})"
            case State():
                return self._state(condition, negated)
            case Comparison():
                try:
                    return self._comparison(condition, negated)
                except InputError as error:
                    raise InputError(f"{condition.place}{error}") from error

    def _state(self, condition: State, negated: bool) -> str:
        column, state = f"m.{condition.attribute.id}", condition.state
        status = f"coalesce(json_extract(m.status, '$.{condition.attribute.id}'), '')"
        if state in {"unknown", "known"}:
            sql = f"({column} IS NULL AND {status} = '')"
            return sql if (state == "unknown") != negated else f"NOT {sql}"
        sql = f"{status} = '{state}'"
        if state == "reported":
            sql = f"({column} IS NOT NULL AND {status} = '')"
        return f"NOT ({sql})" if negated else sql

    def _comparison(self, comparison: Comparison, negated: bool) -> str:
        negated, comparison = (
            (not negated, replace(comparison, operator="="))
            if comparison.operator == "!="
            else (negated, comparison)
        )
        test = self._test(comparison)
        sure = f"{_known(comparison.attribute)} AND {self._sure(comparison.attribute)}"
        if negated:
            return f"({sure} AND NOT {test})"
        sql = f"({test} AND {sure})"
        return f"({sql} OR {self._said(comparison)})" if self._tentative else sql

    def _sure(self, attribute: Attribute) -> str:
        refused = sorted(TENTATIVE_STATUSES - self._tentative)
        if not refused:
            return "1"
        listed = ", ".join(f"'{status}'" for status in refused)
        return (
            f"(m.status IS NULL OR coalesce(json_extract(m.status, '$.{attribute.id}'), '') "
            f"NOT IN ({listed}))"
        )

    def _test(self, comparison: Comparison) -> str:
        attribute = comparison.attribute
        if comparison.operator in {"<", "<=", ">", ">="} and not (
            attribute.is_numeric or attribute.kind == "date"
        ):
            raise InputError(f"{attribute.id} is not a number or a date; compare it with = or !=")
        if attribute.kind == "date":
            return self._date(comparison)
        if attribute.is_numeric and comparison.operator != "has":
            return self._number(comparison)
        if attribute.kind == "flag":
            self.parameters.append(int(flag(comparison)))
            return f"m.{attribute.id} = ?"
        return self._word(comparison)

    def _number(self, comparison: Comparison) -> str:
        attribute = comparison.attribute
        wanted = interval(comparison)
        column = attribute.id
        guard = ""
        if attribute.kind == "batch" and wanted.unit != "sequences":
            column = f"{attribute.id}_tokens"
        elif attribute.kind in {"batch", "quantity"}:
            guard = f" AND m.{attribute.id}_unit = '{wanted.unit}'"
        tests = [self._within(attribute, column, wanted) + guard]
        if comparison.lenient and attribute.fallback:
            tests.append(
                self._within(attribute, attribute.fallback, interval(comparison, published=True))
            )
        return f"({' OR '.join(tests)})"

    def _within(self, attribute: Attribute, column: str, wanted: Interval) -> str:
        if attribute.many or (attribute.per_layer and column == attribute.id):
            low, high = f"m.{column}_max", f"m.{column}_min"
        else:
            low = high = f"m.{column}"
        parts = []
        if wanted.low is not None:
            parts.append(f"{low} {'>' if wanted.open_low else '>='} ?")
            self.parameters.append(wanted.low)
        if wanted.high is not None:
            parts.append(f"{high} {'<' if wanted.open_high else '<='} ?")
            self.parameters.append(wanted.high)
        if len(parts) == 2 and low != high:
            parts.append(self._some_element(attribute, wanted))
        return f"({' AND '.join(parts)})"

    def _some_element(self, attribute: Attribute, wanted: Interval) -> str:
        """Both bounds must be met by one member of a set, not by two different ones."""
        self.parameters += [wanted.low, wanted.high]
        low, high = (">" if wanted.open_low else ">="), ("<" if wanted.open_high else "<=")
        return (
            f"EXISTS (SELECT 1 FROM {self._values} v WHERE v.model = m.id AND v.attribute = "
            f"'{attribute.id}' AND {self._figure} {low} ? AND {self._figure} {high} ?)"
        )

    def _date(self, comparison: Comparison) -> str:
        parts = []
        for bound in date_bounds(comparison):
            side = "min" if bound.earliest else "max"
            parts.append(f"m.{comparison.attribute.id}_{side} {bound.operator} ?")
            self.parameters.append(bound.day)
        return f"({' AND '.join(parts)})"

    def _word(self, comparison: Comparison) -> str:
        attribute = comparison.attribute
        wanted = word(self._connection, comparison)
        test = _WORD_TESTS[wanted.match]
        if not attribute.is_list:
            self.parameters.append(wanted.text)
            plain = test.format(f"m.{attribute.id}")
            if not attribute.per_layer:
                return plain
            several = self._elements(attribute, wanted)
            return f"({plain} OR (m.{attribute.id}_pattern IS NOT NULL AND {several}))"
        return self._elements(attribute, wanted)

    def _elements(self, attribute: Attribute, wanted: Word) -> str:
        self.parameters.append(wanted.text)
        test = _WORD_TESTS[wanted.match].format("v.value")
        found = f"FROM {self._values} v WHERE v.attribute = '{attribute.id}' AND {test}"
        if wanted.match == "exactly" and attribute.is_list:
            return f"m.id IN (SELECT v.model {found})"  # an index leads to the few that have it
        return f"EXISTS (SELECT 1 {found} AND v.model = m.id)"

    def _said(self, comparison: Comparison) -> str:
        """Some rumour or estimate of the model or its family satisfies the condition, though it
        does not resolve the value."""
        key = f"claim_matches_{len(self.parameters)}_{id(comparison)}"
        self._connection.create_function(key, 1, satisfies(self._connection, comparison))
        listed = ", ".join(f"'{status}'" for status in sorted(self._tentative))
        return (
            f"EXISTS (SELECT 1 FROM claims c WHERE c.attribute = '{comparison.attribute.id}' "
            f"AND c.status IN ({listed}) AND ((c.subject_kind = 'model' AND c.subject = m.id) "
            f"OR (c.subject_kind = 'family' AND c.subject = m.family)) AND {key}(c.value))"
        )


_WORD_TESTS = {"exactly": "{} = ?", "folded": "fold({}) = ?", "inside": "instr(fold({}), ?)"}


def _known(attribute: Attribute) -> str:
    return f"m.{attribute.id} IS NOT NULL"
