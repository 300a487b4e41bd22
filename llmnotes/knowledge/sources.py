"""Sources by id, and their short references for footnotes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

_FIELDS = (
    "id", "kind", "title", "authors", "year", "url", "arxiv", "doi", "venue", "copy_read", "checked",
    "read", "via", "sha256", "length",
)  # fmt: skip


def sources(connection: sqlite3.Connection, ids: Iterable[str]) -> list[dict[str, Any]]:
    """The sources with these ids, in the order given; ids that do not exist are left out."""
    keys = list(dict.fromkeys(ids))
    found = {}
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        query = (
            f"SELECT {', '.join(_FIELDS)} FROM sources WHERE id IN ({', '.join('?' * len(part))})"
        )
        for row in connection.execute(query, part):
            found[row[0]] = _source(row)
    return [found[key] for key in keys if key in found]


def all_sources(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Every source, by id."""
    return [
        _source(row)
        for row in connection.execute(f"SELECT {', '.join(_FIELDS)} FROM sources ORDER BY id")
    ]


def _source(row: tuple[Any, ...]) -> dict[str, Any]:
    source = dict(zip(_FIELDS, row, strict=True))
    source["authors"] = json.loads(source["authors"] or "[]")
    return source


def is_formula(source: dict[str, Any]) -> bool:
    """Whether it is a formula that computed a value, rather than a document."""
    return bool(source["kind"] == "formula")


def short_reference(source: dict[str, Any]) -> str:
    """A one-line reference to a source: authors, year, title, address."""
    authors = source["authors"]
    who = authors[0] if authors else ""
    if len(authors) == 2:
        who = " and ".join(authors)
    elif len(authors) > 2:
        who = f"{authors[0]} et al."
    year = f"({source['year']})" if source["year"] else ""
    head = " ".join(part for part in (who, year) if part)
    place = next(
        (text for text in (
            f"arXiv:{source['arxiv']}" if source["arxiv"] else "",
            f"doi:{source['doi']}" if source["doi"] else "",
            source["url"] or "",
        ) if text),
        "",
    )  # fmt: skip
    second_hand = f"second-hand, via {source['via']}" if source.get("via") else ""
    return ". ".join(part for part in (head, source["title"], place, second_hand) if part)
