"""Published tables that are copied from the store: the fields and the query of each."""

from __future__ import annotations

import sqlite3

from llmnotes.relational.typed import Field, ForeignKey, TypedTable, read_rows


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


def stored_tables(connection: sqlite3.Connection) -> list[TypedTable]:
    """The tables with their rows."""
    return [_filled(connection, table, query) for table, query in _STORED]


def _filled(connection: sqlite3.Connection, table: TypedTable, query: str) -> TypedTable:
    columns = ", ".join(f'"{item.name}"' for item in table.fields)
    rows = read_rows(connection, table.fields, f"SELECT {columns} FROM {query}")
    return TypedTable(
        table.name, table.meaning, table.fields, table.key, table.references, list(rows)
    )
