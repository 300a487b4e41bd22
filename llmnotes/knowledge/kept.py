"""What caches of answers on the curated base have in common: whether they hold, and how they are written."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path

from llmnotes.checks import exceptions

_CODE = Path(__file__).parents[1]


def keep(file: Path, data: bytes) -> None:
    """Write a cache file, replacing an older one atomically."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(exist_ok=True)
        unfinished.write_bytes(data)
        os.replace(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)


def is_curated(connection: sqlite3.Connection) -> bool:
    """Whether the open base is the curated one alone, without a user's store."""
    return all(row[1] != "user" for row in connection.execute("PRAGMA database_list"))


def state(connection: sqlite3.Connection) -> str:
    """A digest of everything that a cached answer depends on: the curated store, exceptions and code.

    The migrations, which only an installed package has inside, are in the store's own digest.
    """
    row = connection.execute("SELECT value FROM main.fact WHERE key = 'digest'").fetchone()
    hashed = hashlib.blake2b(str(row and row[0]).encode(), digest_size=16)
    migrations = _CODE / "migrations"
    code = (path for path in sorted(_CODE.rglob("*.py")) if migrations not in path.parents)
    for path in [exceptions.FILE, *code]:
        hashed.update(path.name.encode() + b"\0" + path.read_bytes())
    return hashed.hexdigest()
