"""The data of the filter page: values of every model, and the terms to filter by."""

from __future__ import annotations

from typing import Any

from llmnotes.knowledge.measure_sql import benchmarks, falls
from llmnotes.quantities.scales import BINARY, ROUND_ZEROS, SCALES
from llmnotes.quantities.units import UNITS
from llmnotes.resolve import record, resolved, said
from llmnotes.schema import ATTRIBUTES, Attribute
from llmnotes.site.library import Library
from llmnotes.values import elements
from llmnotes.vocabulary import INCLUDED, fold, spellings

COLUMNS = ("params_total", "context_length", "attention", "release_date", "organization")
"""Default columns of the filter page."""


def filter_data(library: Library) -> dict[str, Any]:
    """The values, vocabularies, scales and benchmarks of the filter page."""
    names = library.connection.execute(
        "SELECT key, target FROM names WHERE kind = 'organization'"
    ).fetchall()
    used = {item.vocabulary for item in ATTRIBUTES.values() if item.vocabulary}
    return {
        "columns": list(COLUMNS),
        "vocabularies": {name: spellings(name) for name in sorted(used)},
        "included": INCLUDED,
        "organizations": dict(names),
        "publishers": library.publishers,
        "scales": SCALES,
        "binary": BINARY,
        "round_zeros": ROUND_ZEROS,
        "units": {
            item.id: spellings("batch_unit" if item.kind == "batch" else str(item.vocabulary))
            for item in ATTRIBUTES.values()
            if item.kind in {"batch", "quantity"}
        },
        "unit_words": {name: "|".join(words) for name, words in UNITS.items()},
        "benchmarks": {
            key: {
                "name": found.name,
                "metrics": [[metric, falls(metric)] for metric in sorted(found.metrics)],
            }
            for key, found in benchmarks(library.connection, "evaluation").items()
        },
        "models": [_model(library, key, place) for place, key in enumerate(library.models)],
    }


def _model(library: Library, key: str, place: int) -> dict[str, Any]:
    statements = library.claims.of_model(key)
    row = record(statements)
    values = {}
    for item in said(statements):
        claim = resolved(statements, item)
        if claim is not None and claim.value is not None:
            values[item.id] = _value(item, claim.value, row)
    return {"id": key, "place": place, "values": values, "status": row["status"]}


def _value(item: Attribute, value: Any, row: dict[str, Any]) -> Any:
    """A value in the form that the script compares: one element, or a list."""
    if item.kind == "batch":
        tokens = row.get(f"{item.id}_tokens")
        return {"value": row[item.id], "unit": row[f"{item.id}_unit"], "tokens": tokens}
    if item.kind == "quantity":
        return {"value": row[item.id], "unit": row[f"{item.id}_unit"]}
    if item.kind == "results":
        return [
            [fold(result["benchmark"]), result.get("metric", ""), result["score"]]
            for result in value
            if "score" in result
        ]
    if item.is_list or item.many or item.per_layer:
        return list(dict.fromkeys(elements(item, value)))
    return value
