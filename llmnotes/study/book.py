"""A book of one's own notes, the course's techniques, and tables of the models."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from llmnotes.knowledge.compare import ModelComparison, compare
from llmnotes.study.explain import technique_pages
from llmnotes.study.reading import read_marks, user_has
from llmnotes.study.techniques import techniques
from llmnotes.study.topics import course, part


class Note(NamedTuple):
    """A user's note with the name of its subject."""

    subject: str
    created: str
    text: str


class Chapter(NamedTuple):
    """A section of the course or a category of techniques; a technique is in its first one.

    `items` are the course's items of the section with the techniques of each.
    """

    title: str
    items: list[tuple[str, list[str]]]
    pages: list[dict[str, Any]]


class Book(NamedTuple):
    """The content of the book, in order."""

    notes: list[Note]
    chapters: list[Chapter]
    tables: list[tuple[str, ModelComparison]]


def book(
    connection: sqlite3.Connection, *, topics: Iterable[str] = (), only_read: bool = False
) -> Book:
    """The book of the whole base, or of the course's `topics`.

    `only_read` leaves out techniques that are not marked as read. Raises `InputError` for an unknown topic.
    """
    everything = course(connection)
    chosen = [section for name in topics for section in part(connection, everything, name)]
    marks = read_marks(connection)
    known = techniques(connection)
    wanted = {key for key in known if not only_read or ("technique", key) in marks}
    done: set[str] = set()
    chapters = [_section(connection, section, wanted, done) for section in chosen or everything]
    if not chosen:
        categories: dict[str, list[str]] = {}
        for key, item in known.items():
            if key in wanted - done:
                categories.setdefault(item.category, []).append(key)
        chapters += [
            Chapter(f"More on {category}", [], technique_pages(connection, keys))
            for category, keys in categories.items()
        ]
    families = {
        target["id"]
        for section in chosen
        for item in section["items"]
        for target in item["targets"]
        if target["kind"] == "family"
    }
    tables = _tables(connection, families if chosen else None)
    return Book(_notes(connection), [item for item in chapters if item.pages], tables)


def _section(
    connection: sqlite3.Connection, section: dict[str, Any], wanted: set[str], done: set[str]
) -> Chapter:
    keys: dict[str, None] = {}
    items = []
    for item in section["items"]:
        leads = [target["id"] for target in item["targets"] if target["kind"] == "technique"]
        keys |= dict.fromkeys(key for key in leads if key in wanted and key not in done)
        items.append((item["name"], leads))
    done |= set(keys)
    return Chapter(section["name"], items, technique_pages(connection, keys))


def _tables(
    connection: sqlite3.Connection, families: set[str] | None
) -> list[tuple[str, ModelComparison]]:
    """A table for each line of models, its generations side by side."""
    lines: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for key, name, line in connection.execute(
        "SELECT id, name, line FROM families f ORDER BY "
        "(SELECT min(release_date_min) FROM models m WHERE m.family = f.id) NULLS LAST, id"
    ):
        if families is None or key in families:
            lines.setdefault(line or key, []).append(key)
            names[key] = name
    return [
        (", ".join(names[key] for key in keys), compare(connection, keys))
        for keys in lines.values()
    ]


def _notes(connection: sqlite3.Connection) -> list[Note]:
    if not user_has(connection, "note"):
        return []
    rows = connection.execute(
        "SELECT coalesce(t.name, f.name, m.name, n.subject), n.created, n.text FROM user.note n "
        "LEFT JOIN techniques t ON n.subject_kind = 'technique' AND t.id = n.subject "
        "LEFT JOIN families f ON n.subject_kind = 'family' AND f.id = n.subject "
        "LEFT JOIN models m ON n.subject_kind = 'model' AND m.id = n.subject "
        "ORDER BY n.subject_kind, n.subject, n.id"
    )
    return [Note(*row) for row in rows]
