"""Names that begin as typed, for completion; it imports little, as a shell waits for it."""

from __future__ import annotations

import sqlite3

from llmnotes.vocabulary import fold


def names_beginning(connection: sqlite3.Connection, incomplete: str) -> list[str]:
    """Families and models that begin as typed: their ids, else as people write them."""
    key = fold(incomplete)
    rows = connection.execute(
        "SELECT DISTINCT target, text FROM names WHERE kind IN ('family', 'model') "
        "AND key >= ? AND key < ? ORDER BY target LIMIT 200",
        (key, key + "\U0010ffff"),
    ).fetchall()
    ids = dict.fromkeys(target for target, _ in rows if target.startswith(incomplete))
    return list(ids or dict.fromkeys(text for _, text in rows if text.startswith(incomplete)))
