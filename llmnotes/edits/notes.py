"""`note` and `tag`: the user's notes and tags on models, families and techniques."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.knowledge.name_meaning import Subject
from llmnotes.knowledge.names import find
from llmnotes.store.log import now, remove
from llmnotes.store.session import Outcome, outcome, session
from llmnotes.vocabulary import fold

LONGEST_NOTE = 100_000
_TAG = re.compile(r"\w[\w.:/+-]{0,63}")


def noted_subject(connection: sqlite3.Connection, name: str) -> Subject:
    """The model, family or technique called `name`; raises `InputError` where there is none."""
    try:
        return find(connection, name)
    except InputError as error:
        for key, title, aliases in connection.execute("SELECT id, name, aliases FROM techniques"):
            if fold(name) in {fold(word) for word in (key, title, *json.loads(aliases))}:
                return Subject("technique", key, title)
        raise InputError(f"{error} (no technique is called so either)") from error


def add_note(store: Path, name: str, text: str) -> Outcome:
    """Add a note to a model, a family or a technique.

    Raises `InputError` for an empty or overlong text.
    """
    cleaned = "".join(char for char in text if char.isprintable() or char in "\n\t").strip()
    if not cleaned:
        raise InputError("the note is empty; nothing was written")
    if len(cleaned) > LONGEST_NOTE:
        raise InputError(f"the note has {len(cleaned):,} characters; {LONGEST_NOTE:,} are allowed")
    with session(store, "note") as opened:
        subject = noted_subject(opened.connection, name)
        opened.connection.execute(
            "INSERT INTO user.note (subject_kind, subject, text, created, write) "
            "VALUES (?, ?, ?, ?, ?)",
            (subject.kind, subject.id, cleaned, now(), opened.write),
        )
        opened.touch(subject.kind, subject.id)
        opened.record("noted", subject.id, value=cleaned)
    return outcome(opened)


def delete_note(store: Path, number: int) -> Outcome:
    """Delete a note; raises `InputError` where no note has this number."""
    with session(store, "note") as opened:
        row = opened.connection.execute(
            "SELECT subject_kind, subject FROM user.note WHERE id = ?", (number,)
        ).fetchone()
        if row is None:
            raise InputError(f"there is no note {number}; `llmnotes note` lists them")
        remove(opened.connection, opened.write, "note", "r.id = ?", number)
        opened.touch(*row)
        opened.record("deleted note of", row[1])
    return outcome(opened)


def notes(connection: sqlite3.Connection, name: str | None = None) -> list[dict[str, Any]]:
    """Notes with their numbers, oldest first; of one subject or of all."""
    columns = ("id", "subject_kind", "subject", "text", "created")
    return _rows(connection, "notes", columns, "id", name)


def set_tags(store: Path, name: str, words: list[str], *, take_away: bool = False) -> Outcome:
    """Add or remove tags of a subject; raises `InputError` for an invalid tag."""
    for word in words:
        if not _TAG.fullmatch(word):
            raise InputError(
                f"{word[:60]!r} is not a tag: letters, digits, and . : / + - within, at most 64"
            )
    with session(store, "tag") as opened:
        subject = noted_subject(opened.connection, name)
        for word in words:
            there = opened.connection.execute(
                "SELECT 1 FROM user.tag WHERE subject_kind = ? AND subject = ? AND tag = ?",
                (subject.kind, subject.id, word),
            ).fetchone()
            if bool(there) != take_away:
                remark = "it has this tag already" if there else "it does not have this tag"
                opened.record("kept", subject.id, value=word, remark=remark)
            elif take_away:
                remove(
                    opened.connection, opened.write, "tag",
                    "r.subject_kind = ? AND r.subject = ? AND r.tag = ?",
                    subject.kind, subject.id, word,
                )  # fmt: skip
                opened.record("untagged", subject.id, value=word)
            else:
                opened.connection.execute(
                    "INSERT INTO user.tag (subject_kind, subject, tag, write) VALUES (?, ?, ?, ?)",
                    (subject.kind, subject.id, word, opened.write),
                )
                opened.record("tagged", subject.id, value=word)
    return outcome(opened)


def tags(connection: sqlite3.Connection, name: str | None = None) -> list[dict[str, Any]]:
    """Tags with their subjects, of one subject or of all."""
    return _rows(connection, "tags", ("tag", "subject_kind", "subject"), "tag, subject", name)


def _rows(
    connection: sqlite3.Connection,
    view: str,
    columns: tuple[str, ...],
    order: str,
    name: str | None,
) -> list[dict[str, Any]]:
    """The rows of a view by subject: of all subjects, or of the one called `name`."""
    condition, values = "1", tuple[str, ...]()
    if name is not None:
        subject = noted_subject(connection, name)
        condition, values = "subject_kind = ? AND subject = ?", (subject.kind, subject.id)
    cursor = connection.execute(
        f"SELECT {', '.join(columns)} FROM {view} WHERE {condition} ORDER BY {order}", values
    )
    return [dict(zip(columns, row, strict=True)) for row in cursor]
