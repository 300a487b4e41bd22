"""Runs a user's query read-only and with limits on time and memory."""

from __future__ import annotations

import math
import re
import sqlite3
import time
from typing import Any

from llmnotes.errors import InputError
from llmnotes.pattern import late

VIEWS = (
    "models", "model_values", "claims", "sources", "families", "organizations", "techniques", "topics",
    "names",
)  # fmt: skip
"""The public views, as the documentation names them."""

_ALLOWED = {
    sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE,
}  # fmt: skip
_REFUSED_FUNCTIONS = {"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"}
_ACTIONS = {
    getattr(sqlite3, name): name.removeprefix("SQLITE_").replace("_", " ")
    for name in dir(sqlite3)
    if name.startswith(
        ("SQLITE_ALTER", "SQLITE_ATTACH", "SQLITE_CREATE", "SQLITE_DELETE", "SQLITE_DETACH",
         "SQLITE_DROP", "SQLITE_INSERT", "SQLITE_PRAGMA", "SQLITE_UPDATE", "SQLITE_ANALYZE",
         "SQLITE_REINDEX", "SQLITE_SAVEPOINT", "SQLITE_TRANSACTION")
    )
}  # fmt: skip


_LONGEST_VALUE = 50_000_000
"""Size limit in bytes of one value: SQLite builds it in a single step, which the time limit cannot stop."""


def run(
    connection: sqlite3.Connection, query: str, seconds: float = 60.0
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Run one query and return its columns and rows.

    Raises `InputError` where the query is invalid, not read-only, takes too long or returns too much.
    """
    if not 0 < seconds < math.inf:
        raise InputError(f"--timeout takes a number of seconds above 0, not {seconds:g}")
    refused: list[str] = []

    def authorize(action: int, first: str | None, second: str | None, *_: object) -> int:
        named = second or first or ""
        if action == sqlite3.SQLITE_FUNCTION and named.lower() in _REFUSED_FUNCTIONS:
            refused.append(f"the function {named}")
            return sqlite3.SQLITE_DENY
        if action in _ALLOWED or _full_text(action, first):
            return sqlite3.SQLITE_OK
        refused.append(_ACTIONS.get(action, f"action {action}") + (f" {first}" if first else ""))
        return sqlite3.SQLITE_DENY

    end = time.monotonic() + seconds
    connection.set_authorizer(authorize)
    connection.set_progress_handler(lambda: int(time.monotonic() > end), 10_000)
    longest = connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    try:
        cursor = connection.execute(query)
        if cursor.description is None:
            raise InputError("sql: the query returns nothing; write a SELECT")
        return _columns(cursor), _fetched(cursor)
    except MemoryError as error:
        raise InputError(
            "sql: the query needs too much memory; narrow it or add a `limit`"
        ) from error
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        if isinstance(error, InputError):
            raise
        if "interrupted" in str(error) and time.monotonic() <= end:
            raise KeyboardInterrupt from error  # SQLite ignores exceptions of its callbacks
        raise _complaint(error, refused, seconds, query) from error
    finally:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
        connection.set_authorizer(None)
        connection.set_progress_handler(None, 0)


def limit_memory(connection: sqlite3.Connection, most: int = 2**30) -> None:
    """Limit the bytes that SQLite may use in this process, for sorting among others."""
    connection.execute(f"PRAGMA hard_heap_limit = {most}")


def _fetched(cursor: sqlite3.Cursor) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    size = 0
    for row in cursor:
        size += sum(len(item) for item in row if isinstance(item, str | bytes))
        if len(rows) == _MOST_ROWS:
            raise InputError(f"sql: more than {_MOST_ROWS:,} rows; add a `limit`")
        if size > _MOST_BYTES:
            raise InputError(f"sql: more than {_MOST_BYTES >> 20} MiB of text; add a `limit`")
        rows.append(tuple(_value(item) for item in row))
    return rows


_MOST_ROWS = 2_000_000
_MOST_BYTES = 256 * 2**20
"""Memory limits for queries that do not end."""


def _full_text(action: int, name: str | None) -> bool:
    """Whether a pragma is the one by which full-text tables read their own settings."""
    return action == sqlite3.SQLITE_PRAGMA and name == "data_version"


def _columns(cursor: sqlite3.Cursor) -> tuple[str, ...]:
    """Column names, repeated ones numbered so that no value is lost in JSON."""
    names: list[str] = []
    for description in cursor.description:
        name, number = description[0], 2
        while name in names:
            name, number = f"{description[0]}_{number}", number + 1
        names.append(name)
    return tuple(names)


def _value(item: Any) -> Any:
    if isinstance(item, bytes):
        return item.hex()
    if isinstance(item, float) and item in (float("inf"), float("-inf")):
        return str(item)
    return item


def _complaint(error: Exception, refused: list[str], seconds: float, query: str) -> InputError:
    if refused:
        return InputError(f"sql only reads: {refused[0]} is refused")
    text = str(error)
    if "interrupted" in text:
        return InputError(f"sql: stopped after {seconds:g} seconds; --timeout allows more")
    if "too big" in text:
        return InputError(f"sql: a value is longer than {_LONGEST_VALUE // 1_000_000} MB")
    if "one statement" in text:
        return InputError("sql takes one statement; remove what follows the first")
    if "no such column" in text or "no such table" in text:
        text += _names_shown(query, "no such column" in text)
    return InputError(f"sql: {text}")


_VIEW = late(r"\b(?:from|join)\s+([a-z_]+)", re.IGNORECASE)


def _names_shown(query: str, is_column: bool) -> str:
    """How to see the names that there are: of the view that a query reads, where it reads another one."""
    views = [name.lower() for name in _VIEW.findall(query)] if is_column else []
    shown = next((name for name in views if name != "models" and name in VIEWS), "models")
    more = " and `llmnotes list attributes` show" if shown == "models" else " shows"
    there = "" if is_column else f"; views: {', '.join(VIEWS)}"
    return f'{there}; `llmnotes sql "select * from {shown} limit 1"`{more} names'
