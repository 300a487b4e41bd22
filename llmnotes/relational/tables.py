"""All published tables: models, their values, stored tables, and attributes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from llmnotes.display import value_text
from llmnotes.relational.models import all_models
from llmnotes.relational.stored import stored_tables
from llmnotes.relational.typed import Field, ForeignKey, TypedTable
from llmnotes.resolve import Statement, record, resolved
from llmnotes.schema import ATTRIBUTES, STATUSES
from llmnotes.store.claims import Claims


def tables(connection: sqlite3.Connection) -> list[TypedTable]:
    """All tables of the base that `connection` reads, each ordered by its key or as curated."""
    models = [row[0] for row in connection.execute("SELECT id FROM models ORDER BY id")]
    claims = Claims(connection, models)
    shown = [(model, claims.of_model(model)) for model in models]
    return [
        all_models(connection),
        TypedTable("model_values", "What the base shows of each model, attribute by attribute, with the "
              "source it rests on.", _VALUE_FIELDS, ("model", "attribute"),
              (ForeignKey("model", "models"), ForeignKey("attribute", "attributes"),
               ForeignKey("source", "sources")),
              [row for model, statements in shown for row in _values(model, statements)]),
        TypedTable("evaluations", "Benchmark scores that publishers report of their models.",
              _EVALUATION_FIELDS, ("model", "position"),
              (ForeignKey("model", "models"), ForeignKey("source", "sources")),
              [row for model, statements in shown
               for row in _elements(model, statements, "evaluation",
                                    ("benchmark", "metric", "setting", "score"))]),
        TypedTable("training_data", "Datasets that models are trained on.",
              _DATA_FIELDS, ("model", "position"),
              (ForeignKey("model", "models"), ForeignKey("source", "sources")),
              [row for model, statements in shown
               for row in _elements(model, statements, "training_data",
                                    ("name", "size", "unit", "weight"))]),
        *stored_tables(connection),
        _attributes(),
    ]  # fmt: skip


_VALUE_FIELDS = (
    Field("model", "string", "Identifier of the model."),
    Field("attribute", "string", "Identifier of the attribute."),
    Field("value", "json", "The value as the base keeps it; empty where there is none."),
    Field("text", "string", "The value as people write it."),
    Field("number", "number", "The value as a number, where it is one number."),
    Field("unit", "string", "Unit of the number."),
    Field("status", "string", "; ".join(f"{name}: {says}" for name, says in STATUSES.items())),
    Field("source", "string", "Identifier of the source."),
    Field("locator", "string", "Where in the source."),
    Field("printed", "texts", "The figures as they stand in the source."),
    Field("note", "string", "What a reader should know of the value."),
    Field("inherited_from", "string", "The family or model that the value is claimed of."),
)


def _values(model: str, statements: dict[str, list[Statement]]) -> Iterator[tuple[Any, ...]]:
    row = record(statements)
    for attribute in sorted(ATTRIBUTES.values(), key=lambda item: item.id):
        claim = resolved(statements, attribute)
        if claim is None:
            continue
        number = row.get(attribute.id) if attribute.is_numeric else None
        if row.get(f"{attribute.id}_min") != row.get(f"{attribute.id}_max"):
            number = None
        number = float(number) if isinstance(number, int | float) else None
        unit = row.get(f"{attribute.id}_unit") or attribute.unit
        says = claim.value
        yield (
            model, attribute.id, says,
            None if says is None else value_text(attribute, says, claim.parameters, short=False),
            number, unit if number is not None else None, claim.status, claim.source,
            claim.locator, list(claim.printed), claim.note, claim.inherited_from,
        )  # fmt: skip


_ELEMENT = (
    Field("model", "string", "Identifier of the model."),
    Field("position", "integer", "Place in the list of the model."),
)
_CITED = (
    Field("status", "string", "Status of the claim."),
    Field("source", "string", "Identifier of the source."),
)
_EVALUATION_FIELDS = (
    *_ELEMENT,
    Field("benchmark", "string", "Name of the benchmark."),
    Field("metric", "string", "What is measured."),
    Field("setting", "string", "How it was measured: shots, split, prompting."),
    Field("score", "number", "The score as printed; most are percentages.", "as printed"),
    *_CITED,
)
_DATA_FIELDS = (
    *_ELEMENT,
    Field("name", "string", "Name of the dataset."),
    Field("size", "number", "How much of it was used."),
    Field("unit", "string", "Unit of the size."),
    Field("weight", "number", "Its share of what was trained on.", "of 1"),
    *_CITED,
)


def _elements(
    model: str, statements: dict[str, list[Statement]], name: str, keys: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    claim = resolved(statements, ATTRIBUTES[name])
    for position, element in enumerate(claim.value or () if claim else ()):
        assert claim is not None
        yield (
            model, position, *(element.get(key) for key in keys), claim.status, claim.source
        )  # fmt: skip


def _attributes() -> TypedTable:
    """The table of attributes with meaning, unit and vocabulary."""
    fields = (
        Field("id", "string", "Identifier, which is also the column of `models`."),
        Field("label", "string", "Name for readers."),
        Field("group", "string", "Group of attributes."),
        Field("kind", "string", "Kind of value."),
        Field("meaning", "string", "What it says of a model."),
        Field("unit", "string", "Unit of its numbers."),
        Field(
            "terms", "texts", "The terms it is said in; empty where any text or number may stand."
        ),
    )
    rows = [
        (item.id, item.label, item.group, item.kind, item.meaning, item.unit, list(item.terms))
        for item in ATTRIBUTES.values()
    ]
    return TypedTable("attributes", "What can be said of a model.", fields, ("id",), (), rows)
