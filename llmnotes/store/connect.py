"""Opens the curated and the user's store together, read-only.

Both files are opened read-only and joined by temporary views in memory. The public views (`models`,
`claims`, `sources`, …) therefore always show the merged rows.
"""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from llmnotes.errors import StoreError
from llmnotes.store.files import MAGIC, uri
from llmnotes.store.paths import ANOTHER, CURATED, is_there

MERGED = {
    "claims": ("claim", None),
    "sources": ("source", "id"),
    "families": ("family", "id"),
    "organizations": ("organization", "id"),
    "techniques": ("technique", "id"),
    "topics": ("topic", None),
    "editions": ("edition", "name"),
    "changes": ("value_change", None),
    "names": ("name", None),
    "notes": ("note", None),
    "tags": ("tag", None),
    "writes": ("write_log", None),
}
"""The table behind each public view, and the key by which a curated row replaces a user's."""

_WAIT_SECONDS = 30.0


def connect(user: Path | None = None, curated: Path = CURATED) -> sqlite3.Connection:
    """A read-only connection to the curated store, joined with the user's where it exists.

    Raises `StoreError` with the faulty file, the fault and the repair.
    """
    connection = open_curated(curated)
    try:
        if user is not None and is_there(user):
            _attach(connection, user)
    except BaseException:
        connection.close()
        raise
    return connection


def open_curated(curated: Path = CURATED) -> sqlite3.Connection:
    """A read-only connection to the curated store alone.

    Raises `StoreError` where it is missing or damaged.
    """
    if not curated.is_file():
        raise StoreError(
            f"the curated store {curated} is missing; reinstall llmnotes, or in a checkout run "
            "`python -m llmnotes.store.build`"
        )
    connection = sqlite3.connect(
        f"{uri(curated)}?mode=ro&immutable=1",
        uri=True,
        timeout=_WAIT_SECONDS,
        isolation_level=None,
    )
    try:
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("SELECT value FROM fact").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        raise StoreError(
            f"the curated store {curated} is damaged ({error}); reinstall llmnotes"
        ) from error
    return connection


def _attach(connection: sqlite3.Connection, user: Path) -> None:
    check_header(user)
    recover(user)
    try:
        connection.execute("ATTACH ? AS user", (f"{uri(user)}?mode=ro",))
        check_revision(connection, user)
        _join(connection)
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"the store {user} cannot be read ({error}); `llmnotes db check` says more, "
            "`llmnotes db restore FILE` brings a backup back, and `--db PATH` or LLMNOTES_DB "
            "chooses another"
        ) from error


def recover(user: Path) -> None:
    """Roll back the unfinished transaction of a killed writer from SQLite's journal.

    Does nothing while the writer is alive, or where there is no journal.
    """
    if user.with_name(user.name + "-journal").exists():
        _touch(user, "SELECT count(*) FROM sqlite_master")


def settle(user: Path) -> None:
    """Merge the journals beside the store into it, so that the file alone is complete.

    Raises `StoreError` where another program holds the journal.
    """
    recover(user)
    ahead = user.with_name(user.name + "-wal")
    if ahead.exists():
        _touch(user, "PRAGMA journal_mode = DELETE")
        if ahead.exists() and ahead.stat().st_size:
            raise StoreError(f"another program holds the store {user}; end it and try again")


def _touch(user: Path, statement: str) -> None:
    with suppress(sqlite3.DatabaseError):  # opening the store reports the fault
        connection = sqlite3.connect(f"{uri(user)}?mode=rw", uri=True, timeout=_WAIT_SECONDS)
        try:
            connection.execute(statement).fetchone()
        finally:
            connection.close()


_KINDS = {
    stat.S_IFDIR: "a folder; name a file in it",
    stat.S_IFIFO: "a pipe; name a file",
    stat.S_IFSOCK: "a socket; name a file",
    stat.S_IFCHR: "a device; name a file",
    stat.S_IFBLK: "a device; name a file",
}


def check_kind(path: Path) -> None:
    """Raise `StoreError` where `path` is a folder, a pipe, a socket or a device; `OSError` where it is
    not there."""
    kind = stat.S_IFMT(path.stat().st_mode)
    if kind in _KINDS:
        raise StoreError(f"the store {path} is {_KINDS[kind]}, or {ANOTHER}")


def check_header(path: Path) -> None:
    """Raise `StoreError` unless `path` is a readable file with the header of a store."""
    try:
        check_kind(path)
        with path.open("rb") as file:
            header = file.read(len(MAGIC))
    except PermissionError as error:
        raise StoreError(f"the store {path} may not be read; allow it, or {ANOTHER}") from error
    except OSError as error:
        raise StoreError(
            f"the store {path} cannot be opened ({error.strerror}); {ANOTHER}"
        ) from error
    if header != MAGIC:
        raise StoreError(
            f"{path} is not an llmnotes store (no SQLite file); move it away, or {ANOTHER}"
        )


