"""Explains why a filter matches no model or every model, with the nearest values that exist."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from llmnotes.display import value_text
from llmnotes.errors import InputError, quoted
from llmnotes.knowledge.comparing import register
from llmnotes.knowledge.compiling import Compiler
from llmnotes.knowledge.conditions import And, Comparison, Condition, MeasureComparison, Not, Or
from llmnotes.knowledge.filtering import Query, condition, select
from llmnotes.knowledge.measure_sql import measure_sql
from llmnotes.knowledge.words import words
from llmnotes.schema import VARIANTS, Attribute
from llmnotes.spelling import nearest

_SHOWN = 4
"""Values that are offered."""


def remarks(connection: sqlite3.Connection, query: Query, *, found: bool) -> list[str]:
    """Remarks on an answer, one sentence each; `found` tells whether it has any rows.

    For an empty answer: the values that no model has, and the nearest ones. Otherwise: bounds that exclude
    nothing because a scale is missing, as in `--params 7..`.
    """
    register(connection)
    base = _Base(connection, query)
    said: list[str] = []
    for comparison, alternative in _comparisons(condition(query)):
        if found and not alternative:
            said += base.loose(comparison)
        elif not base.satisfied(comparison):
            said.append(base.nothing(comparison))
    if (
        not found
        and query.variants != "all"
        and select(connection, query._replace(variants="all", limit=1, sort=None), ["id"])
    ):
        others = ", ".join(name for name in VARIANTS if name != query.variants)
        said.append(f"only {others} models satisfy this; --variants all shows them")
    return list(dict.fromkeys(said))


def _comparisons(
    condition: Condition, alternative: bool = False
) -> Iterator[tuple[Comparison | MeasureComparison, bool]]:
    """The comparisons that must hold, or that are alternatives; negated ones are left out."""
    match condition:
        case Comparison() | MeasureComparison():
            if condition.operator != "!=":
                yield condition, alternative
        case And(parts) | Or(parts):
            for part in parts:
                yield from _comparisons(part, alternative or isinstance(condition, Or))
        case Not(Not(inner)):
            yield from _comparisons(inner, alternative)


class _Base:
    """Single comparisons evaluated on the models of the base."""

    def __init__(self, connection: sqlite3.Connection, query: Query) -> None:
        self._connection = connection
        self._query = query

    def satisfied(self, test: Condition, *, negated: bool = False) -> bool:
        """Whether any model satisfies the condition or, `negated`, certainly does not."""
        return self._count(test, negated=negated, most=1) > 0

    def _count(self, test: Condition, *, negated: bool = False, most: int = 1000) -> int:
        found = Compiler(self._connection, self._query.tentative).fragment(test, negated)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM models m WHERE {found.sql} LIMIT {most})"
        return int(self._connection.execute(sql, found.parameters).fetchone()[0])

    def nothing(self, comparison: Comparison | MeasureComparison) -> str:
        """A sentence that no model satisfies the comparison, with the nearest values."""
        if isinstance(comparison, MeasureComparison):
            return self._no_measure(comparison)
        attribute = comparison.attribute
        sign = "" if comparison.operator in {"=", "has"} else f"{comparison.operator} "
        sentence = f"{attribute.id}: no model has {sign}{quoted(comparison.text)}"
        if scaled := self._scaled(comparison):
            return f"{sentence}; did you mean {scaled}?"
        if attribute.is_numeric or attribute.kind == "date":
            return f"{sentence}; {self._reach(attribute)}"
        values = self._values(attribute)
        if attribute.vocabulary:
            return f"{sentence}; what models have: {', '.join(values) or 'nothing'}"
        close = _nearest_texts(comparison.text, values)
        return f"{sentence}; nearest: {', '.join(map(_shortened, close))}" if close else sentence

    def loose(self, comparison: Comparison | MeasureComparison) -> Iterator[str]:
        """A sentence that the lower bound excludes no model, where it lacks a scale."""
        low, dots, _ = comparison.text.partition("..")
        if (
            isinstance(comparison, Comparison)
            and (dots or comparison.operator in {">", ">="})
            and comparison.attribute.unit in _SCALED_UNITS
            and _BARE.fullmatch(low.strip())
            and not self.satisfied(replace(comparison, operator=">=", text=low), negated=True)
            and (scaled := self._scaled(comparison))
        ):
            yield (
                f"{comparison.attribute.id}: a bound of {low.strip()} leaves out no model; "
                f"did you mean {scaled}?"
            )

    def _no_measure(self, comparison: MeasureComparison) -> str:
        value = measure_sql(self._connection, comparison.measure)
        least, most = self._connection.execute(
            f"SELECT min({value}), max({value}) FROM models m"
        ).fetchone()
        sentence = (
            f"{comparison.measure.text}: no model has {comparison.operator} {comparison.text}"
        )
        if least is None:
            return f"{sentence}; of none it is known"
        return f"{sentence}; what is known reaches from {least:,.4g} to {most:,.4g}"

    def _scaled(self, comparison: Comparison) -> str:
        """The operand with the scale that it lacks: the one that divides the models most evenly.

        Empty where no scale is missing or none helps.
        """
        parts = [part.strip() for part in comparison.text.split("..")]
        if comparison.attribute.kind != "integer" or not any(map(_BARE.fullmatch, parts)):
            return ""
        written = [letter for part in parts for letter in _SCALES if part.endswith(letter)]
        counts: dict[str, int] = {}
        for scale in written or _SCALES:
            text = "..".join(part + scale if _BARE.fullmatch(part) else part for part in parts)
            test = replace(comparison, text=text)
            try:
                if apart := min(self._count(test), self._count(test, negated=True)):
                    counts[text] = apart
            except InputError:
                continue  # 7T..70B begins above its end
        best = max(counts, key=counts.__getitem__, default="")
        return best if comparison.operator == "=" or not best else comparison.operator + best

    def _reach(self, attribute: Attribute) -> str:
        """The range of the known values."""
        sides = attribute.kind == "date" or attribute.many or attribute.per_layer
        low, high = (f"{attribute.id}_{side}" if sides else attribute.id for side in ("min", "max"))
        unit = f"{attribute.id}_unit" if attribute.kind in {"batch", "quantity"} else "''"
        rows = self._connection.execute(
            f"SELECT min({low}), max({high}), {unit} FROM models "
            f"WHERE {attribute.id} IS NOT NULL GROUP BY 3 ORDER BY 3"
        ).fetchall()
        reaches = [_reach(attribute, least, most, unit) for least, most, unit in rows]
        return f"what is known reaches {'; '.join(reaches)}" if reaches else "of none it is known"

    def _values(self, attribute: Attribute) -> list[str]:
        """The values that models have, the most frequent first, limited to some thousand."""
        several = attribute.is_list or attribute.per_layer
        source = (
            f"SELECT value FROM model_values WHERE attribute = '{attribute.id}'"
            if several
            else f"SELECT {attribute.id} AS value FROM models WHERE {attribute.id} IS NOT NULL"
        )
        sql = f"SELECT value FROM ({source}) GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 2000"
        return [str(row[0]) for row in self._connection.execute(sql)]


_SCALES = ("k", "M", "B", "T")
_SCALED_UNITS = frozenset({"parameters", "tokens"})
"""Units of counts that are written with a scale."""
_BARE = re.compile(r"\d{1,3}(?:\.\d+)?")
"""A small number without a scale."""


def _reach(attribute: Attribute, least: Any, most: Any, unit: str) -> str:
    if unit:
        texts = [f"{value:,.15g}" for value in (least, most)]
    else:
        texts = [value_text(attribute, value) for value in (least, most)]
    return f"from {texts[0]} to {texts[1]} {unit}".rstrip()


def _nearest_texts(asked: str, values: list[str]) -> list[str]:
    """The values with the spelling nearest to the one asked for, then those with a similar word."""
    close = nearest(asked, values, _SHOWN, cutoff=0.6)
    by_word = {word: value for value in reversed(values) for word in words(value)}
    for word in words(asked):
        close += [by_word[found] for found in nearest(word, by_word, _SHOWN, cutoff=0.6)]
    return list(dict.fromkeys(close or values))[:_SHOWN]


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
