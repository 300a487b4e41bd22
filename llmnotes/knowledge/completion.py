"""Completion of names; imports little, since the shell waits for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from llmnotes.vocabulary import fold


def names_beginning(
    connection: sqlite3.Connection, incomplete: str, kinds: Sequence[str] = ("family", "model")
) -> list[str]:
    """Names of these kinds with the given prefix: ids, else names as written."""
    key = fold(incomplete)
    rows = connection.execute(
        f"SELECT DISTINCT target, text FROM names WHERE kind IN ({', '.join('?' * len(kinds))}) "
        "AND key >= ? AND key < ? ORDER BY target LIMIT 200",
        (*kinds, key, key + "\U0010ffff"),
    ).fetchall()
    ids = dict.fromkeys(target for target, _ in rows if target.startswith(incomplete))
    return list(ids or dict.fromkeys(text for _, text in rows if text.startswith(incomplete)))
