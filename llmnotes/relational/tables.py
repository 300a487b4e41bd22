"""The published tables: what each field means, its type and unit, and how the rows are read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from llmnotes.display import value_text
from llmnotes.resolve import Statement, record, resolved
from llmnotes.schema import ATTRIBUTES, STATUSES, Attribute, Column
from llmnotes.store.claims import Claims

Kind = Literal["string", "integer", "number", "boolean", "date", "texts", "json"]
"""`texts` is a list of texts, `json` a value whose shape depends on the row."""


class Field(NamedTuple):
    """One column of a table."""

    name: str
    kind: Kind
    meaning: str
    unit: str | None = None


class ForeignKey(NamedTuple):
    """A column whose values are ids of another table."""

    field: str
    table: str


@dataclass(frozen=True)
class TypedTable:
    """A published table with its rows: Python values of the fields' kinds, or None."""

    name: str
    meaning: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[ForeignKey, ...] = ()
    rows: list[tuple[Any, ...]] = field(default_factory=list)


def tables(connection: sqlite3.Connection) -> list[TypedTable]:
    """All tables of the base that `connection` shows, each ordered by its key or as curated."""
    models = [row[0] for row in connection.execute("SELECT id FROM models ORDER BY id")]
    claims = Claims(connection, models)
    shown = [(model, claims.of_model(model)) for model in models]
    return [
        _models(connection),
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
        *(_stored(connection, table, query) for table, query in _STORED),
        _attributes(),
    ]  # fmt: skip


_IDENTITY = (
    Field("id", "string", "Identifier of the model."),
    Field("family", "string", "Identifier of the family it was published with."),
    Field("name", "string", "Name as its publisher writes it."),
    Field("size", "string", "The size in its name."),
    Field("variant", "string", "`base` as pretraining left it, or `post-trained`."),
    Field("position", "integer", "Place among the members of its family."),
    Field("status", "json", "Status of the attributes that are not simply reported."),
)


def _models(connection: sqlite3.Connection) -> TypedTable:
    table = models_table(_IDENTITY)
    columns = ", ".join(f'"{item.name}"' for item in table.fields)
    table.rows.extend(_read(connection, table.fields, f"SELECT {columns} FROM models ORDER BY id"))
    return table


def models_table(identity: Sequence[Field]) -> TypedTable:
    """The table of models without rows: a column per value, its bounds, unit and pattern by layer."""
    fields = (
        *identity,
        *(field for item in ATTRIBUTES.values() for field in attribute_fields(item)),
    )
    return TypedTable(
        "models", "Models, one row each, with everything the base shows of them.", fields, ("id",),
        (ForeignKey("family", "families"),),
    )  # fmt: skip


def records_table(records: Iterable[Mapping[str, Any]]) -> TypedTable:
    """Records of models as rows of that table, in their order."""
    table = models_table([item for item in _IDENTITY if item.name != "position"])
    table.rows.extend(tuple(_plain(item, record) for item in table.fields) for record in records)
    return table


def _plain(item: Field, record: Mapping[str, Any]) -> Any:
    """A record's value as the view `models` holds it: of a set of numbers the greatest."""
    value = record.get(item.name)
    if isinstance(value, list | dict) and item.kind == "integer":
        return record[f"{item.name}_max"]
    if isinstance(value, list | dict) and item.kind == "string":
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return float(value) if item.kind == "number" and value is not None else value


_PARTS = {
    "min": "Least of: ", "max": "Most of: ", "unit": "Unit of: ", "tokens": "In tokens: ",
    "pattern": "Layer by layer: ", "value": "",
}  # fmt: skip


def attribute_fields(attribute: Attribute) -> list[Field]:
    """The columns of an attribute: its value, its bounds, its unit, its pattern by layer."""
    return [_column(attribute, part) for part in attribute.columns]


def _column(attribute: Attribute, column: Column) -> Field:
    kinds: dict[str, Kind] = {"INTEGER": "integer", "REAL": "number", "TEXT": "string"}
    kind = kinds[column.sql_type]
    unit = attribute.unit if kind in {"integer", "number"} else None
    if column.part == "tokens":
        unit = "tokens"
    if attribute.kind == "flag":
        kind = "boolean"
    elif attribute.kind == "date" and column.part in {"min", "max"}:
        kind = "date"
    elif attribute.is_list:
        kind = "json" if attribute.kind in {"datasets", "results"} else "texts"
    return Field(column.name, kind, _PARTS[column.part] + attribute.meaning, unit)


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
    """The columns in words: every attribute with its meaning, unit and vocabulary."""
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


def _id(of: str) -> Field:
    return Field("id", "string", f"Identifier of the {of}.")


