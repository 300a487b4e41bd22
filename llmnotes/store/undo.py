"""Undoes a write: deletes the rows it inserted and restores those it deleted."""

from __future__ import annotations

import sqlite3
from typing import Any

from llmnotes.errors import InputError
from llmnotes.store.log import TABLES, begin, columns, entries, finish, remove
from llmnotes.store.resolved import resolve_again
from llmnotes.store.search_index import refresh_search_index


def undo(connection: sqlite3.Connection, number: int | None = None) -> dict[str, Any]:
    """Undo write `number`, or the latest one in effect; returns its log entry.

    Raises `InputError` where there is none, it is already undone, or a later one depends on it.
    """
    entry = _chosen(connection, number)
    _refuse_if_built_on(connection, entry["id"])
    write = begin(connection, "undo", entry["id"])
    touched = _subjects(connection, entry["id"])
    models, families = touched.get("model", set()), touched.get("family", set())
    for table in reversed(TABLES):
        remove(connection, write, table, "r.write = ?", entry["id"])
    _take_back_restored(connection, entry["id"])
    _restore(connection, entry["id"], write)
    _restore_shared(connection)
    connection.execute("UPDATE user.write_log SET undone_by = ? WHERE id = ?", (write, entry["id"]))
    connection.execute(
        "UPDATE user.write_log SET undone_by = NULL WHERE id = ?", (entry["undoes"],)
    )
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


_SPEAKS_OF = """
    SELECT t.write FROM user.{table} t
    WHERE t.write <> :write AND t.{kind_column} = '{kind}'
      AND t.{column} IN (SELECT id FROM user.{kind} WHERE write = :write)
      AND t.{column} NOT IN (SELECT id FROM main.{kind})
"""
_IN_FAMILY = """
    SELECT m.write FROM user.model m
    WHERE m.write <> :write AND m.family IN (SELECT id FROM user.family WHERE write = :write)
      AND m.family NOT IN (SELECT id FROM main.family)
"""
_TOOK_AWAY = """
    SELECT later.write FROM user.removed later
    WHERE later.restored_by IS NULL AND later.write <> :write
      AND json_extract(later.row, '$.write') = :write
    UNION ALL SELECT later.write FROM user.removed later
    WHERE later.restored_by IS NULL AND later.write <> :write AND (later.table_name, later.row) IN
      (SELECT table_name, row FROM user.removed WHERE restored_by = :write)
"""


