"""Copies the merged base into a PostgreSQL database in one transaction.

The tables and their migrations are those of a store. Rows are replaced and tables kept: readers see the old
rows until the commit, and grants and others' views on the tables stay.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from llmnotes.errors import InputError, StoreError, quoted
from llmnotes.store.migrate import newest, upgrade
from llmnotes.store.shown import PUBLIC, SHOWN, count, rows

if TYPE_CHECKING:
    import psycopg
    import sqlalchemy

SCHEMA = "llmnotes"
"""The default schema of the tables, apart from the rest of the database."""

MISSING = "this needs psycopg, which is not installed: `pip install 'llmnotes[postgres]'`"

Progress = Callable[[int, int | None], None]

_ADDRESS = re.compile(r"postgres(ql)?://\S*")
_PLAIN_NAME = re.compile(r"(?!pg_)[a-z_][a-z0-9_]{0,62}")
_SECRETS = ("password", "sslpassword", "oauth_client_secret")
_TIMEOUT_SECONDS = "10"


@dataclass(frozen=True, slots=True)
class Pushed:
    """The state of the database after a push: address, revision, and row counts by table."""

    place: str
    schema: str
    revision: str
    rows: dict[str, int]


def push(
    base: sqlite3.Connection, address: str, schema: str = SCHEMA, progress: Progress | None = None
) -> Pushed:
    """Replace the content of the tables in `schema` by that of `base`.

    Raises:
        InputError: the address or the schema is invalid, or psycopg is not installed.
        StoreError: the server cannot be reached or refuses; the rows are then unchanged.
    """
    if not _ADDRESS.fullmatch(address):
        raise InputError("push takes an address as postgresql://USER@HOST/DATABASE")
    if not _PLAIN_NAME.fullmatch(schema):
        raise InputError(
            f"--schema takes a name of small letters, digits and _, not {quoted(schema)}"
        )
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError:
        raise InputError(MISSING) from None
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(address).items() if value}
    except (psycopg.Error, UnicodeError):  # the message repeats the address with its password
        raise InputError(
            "push: the address cannot be read; signs as @ / : % in a password are written %40 %2F %3A %25"
        ) from None
    place = _place(parts)
    with (
        _plain_errors(place, [parts[key] for key in _SECRETS if key in parts]),
        _transaction(address, parts.get("connect_timeout", _TIMEOUT_SECONDS)) as connection,
    ):
        return _push(base, connection, place, schema, progress or (lambda done, of: None))


@contextmanager
def _transaction(address: str, timeout: str) -> Iterator[sqlalchemy.Connection]:
    """A connection whose transaction is committed at the end, or rolled back on an error."""
    import psycopg
    import sqlalchemy

    engine = sqlalchemy.create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(address, connect_timeout=timeout),
        poolclass=sqlalchemy.NullPool,
    )
    with engine.begin() as connection:
        yield connection


def _place(parts: dict[str, str]) -> str:
    host = parts.get("host", "localhost")
    port = f":{parts['port']}" if "port" in parts else ""
    return f"{host}{port}/{parts.get('dbname', parts.get('user', ''))}".rstrip("/")


@contextmanager
def _plain_errors(place: str, secrets: list[str]) -> Iterator[None]:
    """Convert errors of the server or its library into one sentence without passwords."""
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        text = _reason(error)
    except Exception as error:
        reason = getattr(error, "orig", None)  # SQLAlchemy, in migrations, wraps it
        if not isinstance(reason, psycopg.Error):
            raise
        text = _reason(reason)
    else:
        return
    for secret in secrets:
        text = text.replace(secret, "***")
    raise StoreError(f"PostgreSQL at {place}: {text}; nothing was changed")


def _reason(error: psycopg.Error) -> str:
    """The last part of an error message, without its context: `connection to server at … failed`."""
    primary = error.diag.message_primary
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    hints = ("Is the server running", "Multiple connection attempts")
    told = [line for line in lines if not line.startswith(hints)] or ["it cannot be used"]
    return primary or re.sub(r"^.*(failed|FATAL): *", "", told[-1])


def _push(
    base: sqlite3.Connection,
    connection: sqlalchemy.Connection,
    place: str,
    schema: str,
    progress: Progress,
) -> Pushed:
    from llmnotes.store.tables import metadata

    tables = [table for table in metadata.sorted_tables if table.name in SHOWN]
    total = count(base)
    written: dict[str, int] = {}
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('llmnotes'), hashtext(%s))", [schema])
        _make_ready(base, cursor, schema, place)
        _migrate(connection)
        for table in tables:
            names = table.columns.keys()
            said = rows(base, table.name, names, table.primary_key.columns.keys())
            written[table.name] = _replace(cursor, table.name, names, said)
            progress(sum(written.values()), total)
    return Pushed(place, schema, newest(base), written)


def _make_ready(
    base: sqlite3.Connection, cursor: psycopg.Cursor[Any], schema: str, place: str
) -> None:
    """Create the schema, or check that it is ours, and set the search path to it."""
    cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema])
    if cursor.fetchone() is None:
        cursor.execute(f'CREATE SCHEMA "{schema}"'.encode())
    cursor.execute(f'SET LOCAL search_path TO "{schema}"'.encode())
    cursor.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = %s AND c.relkind IN ('r', 'p', 'v', 'm', 'f')", [schema]
    )  # fmt: skip
    there = {row[0] for row in cursor}
    if not there:
        return
    if not there >= {"alembic_version", "model_record"}:
        raise StoreError(
            f"PostgreSQL at {place}: the schema {schema} holds other tables than llmnotes's "
            f"({', '.join(sorted(there)[:3])}); --schema chooses another"
        )
    cursor.execute("SELECT version_num FROM alembic_version")
    found = cursor.fetchone()
    known = json.loads(base.execute("SELECT value FROM fact WHERE key = 'revisions'").fetchone()[0])
    if found is None or found[0] not in known:
        raise StoreError(
            f"PostgreSQL at {place}: the schema {schema} was written by a newer llmnotes; "
            "upgrade llmnotes with `pip install --upgrade llmnotes`"
        )


def _migrate(connection: sqlalchemy.Connection) -> None:
    """Upgrade the tables to the newest schema within the open transaction."""
    upgrade(connection)
    for view, table in PUBLIC.items():
        # PostgreSQL expands a star when a view is created; the columns were added later.
        connection.exec_driver_sql(f"CREATE OR REPLACE VIEW {view} AS SELECT * FROM {table}")


def _replace(
    cursor: psycopg.Cursor[Any], table: str, columns: Sequence[str], said: Iterable[tuple[Any, ...]]
) -> int:
    cursor.execute(f'DELETE FROM "{table}"'.encode())
    named = ", ".join(f'"{name}"' for name in columns)
    number = 0
    with cursor.copy(f'COPY "{table}" ({named}) FROM STDIN'.encode()) as copy:
        for row in said:
            copy.write_row(row)
            number += 1
    return number
