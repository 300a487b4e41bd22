"""The tables of a store. Alembic owns their history; `migrations/` must lead to exactly these.

The curated store and a user's store have the same tables; `write` is the entry of `write_log` that inserted
a row, and NULL in the curated store. Only building and writing import this module: reading uses plain SQL.
The tables that only a user's store fills are in `user_tables`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, String, Table, text
from sqlalchemy.types import NullType
from sqlmodel import Field, SQLModel

from llmnotes.schema import ATTRIBUTES
from llmnotes.store import user_tables as user_tables

metadata = SQLModel.metadata

_IN_THE_KEY = {"sqlite_with_rowid": False}
"""Rows hardly longer than their key are kept in its tree: a second one would repeat them."""


class StoredOrganization(SQLModel, table=True):
    """A publisher of models."""

    __tablename__ = "organization"
    id: str = Field(primary_key=True)
    name: str
    aliases: str
    country: str | None
    url: str | None
    write: int | None
    about: str | None
    became: str | None


class StoredEntity(SQLModel, table=True):
    """A dataset, benchmark, licence, tokenizer or machine that values name; lists are JSON."""

    __tablename__ = "entity"
    kind: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str
    aliases: str
    url: str | None
    about: str | None
    part_of: str | None
    exact: str
    named: int


class StoredSource(SQLModel, table=True):
    """A document cited by claims; `authors` is a JSON list, `via` the source that quotes it."""

    __tablename__ = "source"
    id: str = Field(primary_key=True)
    kind: str
    title: str
    authors: str
    year: int | None
    url: str | None
    arxiv: str | None
    doi: str | None
    venue: str | None
    copy_read: str | None
    checked: str | None
    is_primary: int
    write: int | None
    read: str | None
    via: str | None
    sha256: str | None
    length: int | None


class StoredFamily(SQLModel, table=True):
    """Models published together."""

    __tablename__ = "family"
    id: str = Field(primary_key=True)
    name: str
    line: str | None
    summary: str | None
    layer: str
    write: int | None


class StoredModel(SQLModel, table=True):
    """One trained size or checkpoint line; `position` orders the members of a family."""

    __tablename__ = "model"
    id: str = Field(primary_key=True)
    family: str | None = Field(index=True)
    name: str
    size: str | None
    variant: str
    position: int
    layer: str
    write: int | None


class StoredName(SQLModel, table=True):
    """A name of a family, a model or an organization; `key` is its folded form."""

    __tablename__ = "name"
    __table_args__ = _IN_THE_KEY
    kind: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    target: str = Field(primary_key=True)
    text: str
    is_id: int
    write: int | None


class StoredClaim(SQLModel, table=True):
    """One statement; `value`, `parameters` and `printed` are JSON."""

    __tablename__ = "claim"
    __table_args__ = (
        Index("claim_subject", "subject_kind", "subject"),
        Index(
            "claim_of_user",
            "subject_kind",
            "subject",
            sqlite_where=text("layer = 'user'"),
            postgresql_where=text("layer = 'user'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    subject_kind: str
    subject: str
    attribute: str
    value: str | None
    status: str
    source: str | None
    locator: str | None
    layer: str
    note: str | None
    parameters: str | None
    preferred: int
    reason: str | None
    write: int | None
    printed: str | None


class StoredTechnique(SQLModel, table=True):
    """A thing to know; lists and the paper are JSON."""

    __tablename__ = "technique"
    id: str = Field(primary_key=True)
    name: str
    category: str
    aliases: str
    definition: str
    explanation: str | None
    formula: str | None
    prerequisites: str
    replaces: str
    stands_for: str
    paper: str | None
    no_paper: str | None


class StoredTopic(SQLModel, table=True):
    """One item of the course."""

    __tablename__ = "topic"
    position: int = Field(primary_key=True)
    section: str
    name: str
    techniques: str
    families: str
    note: str | None


class StoredEdition(SQLModel, table=True):
    """A dated state of the curated layer, with its counts."""

    __tablename__ = "edition"
    name: str = Field(primary_key=True)
    released: str
    previous: str | None
    families: int
    models: int
    value_count: int


class StoredChange(SQLModel, table=True):
    """A change in an edition: one attribute of models, or (`attribute` NULL) models as a whole.

    `models`, `old_value`, `new_value` and the parameters are JSON; of lists only the changed elements.
    """

    __tablename__ = "value_change"
    id: int | None = Field(default=None, primary_key=True)
    edition: str
    change: str
    family: str
    models: str
    attribute: str | None
    old_value: str | None
    old_status: str | None
    old_source: str | None
    old_locator: str | None
    old_title: str | None
    old_parameters: str | None
    new_value: str | None
    new_status: str | None
    new_source: str | None
    new_locator: str | None
    new_title: str | None
    new_parameters: str | None
    reason: str | None
    value_count: int


class StoredFact(SQLModel, table=True):
    """Metadata of the store itself: the digest of its input and the like."""

    __tablename__ = "fact"
    key: str = Field(primary_key=True)
    value: str


class StoredValue(SQLModel, table=True):
    """One element of a list-valued or per-layer attribute of a model."""

    __tablename__ = "model_value"
    __table_args__ = (Index("model_value_value", "attribute", "value", "model"), _IN_THE_KEY)
    model: str = Field(primary_key=True)
    attribute: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    value: str
    number: float | None


_SQL_TYPES: dict[str, Any] = {
    "INTEGER": Integer().with_variant(BigInteger(), "postgresql"),  # SQLite integers have 64 bits
    "REAL": Float,
    "TEXT": String,
}

INDEXED = {
    "order": ("family", "position", "id"),
    "params_total": ("params_total",),
    "release_date_min": ("release_date_min",),
    "context_length_max": ("context_length_max",),
}
"""Columns of `model_record` with an index in large stores, for searching or sorting."""

model_record = Table(
    "model_record",
    metadata,
    Column("id", String, primary_key=True),
    Column("family", String),
    Column("name", String, nullable=False),
    Column("size", String),
    Column("variant", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("status", String),
    *(
        Column(column.name, _SQL_TYPES[column.sql_type])
        for attribute in ATTRIBUTES.values()
        for column in attribute.columns
    ),
    *(Index(f"model_record_{name}", *columns) for name, columns in INDEXED.items()),
    Index(
        "model_record_params_reported",
        "params_reported",
        sqlite_where=text("params_reported IS NOT NULL"),
        postgresql_where=text("params_reported IS NOT NULL"),
    ),
)
"""One row per model with its resolved values: what the view `models` shows."""

_FULL_TEXT = {
    "": ("kind", "id", "title", "body"),
    "_data": ("id INTEGER", "block BLOB"),
    "_idx": ("segid !", "term !", "pgno"),
    "_content": ("id INTEGER", "c0", "c1", "c2", "c3"),
    "_docsize": ("id INTEGER", "sz BLOB"),
    "_config": ("k !", "v"),
}


def _full_text() -> None:
    """Declare the full-text table and its shadow tables, which only a migration can create.

    Thus the schema of the migrations compares equal to this module.
    """
    types: dict[str, Any] = {"INTEGER": Integer(), "BLOB": LargeBinary(), "!": NullType()}
    for suffix, columns in _FULL_TEXT.items():
        parts = [column.partition(" ") for column in columns]
        Table(
            f"text_index{suffix}",
            metadata,
            *(
                Column(
                    name,
                    types.get(kind, NullType()),
                    primary_key=kind in {"INTEGER", "!"},
                    nullable=kind != "!",
                )
                for name, _, kind in parts
            ),
        )


_full_text()
