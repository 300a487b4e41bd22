"""Full-text search over families, models and techniques, in both stores."""

from __future__ import annotations

import sqlite3
from typing import Any

from llmnotes.errors import InputError, quoted
from llmnotes.knowledge.entities import called
from llmnotes.pattern import late
from llmnotes.vocabulary import fold

_QUERY = """
    SELECT kind, id, title, snippet({table}, 3, '', '', ' … ', 12), bm25({table}, 0, 0, 8.0, 1.0)
    FROM {schema}.{table} WHERE {table} MATCH ?
"""


def search(connection: sqlite3.Connection, text: str, limit: int = 20) -> list[dict[str, Any]]:
    """The entries that contain all words of `text`: those called so first, then those whose name begins so.

    A word matches as a prefix; words in quotes match as a phrase; a word after `-` or `!` is excluded.
    Raises `InputError` where there is no word to search for, or a quote is not closed.
    """
    query = _query(text)
    hits: list[tuple[Any, ...]] = []
    for schema in _schemas(connection):
        hits += connection.execute(
            _QUERY.format(schema=schema, table="text_index"), (query,)
        ).fetchall()
    hits += [(kind, key, name, "", _EXACTLY) for kind, key, name in _called(connection, text)]
    found: dict[tuple[str, str], dict[str, Any]] = {}
    wanted = fold(text)

    def order(hit: tuple[Any, ...]) -> tuple[Any, ...]:
        kind, key, title, _, rank = hit
        begins = _begins(kind, title, wanted)
        # The shorter of two names that begin alike is the more general: Llama 2, Llama 3 Swallow.
        return rank > _EXACTLY, not begins, len(title) if begins else 0, rank, kind, key

    for kind, key, title, snippet, _ in sorted(hits, key=order):
        item = found.setdefault((kind, key), {"kind": kind, "id": key, "name": title, "text": ""})
        item["text"] = item["text"] or " ".join(snippet.split())
    return list(found.values())[:limit]


_EXACTLY = -1e9
"""The rank of what is called exactly so."""


def _begins(kind: str, title: str, wanted: str) -> bool:
    """Whether the name of a family or technique begins with the text: there is more to read there than of
    one model or licence of the name."""
    return kind in {"family", "technique"} and bool(wanted) and fold(title).startswith(wanted)


_PART = late(r"""(?P<sign>[-!]?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))""")
_WORD = late(r"\w+")
_MOST_WORDS = 32
"""Limit on the distinct words of a query: each costs a scan of its prefix."""


def _query(text: str) -> str:
    """The text as a query of SQLite's full-text index."""
    if text.count('"') % 2:
        raise InputError(
            f"search: {quoted(text)} opens a quote and does not close it; "
            "leave it out, or put words that stand together between two"
        )
    wanted: list[str] = []
    unwanted: list[str] = []
    for match in _PART.finditer(text):
        words = _WORD.findall(match["phrase"] or match["word"] or "")
        if not words:
            continue
        if match["phrase"] is not None or match["sign"]:
            parts = [f'"{" ".join(words)}"' + ("" if match["phrase"] is not None else "*")]
        else:
            parts = [f'"{word}"*' for word in words]
        (unwanted if match["sign"] else wanted).extend(parts)
    if not wanted and "!" not in text:
        wanted, unwanted = unwanted, []  # `-x` alone is a word with a dash, as in an option
    if not wanted:
        raise InputError(f"search: {quoted(text)} holds no word to look for")
    wanted, unwanted = list(dict.fromkeys(wanted)), list(dict.fromkeys(unwanted))
    if len(wanted) + len(unwanted) > _MOST_WORDS:
        raise InputError(f"search: more than {_MOST_WORDS} words; leave some out")
    return " NOT ".join([" ".join(wanted), *unwanted])


def _schemas(connection: sqlite3.Connection) -> list[str]:
    attached = [row[1] for row in connection.execute("PRAGMA database_list")]
    return [name for name in ("main", "user") if name in attached]


def _called(connection: sqlite3.Connection, text: str) -> list[tuple[str, str, str]]:
    """Families, models and entities whose name or alias equals the text."""
    found = []
    for kind, table in (("family", "families"), ("model", "models")):
        rows = connection.execute(
            f"SELECT DISTINCT t.id, t.name FROM names n JOIN {table} t ON t.id = n.target "
            "WHERE n.kind = ? AND n.key = ?",
            (kind, fold(text)),
        )
        found += [(kind, key, name) for key, name in rows]
    return found + [(item.kind, item.id, item.name) for item in called(connection, text)]