_ALIASES = Field("aliases", "texts", "Other names.")
_URL = Field("url", "string", "Its page.")
_STORED: tuple[tuple[TypedTable, str], ...] = (
    (
        TypedTable(
            "claims",
            "Every statement with its source, also where sources contradict each other.",
            (
                Field("id", "integer", "Number of the claim in this edition."),
                Field("subject_kind", "string", "`model` or `family`."),
                Field("subject", "string", "Identifier of the model or family."),
                Field("attribute", "string", "Identifier of the attribute."),
                Field("value", "json", "The value; empty where it is withheld or has no meaning."),
                Field("parameters", "json", "Numbers that belong to the value."),
                Field("status", "string", "How far it can be trusted."),
                Field("source", "string", "Identifier of the source."),
                Field("locator", "string", "Where in the source."),
                Field("printed", "texts", "The figures as they stand in the source."),
                Field("note", "string", "What a reader should know of the value."),
                Field("preferred", "boolean", "Whether it is shown although others are as strong."),
                Field("reason", "string", "Why it is preferred."),
            ),
            ("id",),
            (ForeignKey("attribute", "attributes"), ForeignKey("source", "sources")),
        ),
        "claims ORDER BY id",
    ),
    (
        TypedTable(
            "families",
            "Models published together.",
            (
                _id("family"),
                Field("name", "string", "Its name."),
                Field("line", "string", "The line of families it belongs to."),
                Field("summary", "string", "What it is, in a line or two."),
            ),
            ("id",),
        ),
        "families ORDER BY id",
    ),
    (
        TypedTable(
            "sources",
            "The documents that claims rest on.",
            (
                _id("source"),
                Field("kind", "string", "What sort of document it is."),
                Field("title", "string", "Title as printed."),
                Field("authors", "texts", "Authors in order."),
                Field("year", "integer", "Year of the first version."),
                Field("url", "string", "Where it can be read."),
                Field("arxiv", "string", "arXiv identifier."),
                Field("doi", "string", "Digital object identifier."),
                Field("venue", "string", "Where it was published."),
                Field("copy_read", "string", "Where the text that was read stands."),
                Field("read", "string", "How much of it was read; `quoted` when another was."),
                Field("via", "string", "The source that quotes it."),
                Field("sha256", "string", "Digest of the text that was read."),
                Field("length", "integer", "Its length.", "characters or bytes"),
                Field("checked", "date", "Day on which the claims were last held against it."),
                Field("is_primary", "boolean", "Whether the publisher of the models speaks in it."),
            ),
            ("id",),
            (ForeignKey("via", "sources"),),
        ),
        "sources ORDER BY id",
    ),
    (
        TypedTable(
            "organizations",
            "Publishers of models.",
            (
                _id("organization"),
                Field("name", "string", "Its name."),
                _ALIASES,
                Field("country", "string", "ISO 3166 code of its seat."),
                _URL,
                Field("about", "string", "What it is, in a line."),
                Field("became", "string", "The organization it was merged into."),
            ),
            ("id",),
            (ForeignKey("became", "organizations"),),
        ),
        "organizations ORDER BY id",
    ),
    (
        TypedTable(
            "entities",
            "What values name: datasets, benchmarks, licences, tokenizers, machines.",
            (
                Field("kind", "string", "What it is one of."),
                _id("entity, unique within its kind"),
                Field("name", "string", "Its name."),
                _ALIASES,
                _URL,
                Field("about", "string", "What it is, in a line."),
                Field("part_of", "string", "The entity of its kind that it is a part of."),
            ),
            ("kind", "id"),
        ),
        "entities ORDER BY kind, id",
    ),
    (
        TypedTable(
            "techniques",
            "What there is to know to read the values.",
            (
                _id("technique"),
                Field("name", "string", "Its name."),
                Field("category", "string", "What it is a technique of."),
                _ALIASES,
                Field("definition", "string", "One sentence."),
                Field("explanation", "string", "A paragraph."),
                Field("formula", "string", "LaTeX."),
                Field("prerequisites", "texts", "Identifiers of techniques to know before."),
                Field("replaces", "texts", "Identifiers of techniques it came in place of."),
                Field("stands_for", "texts", "The values that mean it: `attribute = term`."),
                Field("paper", "json", "The paper that introduced it."),
            ),
            ("id",),
        ),
        "techniques ORDER BY id",
    ),
    (
        TypedTable(
            "names",
            "Every spelling by which something is found.",
            (
                Field("kind", "string", "`family`, `model` or `organization`."),
                Field("key", "string", "The spelling, folded: lower case, without marks."),
                Field("target", "string", "Identifier of what it means."),
                Field("text", "string", "The spelling as people write it."),
                Field("is_id", "boolean", "Whether it is the identifier."),
            ),
            ("kind", "key", "target"),
        ),
        "names ORDER BY kind, key, target",
    ),
    (
        TypedTable(
            "editions",
            "Dated states of the base.",
            (
                Field("name", "string", "Year and month."),
                Field("released", "date", "Day of the edition."),
                Field("previous", "string", "The edition before."),
                Field("families", "integer", "Families it held."),
                Field("models", "integer", "Models it held."),
                Field("value_count", "integer", "Values it showed."),
            ),
            ("name",),
            (ForeignKey("previous", "editions"),),
        ),
        "editions ORDER BY name",
    ),
)


def _stored(connection: sqlite3.Connection, table: TypedTable, query: str) -> TypedTable:
    columns = ", ".join(f'"{item.name}"' for item in table.fields)
    rows = _read(connection, table.fields, f"SELECT {columns} FROM {query}")
    return TypedTable(
        table.name, table.meaning, table.fields, table.key, table.references, list(rows)
    )


def _read(
    connection: sqlite3.Connection, fields: Sequence[Field], query: str
) -> Iterator[tuple[Any, ...]]:
    readers = [_READERS.get(item.kind) for item in fields]
    for row in connection.execute(query):
        yield tuple(
            value if value is None or reader is None else reader(value)
            for value, reader in zip(row, readers, strict=True)
        )


_READERS: dict[str, Callable[[Any], Any]] = {
    "boolean": bool,
    "texts": json.loads,
    "json": json.loads,
    "number": float,
}
