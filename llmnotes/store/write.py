"""Opens the user's store for one atomic write.

A small write is one SQLite transaction. A large one is made on a copy that then replaces the store: readers
keep the file they opened, nobody waits, and an interruption leaves the store unchanged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from llmnotes.errors import StoreError
from llmnotes.store.connect import (
    MERGED,
    check_header,
    check_kind,
    check_revision,
    merge,
    open_curated,
    recover,
    settle,
)
from llmnotes.store.files import (
    copy_store,
    create_private,
    forget_unfinished,
    put_in_place,
    unfinished_file,
    uri,
)
from llmnotes.store.lock import cannot_write, only_writer
from llmnotes.store.migrate import migrate, newest

_WAIT_SECONDS = 60.0


@contextmanager
def writing(user: Path, *, large: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection in a transaction, with the curated store as `main` and the user's as `user`.

    Both are joined in the public views, except `models`, which shows the unresolved rows. Raises
    `StoreError` where the store cannot be written to; it is then unchanged.
    """
    with suppress(OSError):  # what is not there is made
        check_kind(user)
    with only_writer(user), _plain_errors(user):
        forget_unfinished(user)
        if not user.exists() or _outdated(user):
            large = True
        if not large:
            with closing(_open(user)) as connection:
                yield from _transaction(connection)
            return
        unfinished = unfinished_file(user)
        try:
            settle(user)
            _copy(user, unfinished)
            with closing(_open(unfinished)) as connection:
                connection.execute("PRAGMA user.journal_mode = OFF")
                connection.execute("PRAGMA user.synchronous = OFF")
                connection.execute("PRAGMA user.cache_size = -65536")
                yield from _transaction(connection)
            put_in_place(unfinished, user)
        finally:
            unfinished.unlink(missing_ok=True)


def _transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _open(store: Path) -> sqlite3.Connection:
    from llmnotes.store.overlay import bare_models

    connection = open_curated()
    connection.execute("ATTACH ? AS user", (f"{uri(store)}?mode=rw",))
    connection.execute(f"PRAGMA busy_timeout = {int(_WAIT_SECONDS * 1000)}")
    for view, (table, key) in MERGED.items():
        merge(connection, view, table, key)
    bare_models(connection)
    return connection


def create_empty(path: Path) -> None:
    """Create an empty private store with the schema of the curated one, faster than by migrating."""
    create_private(path)
    with closing(open_curated()) as curated, closing(sqlite3.connect(path)) as new, new:
        new.execute("BEGIN")
        for (statement,) in curated.execute(_SCHEMA):
            new.execute(statement)
        new.execute("INSERT INTO alembic_version VALUES (?)", (newest(curated),))


_SCHEMA = """
    SELECT sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'text_index_*'
    ORDER BY rowid
"""
"""What makes each table and index; SQLite itself makes the tables behind the full-text one."""


def _outdated(user: Path) -> bool:
    """Whether the store has an older schema; raises `StoreError` where it is unknown or newer."""
    check_header(user)
    recover(user)
    with closing(open_curated()) as connection:
        connection.execute("ATTACH ? AS user", (f"{uri(user)}?mode=ro",))
        return check_revision(connection, user) != newest(connection)


def _copy(user: Path, unfinished: Path) -> None:
    """Copy the store with the newest schema; create a new one where there is none."""
    if user.exists():
        copy_store(user, unfinished)
        if not _outdated(unfinished):
            return
        migrate(unfinished)
    else:
        create_empty(unfinished)


@contextmanager
def _plain_errors(user: Path) -> Iterator[None]:
    """Convert SQLite's errors on a file into the fault of the store and its repair."""
    try:
        yield
    except Exception as error:
        reason = getattr(error, "orig", error)  # SQLAlchemy, in migrations, wraps SQLite's error
        if not isinstance(reason, sqlite3.DatabaseError) or isinstance(
            reason, sqlite3.IntegrityError | sqlite3.ProgrammingError
        ):
            raise
        text = str(reason)
        if "locked" in text:
            raise StoreError(
                f"another program holds the store {user}; end it and try again"
            ) from error
        if any(word in text for word in ("malformed", "not a database", "open database")):
            raise StoreError(
                f"the store {user} is damaged ({text}); nothing was changed. "
                "`llmnotes db restore FILE` brings a backup back"
            ) from error
        raise cannot_write(user, text) from error
