"""The log of writes, and taking one back.

Every row of the user's carries the number of the write that brought it in; every row that a write
takes away is kept as JSON. Undoing is a write of its own, so it can be undone too.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Any

from llmnotes.errors import InputError
from llmnotes.store.resolved import resolve_again

TABLES = ("organization", "source", "family", "model", "name", "claim", "note", "tag")
"""Tables whose rows belong to a write; what is referred to comes first."""


def now() -> str:
    """The present second, UTC, as stored."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def begin(connection: sqlite3.Connection, command: str, undoes: int | None = None) -> int:
    """Open an entry of the log and return its number; `finish` says what the write did."""
    cursor = connection.execute(
        "INSERT INTO user.write_log (id, at, command, summary, undoes) "
        "VALUES ((SELECT coalesce(max(id), 0) + 1 FROM user.write_log), ?, ?, '', ?)",
        (now(), command, undoes),
    )
    return int(cursor.lastrowid or 0)


def finish(connection: sqlite3.Connection, write: int, summary: str) -> None:
    """Say in the log what the write did."""
    connection.execute("UPDATE user.write_log SET summary = ? WHERE id = ?", (summary, write))


def remove(
    connection: sqlite3.Connection, write: int, table: str, condition: str, *values: Any
) -> int:
    """Take rows away as part of a write, keeping them for `undo`; returns how many."""
    pairs = ", ".join(f"'{name}', r.{name}" for name in _columns(connection, table))
    connection.execute(
        "INSERT INTO user.removed (write, table_name, row) "
        f"SELECT ?, ?, json_object({pairs}) FROM user.{table} r WHERE {condition}",
        (write, table, *values),
    )
    cursor = connection.execute(f"DELETE FROM user.{table} AS r WHERE {condition}", values)
    return cursor.rowcount


