"""SQL of measures on a row `m` of the view `models`, which holds benchmark results as JSON."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from llmnotes.errors import InputError, unknown
from llmnotes.knowledge.conditions import Measure, Score
from llmnotes.knowledge.entities import EntityNames
from llmnotes.schema import Attribute
from llmnotes.vocabulary import fold

_LOWER_IS_BETTER = ("perplexity", "bits per", "lower is better", "loss", "error")


@dataclass(slots=True)
class MeasuredBenchmark:
    """A benchmark with results, by the name it is given in them, and its metrics."""

    name: str
    metrics: set[str] = field(default_factory=set)


def measure_sql(connection: sqlite3.Connection, measure: Measure) -> str:
    """The SQL of a measure; NULL where a factor is unknown or a divisor is zero.

    A set or per-layer value counts by its largest member. Raises `InputError` for an unknown benchmark.
    """
    sql = "1e0"  # a double even where `1.0` would be an exact decimal, which could overflow
    for factor, divides in zip(measure.factors, measure.inverse, strict=True):
        if isinstance(factor, Score):
            value = _score(connection, factor)
        elif isinstance(factor, Attribute):
            value = f"m.{factor.id}"
        else:
            value = repr(float(factor))
        sql += f" {'/' if divides else '*'} {value}"
    return f"({sql})"


def _score(connection: sqlite3.Connection, score: Score) -> str:
    """The SQL of the best result on a benchmark; NULL where a model has none.

    Raises `InputError` with the nearest names where the base has no result on it, and where its metrics are
    not comparable.
    """
    known = benchmarks(connection, score.attribute.id)
    keys, metric = _resolved(connection, known, score)
    every = {name for key in keys for name in known[key].metrics}
    metrics = every if metric is None else {metric}
    falling = {falls(name) for name in metrics}
    if len(falling) > 1:
        names = ", ".join(sorted(name for name in metrics if name))
        raise InputError(
            f"{score.attribute.id}.{score.benchmark} is measured by {names}; name one, as in "
            f"{score.attribute.id}.{score.benchmark}.{min(m for m in metrics if m).split()[0]}"
        )
    listed = ", ".join(f"'{key}'" for key in keys)
    test = f"fold(json_extract(e.value, '$.benchmark')) IN ({listed})"
    if metric is not None:
        test += f" AND fold(coalesce(json_extract(e.value, '$.metric'), '')) = '{fold(metric)}'"
    best = "min" if True in falling else "max"
    return (
        f"(SELECT {best}(json_extract(e.value, '$.score')) "
        f"FROM json_each(m.{score.attribute.id}) e WHERE {test})"
    )


def falls(metric: str) -> bool:
    """Whether a lower value of a metric is better."""
    return any(word in metric.lower() for word in _LOWER_IS_BETTER)


def _resolved(
    connection: sqlite3.Connection, known: dict[str, MeasuredBenchmark], score: Score
) -> tuple[list[str], str | None]:
    """The folded names of the benchmark, and the metric where the score names one."""
    if found := _same(connection, known, score.benchmark):
        return found, None
    name, _, asked = score.benchmark.rpartition(".")
    keys = _same(connection, known, name)
    if not keys:
        raise unknown("benchmark", score.benchmark, [item.name for item in known.values()])
    metrics = {metric for key in keys for metric in known[key].metrics if metric}
    for metric in sorted(metrics):
        if fold(asked) in {fold(metric), fold(metric.split()[0])}:
            return keys, metric
    raise unknown(f"metric of {known[keys[0]].name}", asked, sorted(metrics))


def _same(
    connection: sqlite3.Connection, known: dict[str, MeasuredBenchmark], name: str
) -> list[str]:
    """The folded names under which there are results of a benchmark."""
    names = EntityNames(connection, "benchmark")
    item = names.called(name)
    if item is None:
        return [fold(name)] if fold(name) in known else []
    return [key for key, found in known.items() if names.called(found.name) == item]


def benchmarks(connection: sqlite3.Connection, attribute: str) -> dict[str, MeasuredBenchmark]:
    """The benchmarks with scores in a results attribute, by folded name."""
    found: dict[str, MeasuredBenchmark] = {}
    for name, metric in connection.execute(
        "SELECT DISTINCT json_extract(e.value, '$.benchmark'), json_extract(e.value, '$.metric') "
        f"FROM models m, json_each(m.{attribute}) e WHERE m.{attribute} IS NOT NULL "
        "AND json_extract(e.value, '$.score') IS NOT NULL ORDER BY 1"
    ):
        found.setdefault(fold(name), MeasuredBenchmark(name)).metrics.add(metric or "")
    return found
