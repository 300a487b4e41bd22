"""The full-text index of the user's store: models, families and notes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

_QUERIES = (
    """
    INSERT INTO user.text_index (kind, id, title, body)
    SELECT 'model', m.id, m.name, coalesce(n.texts, '') FROM refreshed r
    JOIN user.model m ON m.id = r.id LEFT JOIN (
        SELECT target, group_concat(text, ' ') AS texts FROM user.name
        WHERE kind = 'model' AND target IN (SELECT id FROM refreshed) GROUP BY target
    ) n ON n.target = m.id WHERE r.kind = 'model' ORDER BY m.id
    """,
    """
    INSERT INTO user.text_index (kind, id, title, body)
    SELECT 'family', f.id, f.name, coalesce(f.summary, '') FROM refreshed r
    JOIN user.family f ON f.id = r.id WHERE r.kind = 'family' ORDER BY f.id
    """,
    """
    INSERT INTO user.text_index (kind, id, title, body)
    SELECT 'note', n.subject, n.subject, n.text FROM refreshed r
    JOIN user.note n ON n.subject_kind = r.kind AND n.subject = r.id ORDER BY n.id
    """,
)


def refresh_search_index(
    connection: sqlite3.Connection,
    models: Iterable[str],
    families: Iterable[str] = (),
    techniques: Iterable[str] = (),
) -> None:
    """Update the index entries of these subjects from the tables."""
    subjects = [("model", key) for key in models]
    subjects += [("family", key) for key in families]
    subjects += [("technique", key) for key in techniques]
    if not subjects:
        return
    connection.execute(
        "CREATE TEMP TABLE refreshed (id TEXT, kind TEXT, PRIMARY KEY (id, kind)) WITHOUT ROWID"
    )
    connection.executemany("INSERT INTO refreshed (kind, id) VALUES (?, ?)", subjects)
    connection.execute(
        "DELETE FROM user.text_index WHERE rowid IN (SELECT rowid FROM user.text_index "
        "WHERE id IN (SELECT id FROM refreshed))"
    )
    for query in _QUERIES:
        connection.execute(query)
    connection.execute("DROP TABLE refreshed")
