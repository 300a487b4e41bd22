"""Compiles conditions into SQL.

Three-valued logic: unknown values satisfy neither a condition nor its negation, and rumours and estimates
count only on request. Negation is therefore pushed down to the comparisons, each of which selects the
models for which it certainly holds (or certainly does not hold).
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from llmnotes.errors import InputError
from llmnotes.knowledge.comparing import Comparisons, within
from llmnotes.knowledge.conditions import (
    And,
    Comparison,
    Condition,
    MeasureComparison,
    Not,
    Or,
    State,
)
from llmnotes.knowledge.fragments import Fragment, all_of, any_of
from llmnotes.knowledge.operands import measured
from llmnotes.schema import TENTATIVE_STATUSES, Attribute


class Compiler:
    """Compiles conditions into SQL over the view `models` (called `m`), with bound parameters."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        tentative: frozenset[str] = frozenset(),
        values: str | None = None,
    ) -> None:
        """`tentative` names the statuses (estimated, rumoured) that may also satisfy a condition.

        `values` is the table of elements to use instead of the view `model_values`.
        """
        self._connection = connection
        self._tentative = tentative & TENTATIVE_STATUSES
        self._comparisons = Comparisons(connection, values)

    def fragment(self, condition: Condition, negated: bool = False) -> Fragment:
        """The condition as SQL; raises `InputError` where it is invalid."""
        match condition:
            case Not(inner):
                return self.fragment(inner, not negated)
            case And(parts) | Or(parts):
                join = all_of if isinstance(condition, And) != negated else any_of
                return join(self.fragment(part, negated) for part in parts)
            case State():
                return _state(condition, negated)
            case _:
                return self._placed(condition, negated)

    def _placed(self, test: Comparison | MeasureComparison, negated: bool) -> Fragment:
        if test.operator == "!=":
            test, negated = replace(test, operator="="), not negated
        try:
            if isinstance(test, Comparison):
                return self._comparison(test, negated)
            return self._measured(test, negated)
        except InputError as error:
            raise InputError(f"{test.place}{error}") from error

    def _comparison(self, comparison: Comparison, negated: bool) -> Fragment:
        attribute = comparison.attribute
        test = self._comparisons.test(comparison, possible=negated)
        sure = [self._comparisons.known(comparison), self._sure(attribute)]
        if negated:
            if attribute.fallback and comparison.lenient:
                test = Fragment(f"coalesce({test.sql}, 0)", test.parameters)
            return all_of((*sure, test.negated()))
        certain = all_of((test, *sure))
        if not self._tentative:
            return certain
        return any_of((certain, self._claimed(comparison)))

    def _measured(self, test: MeasureComparison, negated: bool) -> Fragment:
        from llmnotes.knowledge.measure_sql import measure_sql

        value = measure_sql(self._connection, test.measure)
        found = within(value, measured(test))
        attributes = list(dict.fromkeys(test.measure.attributes()))
        sure = [Fragment(f"{value} IS NOT NULL"), *(self._sure(item) for item in attributes)]
        return all_of((*sure, found.negated() if negated else found))

    def _sure(self, attribute: Attribute) -> Fragment:
        """The predicate that the value's status allows it to satisfy a condition."""
        refused = sorted(TENTATIVE_STATUSES - self._tentative)
        if not refused:
            return Fragment("1")
        listed = ", ".join(f"'{status}'" for status in refused)
        return Fragment(
            f"(m.status IS NULL OR coalesce(json_extract(m.status, '$.{attribute.id}'), '') "
            f"NOT IN ({listed}))"
        )

    def _claimed(self, comparison: Comparison) -> Fragment:
        """The predicate that a tentative claim of the model or its family satisfies the comparison, though
        it does not resolve the value."""
        from llmnotes.knowledge.predicate import satisfies

        name = f"claim_satisfies_{id(comparison)}"
        self._connection.create_function(name, 1, satisfies(self._connection, comparison))
        listed = ", ".join(f"'{status}'" for status in sorted(self._tentative))
        return Fragment(
            f"EXISTS (SELECT 1 FROM claims c WHERE c.attribute = '{comparison.attribute.id}' "
            f"AND c.status IN ({listed}) AND ((c.subject_kind = 'model' AND c.subject = m.id) "
            f"OR (c.subject_kind = 'family' AND c.subject = m.family)) AND {name}(c.value))"
        )


def _state(condition: State, negated: bool) -> Fragment:
    column, state = f"m.{condition.attribute.id}", condition.state
    status = f"coalesce(json_extract(m.status, '$.{condition.attribute.id}'), '')"
    if state == "known":
        found = Fragment(f"({column} IS NOT NULL AND {status} <> 'rumoured')")
        return found.negated() if negated else found
    if state == "unknown":
        found = Fragment(f"({column} IS NULL AND {status} = '')")
        return found.negated() if negated else found
    found = Fragment(f"({status} = '{state}')")
    if state == "reported":
        found = Fragment(f"({column} IS NOT NULL AND {status} = '')")
    return found.negated() if negated else found
