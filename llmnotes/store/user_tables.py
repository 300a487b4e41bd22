"""The tables that only a user's store fills: notes, tags, the log of writes, readings and reviews."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class StoredNote(SQLModel, table=True):
    """A user's note on a model, a family or a technique."""

    __tablename__ = "note"
    __table_args__ = (Index("note_subject", "subject_kind", "subject"),)
    id: int | None = Field(default=None, primary_key=True)
    subject_kind: str
    subject: str
    text: str
    created: str
    write: int | None


class StoredTag(SQLModel, table=True):
    """A user's tag on models, families or techniques."""

    __tablename__ = "tag"
    subject_kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    tag: str = Field(primary_key=True)
    write: int | None


class StoredWrite(SQLModel, table=True):
    """One write of the user's: time, command, summary, and the write that undid it."""

    __tablename__ = "write_log"
    id: int | None = Field(default=None, primary_key=True)
    at: str
    command: str
    summary: str
    undoes: int | None
    undone_by: int | None


class StoredRemoval(SQLModel, table=True):
    """A row that a write deleted, as JSON, so that `undo` can restore it."""

    __tablename__ = "removed"
    id: int | None = Field(default=None, primary_key=True)
    write: int = Field(index=True)
    table_name: str
    row: str
    restored_by: int | None


class StoredReading(SQLModel, table=True):
    """A technique or family marked as read; `read_at` is an ISO time in UTC."""

    __tablename__ = "reading"
    kind: str = Field(primary_key=True)
    target: str = Field(primary_key=True)
    read_at: str


class StoredReviewCard(SQLModel, table=True):
    """One card of the quiz: `state` is the scheduler's JSON, times are ISO in UTC."""

    __tablename__ = "review_card"
    id: str = Field(primary_key=True)
    state: str
    due: str = Field(index=True)
    last_review: str | None


class StoredReview(SQLModel, table=True):
    """One answer to a card; `log` is the scheduler's JSON of it."""

    __tablename__ = "review_log"
    id: int | None = Field(default=None, primary_key=True)
    card: str = Field(index=True)
    rating: int
    reviewed_at: str
    log: str