def _refuse_if_built_on(connection: sqlite3.Connection, write: int) -> None:
    """Refuse where another write refers to a subject that this one inserted, or deleted its rows."""
    queries = [
        _SPEAKS_OF.format(table=table, kind=kind, kind_column=kinds, column=column)
        for table, kinds, column in (
            ("claim", "subject_kind", "subject"), ("note", "subject_kind", "subject"),
            ("tag", "subject_kind", "subject"), ("name", "kind", "target"),
        )
        for kind in ("family", "model")
    ]  # fmt: skip
    queries += [_IN_FAMILY, _TOOK_AWAY]
    found = connection.execute(
        f"SELECT DISTINCT * FROM ({' UNION ALL '.join(queries)}) ORDER BY 1 DESC LIMIT 5",
        {"write": write},
    ).fetchall()
    if found:
        listed = ", ".join(str(row[0]) for row in found)
        raise InputError(
            f"write {write} cannot be undone alone: later ones build on what it brought in; "
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
    WHERE (write = :write OR restored_by = :write) AND table_name IN ('claim', 'note', 'tag')
    UNION SELECT json_extract(row, '$.kind'), json_extract(row, '$.target') FROM user.removed
    WHERE (write = :write OR restored_by = :write) AND table_name = 'name'
    UNION SELECT table_name, json_extract(row, '$.id') FROM user.removed
    WHERE (write = :write OR restored_by = :write) AND table_name IN ('model', 'family')
"""


def _subjects(connection: sqlite3.Connection, write: int) -> dict[str, set[str]]:
    """Ids by kind that a write inserted rows for or deleted rows of."""
    found: dict[str, set[str]] = {}
    for kind, subject in connection.execute(_SUBJECTS, {"write": write}):
        found.setdefault(kind, set()).add(subject)
    return found


def _restore(connection: sqlite3.Connection, undone: int, write: int) -> None:
    """Restore the rows that the undone write deleted."""
    for table in ("claim", "note"):
        _renumber(connection, undone, table)
    for table in TABLES:
        names = columns(connection, table)
        values = ", ".join(f"json_extract(row, '$.{name}')" for name in names)
        connection.execute(
            f"INSERT OR IGNORE INTO user.{table} ({', '.join(names)}) SELECT {values} "
            "FROM user.removed WHERE write = ? AND table_name = ? AND restored_by IS NULL "
            "ORDER BY id",
            (undone, table),
        )
    connection.execute(
        "UPDATE user.removed SET restored_by = ? WHERE write = ? AND restored_by IS NULL",
        (write, undone),
    )


_USERS = {
    "source": "SELECT source AS id, write FROM user.claim",
    "organization": "SELECT j.value AS id, c.write FROM user.claim c JOIN json_each(c.value) j "
    "WHERE c.attribute = 'organization'",
}
"""The tables that refer to a source or publisher: its id column and the write's."""


def _restore_shared(connection: sqlite3.Connection) -> None:
    """Restore the sources and publishers that claims still refer to, owned by the first such write.

    They were deleted with the write that first used them, though other writes use them too.
    """
    for table, users in _USERS.items():
        names = [name for name in columns(connection, table) if name != "write"]
        values = ", ".join(f"json_extract(r.row, '$.{name}')" for name in names)
        connection.execute(
            f"INSERT OR IGNORE INTO user.{table} ({', '.join(names)}, write) "
            f"SELECT {values}, min(u.write) FROM user.removed r "
            f"JOIN ({users}) u ON u.id = json_extract(r.row, '$.id') "
            f"WHERE r.table_name = '{table}' AND u.id NOT IN (SELECT id FROM main.{table}) "
            "GROUP BY u.id",
        )
    connection.execute(
        "INSERT OR IGNORE INTO user.name (kind, key, target, text, is_id, write) "
        "SELECT 'organization', json_extract(r.row, '$.key'), o.id, json_extract(r.row, '$.text'), "
        "json_extract(r.row, '$.is_id'), o.write FROM user.removed r JOIN user.organization o "
        "ON o.id = json_extract(r.row, '$.target') "
        "WHERE r.table_name = 'name' AND json_extract(r.row, '$.kind') = 'organization' "
        "AND o.id NOT IN (SELECT target FROM user.name WHERE kind = 'organization')"
    )


def _renumber(connection: sqlite3.Connection, undone: int, table: str) -> None:
    """Give rows that come back a new number where theirs was given to another one meanwhile.

    A new number is larger than all that stand and all that come back with it.
    """
    connection.execute(
        "UPDATE user.removed SET row = json_set(row, '$.id', id + (SELECT max(number) FROM ("
        f"SELECT id AS number FROM user.{table} UNION ALL "
        "SELECT json_extract(row, '$.id') FROM user.removed WHERE table_name = :table))) "
        "WHERE write = :write AND table_name = :table AND restored_by IS NULL "
        f"AND json_extract(row, '$.id') IN (SELECT id FROM user.{table})",
        {"write": undone, "table": table},
    )


_KEYS = {
    "organization": ("id",), "source": ("id",), "family": ("id",), "model": ("id",),
    "name": ("kind", "key", "target"), "claim": ("id",), "note": ("id",),
    "tag": ("subject_kind", "subject", "tag"),
}  # fmt: skip


def _take_back_restored(connection: sqlite3.Connection, undone: int) -> None:
    """Where the undone write was itself an undo: delete again what it restored."""
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