def entries(connection: sqlite3.Connection, limit: int | None = None) -> list[dict[str, Any]]:
    """The log, latest first."""
    cursor = connection.execute(
        "SELECT id, at, command, summary, undoes, undone_by FROM writes ORDER BY id DESC LIMIT ?",
        (-1 if limit is None else limit,),
    )
    names = [description[0] for description in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def undo(connection: sqlite3.Connection, number: int | None = None) -> dict[str, Any]:
    """Take back write `number`, or the latest that stands; returns its entry of the log.

    Raises `InputError` where there is none, it is taken back already, or a later one builds on it.
    """
    entry = _chosen(connection, number)
    _refuse_if_built_on(connection, entry["id"])
    write = begin(connection, "undo", entry["id"])
    touched = _subjects(connection, entry["id"])
    models, families = touched.get("model", set()), touched.get("family", set())
    _keep_shared(connection, entry["id"])
    for table in reversed(TABLES):
        remove(connection, write, table, "r.write = ?", entry["id"])
    _take_back_restored(connection, entry["id"])
    _restore(connection, entry["id"], write)
    connection.execute("UPDATE user.write_log SET undone_by = ? WHERE id = ?", (write, entry["id"]))
    connection.execute(
        "UPDATE user.write_log SET undone_by = NULL WHERE id = ?", (entry["undoes"],)
    )
    from llmnotes.store.search_index import refresh_search_index

    refresh_search_index(connection, models, families, touched.get("technique", ()))
    resolve_again(connection, models, families)
    finish(connection, write, f"took back {entry['id']}: {entry['summary']}")
    return entry


def _chosen(connection: sqlite3.Connection, number: int | None) -> dict[str, Any]:
    found = entries(connection)
    if number is None:
        standing = [item for item in found if item["undone_by"] is None and item["undoes"] is None]
        if not standing:
            raise InputError("there is no write to undo; `llmnotes log` lists them")
        return standing[0]
    for item in found:
        if item["id"] == number:
            if item["undone_by"] is not None:
                raise InputError(
                    f"write {number} is taken back already, by write {item['undone_by']}; "
                    f"`llmnotes undo {item['undone_by']}` brings it again"
                )
            return item
    raise InputError(f"there is no write {number}; `llmnotes log` lists them")


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA user.table_info({table})")]


_LEANS = """
    SELECT t.write FROM user.{table} t
    WHERE t.write <> :write AND t.subject_kind = '{kind}'
      AND t.subject IN (SELECT id FROM user.{kind} WHERE write = :write)
      AND t.subject NOT IN (SELECT id FROM main.{kind})
"""


def _refuse_if_built_on(connection: sqlite3.Connection, write: int) -> None:
    """Refuse where claims, notes or tags of another write speak of a model this one brought in."""
    queries = [
        _LEANS.format(table=table, kind=kind)
        for table in ("claim", "note", "tag")
        for kind in ("family", "model")
    ]
    queries.append(
        "SELECT m.write FROM user.model m WHERE m.write <> :write AND m.family IN "
        "(SELECT id FROM user.family WHERE write = :write)"
    )
    found = connection.execute(
        f"SELECT DISTINCT * FROM ({' UNION ALL '.join(queries)}) ORDER BY 1 DESC LIMIT 5",
        {"write": write},
    ).fetchall()
    if found:
        listed = ", ".join(str(row[0]) for row in found)
        raise InputError(
            f"write {write} cannot be undone alone: later ones speak of what it brought in; "
            f"undo {listed} first"
        )


_SUBJECTS = """
    SELECT subject_kind, subject FROM user.claim WHERE write = :write
    UNION SELECT subject_kind, subject FROM user.note WHERE write = :write
    UNION SELECT 'model', id FROM user.model WHERE write = :write
    UNION SELECT 'family', id FROM user.family WHERE write = :write
    UNION SELECT kind, target FROM user.name WHERE write = :write
    UNION SELECT json_extract(row, '$.subject_kind'), json_extract(row, '$.subject')
    FROM user.removed
    WHERE (write = :write OR restored_by = :write) AND table_name IN ('claim', 'note')
    UNION SELECT table_name, json_extract(row, '$.id') FROM user.removed
    WHERE (write = :write OR restored_by = :write) AND table_name IN ('model', 'family')
"""


def _subjects(connection: sqlite3.Connection, write: int) -> dict[str, set[str]]:
    """By kind, what a write added something to or took something away from."""
    found: dict[str, set[str]] = {}
    for kind, subject in connection.execute(_SUBJECTS, {"write": write}):
        found.setdefault(kind, set()).add(subject)
    return found


def _keep_shared(connection: sqlite3.Connection, write: int) -> None:
    """A source or publisher that other writes use too passes to the first of them."""
    connection.execute(
        "UPDATE user.source SET write = coalesce((SELECT min(c.write) FROM user.claim c "
        "WHERE c.source = source.id AND c.write <> :write), write) WHERE write = :write",
        {"write": write},
    )
    connection.execute(
        "UPDATE user.organization SET write = coalesce((SELECT min(c.write) FROM user.claim c "
        "JOIN json_each(c.value) j WHERE c.attribute = 'organization' AND j.value = organization.id "
        "AND c.write <> :write), write) WHERE write = :write",
        {"write": write},
    )
    connection.execute(
        "UPDATE user.name SET write = (SELECT o.write FROM user.organization o WHERE o.id = target) "
        "WHERE write = :write AND kind = 'organization' "
        "AND EXISTS (SELECT 1 FROM user.organization o WHERE o.id = target AND o.write <> :write)",
        {"write": write},
    )


def _restore(connection: sqlite3.Connection, undone: int, write: int) -> None:
    """Bring back the rows that the undone write took away."""
    for table in TABLES:
        columns = _columns(connection, table)
        values = ", ".join(f"json_extract(row, '$.{name}')" for name in columns)
        connection.execute(
            f"INSERT OR IGNORE INTO user.{table} ({', '.join(columns)}) SELECT {values} "
            "FROM user.removed WHERE write = ? AND table_name = ? AND restored_by IS NULL "
            "ORDER BY id",
            (undone, table),
        )
    connection.execute(
        "UPDATE user.removed SET restored_by = ? WHERE write = ? AND restored_by IS NULL",
        (write, undone),
    )


_KEYS = {
    "organization": ("id",), "source": ("id",), "family": ("id",), "model": ("id",),
    "name": ("kind", "key", "target"), "claim": ("id",), "note": ("id",),
    "tag": ("subject_kind", "subject", "tag"),
}  # fmt: skip


def _take_back_restored(connection: sqlite3.Connection, undone: int) -> None:
    """Where the undone write was an undo itself: take away again what it had brought back."""
    for table, keys in _KEYS.items():
        extracted = ", ".join(f"json_extract(row, '$.{key}')" for key in keys)
        connection.execute(
            f"DELETE FROM user.{table} WHERE ({', '.join(keys)}) IN (SELECT {extracted} "
            "FROM user.removed WHERE restored_by = ? AND table_name = ?)",
            (undone, table),
        )
    connection.execute(
        "UPDATE user.removed SET restored_by = NULL WHERE restored_by = ?", (undone,)
    )