def check_revision(connection: sqlite3.Connection, user: Path) -> str:
    """The schema revision of the attached store.

    Raises `StoreError` where it is unknown, or newer than this package.
    """
    known = json.loads(
        connection.execute("SELECT value FROM main.fact WHERE key = 'revisions'").fetchone()[0]
    )
    try:
        found = connection.execute("SELECT version_num FROM user.alembic_version").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        found = None
    if found is None:
        raise StoreError(
            f"{user} is an SQLite file but not an llmnotes store; choose another with `--db PATH`"
        )
    if found[0] not in known:
        raise StoreError(
            f"the store {user} was written by a newer llmnotes (schema {found[0]}, this one knows "
            f"up to {known[-1]}); upgrade llmnotes with `pip install --upgrade llmnotes`"
        )
    return str(found[0])


def _join(connection: sqlite3.Connection) -> None:
    """Create temporary views with the rows of both stores under the public names."""
    there = {row[0] for row in connection.execute("SELECT name FROM user.sqlite_master")}
    for view, (table, key) in MERGED.items():
        if table in there:
            merge(connection, view, table, key)
    if is_fresh(connection):
        arms = FRESH
    else:
        from llmnotes.store.overlay import overlay

        overlay(connection)
        arms = STALE
    for view, columns, queries in (
        ("models", ", ".join(_columns(connection, "main", "model_record")), arms.records),
        ("model_values", "model, attribute, position, coalesce(number, value) AS value", arms.values),
    ):  # fmt: skip
        mine = columns if view == "model_values" else _available(connection, "model_record")
        parts = [
            f"SELECT {mine if source.startswith('user.') else columns} FROM {source}"
            for source in queries
        ]
        connection.execute(f"CREATE TEMP VIEW {view} AS {' UNION ALL '.join(parts)}")


class Arms(NamedTuple):
    """The tables that make up the views `models` and `model_values`, and the rows left out of each."""

    records: tuple[str, ...]
    values: tuple[str, ...]


_HIDDEN = "NOT EXISTS (SELECT 1 FROM {other} WHERE {other}.id = {own})"


def _guarded(table: str, key: str, *others: str) -> str:
    tests = " AND ".join(_HIDDEN.format(other=other, own=f"m.{key}") for other in others)
    return f"{table} m WHERE {tests}"


_OWN = " AND EXISTS (SELECT 1 FROM user.model o WHERE o.id = m.{})"
"""Excludes resolved values of curated models that this edition no longer has."""

FRESH = Arms(
    (_guarded("main.model_record", "id", "user.model_record"), "user.model_record m WHERE 1"),
    (_guarded("main.model_value", "model", "user.model_record"), "user.model_value m WHERE 1"),
)
"""The user's store was written with this edition of the curated layer: its resolved rows replace the
curated ones."""

STALE = Arms(
    (
        _guarded("main.model_record", "id", "temp.overlay_record"),
        "temp.overlay_record m WHERE 1",
        _guarded("user.model_record", "id", "temp.overlay_record", "main.model")
        + _OWN.format("id"),
    ),
    (
        _guarded("main.model_value", "model", "temp.overlay_record"),
        "temp.overlay_value m WHERE 1",
        _guarded("user.model_value", "model", "temp.overlay_record", "main.model")
        + _OWN.format("model"),
    ),
)
"""The curated layer is of another edition: models in both stores are resolved when the stores are opened."""

ALONE = Arms(("main.model_record m WHERE 1",), ("main.model_value m WHERE 1",))
"""There is no user's store."""


def arms(connection: sqlite3.Connection) -> Arms:
    """The tables that make up `models` on this connection, so that each can be queried by its indexes."""
    if not any(row[1] == "user" for row in connection.execute("PRAGMA database_list")):
        return ALONE
    there = connection.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'overlay_record'")
    found = STALE if there.fetchone() else FRESH
    columns = _available(connection, "model_record")
    if "NULL AS " not in columns:
        return found
    filled = f"(SELECT rowid AS rowid, {columns} FROM user.model_record) m "
    return Arms(
        tuple(table.replace("user.model_record m ", filled, 1) for table in found.records),
        found.values,
    )


def is_fresh(connection: sqlite3.Connection) -> bool:
    """Whether the user's resolved values were computed with the current edition."""
    facts = dict(
        connection.execute(
            "SELECT 'curated', value FROM main.fact WHERE key = 'digest' UNION ALL "
            "SELECT 'user', value FROM user.fact WHERE key = 'resolved_with'"
        ).fetchall()
    )
    return "user" in facts and facts["user"] == facts.get("curated")


def merge(connection: sqlite3.Connection, view: str, table: str, key: str | None) -> None:
    """Create a temporary view of both stores' rows; a curated row replaces a user's with the same key."""
    columns = ", ".join(_columns(connection, "main", table))
    hidden = f"NOT EXISTS (SELECT 1 FROM main.{table} c WHERE c.{key} = r.{key})" if key else "1"
    connection.execute(
        f"CREATE TEMP VIEW {view} AS SELECT {columns} FROM main.{table} UNION ALL "
        f"SELECT {_available(connection, table)} FROM user.{table} r WHERE {hidden}"
    )


def _columns(connection: sqlite3.Connection, schema: str, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA {schema}.table_info({table})")]


def _available(connection: sqlite3.Connection, table: str) -> str:
    """The columns of `table`, with NULL for those that an older user's store lacks."""
    there = set(_columns(connection, "user", table))
    return ", ".join(
        name if name in there else f"NULL AS {name}" for name in _columns(connection, "main", table)
    )
