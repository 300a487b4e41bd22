"""Resolves what a user gives as the source of a claim."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import Any
from urllib.parse import urlsplit

from llmnotes.errors import InputError
from llmnotes.files import cleaned
from llmnotes.ingest.sources import OWN_TITLE, source_id
from llmnotes.store.log import now

_ARXIV = re.compile(
    r"(?:arxiv:|https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/)(\d{4}\.\d{4,5}(?!\d)(?:v\d+)?)", re.I
)
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)(10\.\S+/\S+)", re.I)
_HUB = re.compile(r"(?:.+\.)?huggingface\.co")


def named_source(connection: sqlite3.Connection, text: str | None, write: int) -> dict[str, Any]:
    """The row of the source that `text` refers to: a known source's id, a URL, or a description.

    Raises `InputError` for an empty text or an invalid URL.
    """
    title = OWN_TITLE if text is None else " ".join(str(cleaned(text)).split())
    if not title:
        raise InputError(
            "--source is empty; give a URL, a source's id, or say where you know it from"
        )
    known = connection.execute("SELECT id FROM sources WHERE id = ?", (title,)).fetchone()
    if known:
        return {"id": known[0]}
    kind, arxiv, doi, url = _recognised(title)
    return {
        "id": source_id("user", title), "kind": kind, "title": title, "authors": json.dumps([]),
        "year": None, "url": url, "arxiv": arxiv, "doi": doi, "venue": None, "copy_read": None,
        "checked": now()[:10], "is_primary": int(kind in {"paper", "config", "model-card"}),
        "write": write,
    }  # fmt: skip


def _recognised(title: str) -> tuple[str, str | None, str | None, str | None]:
    """Kind, arXiv id, DOI and URL recognised in the text."""
    arxiv, doi = _ARXIV.match(title), _DOI.match(title)
    url = None
    if title.lower().startswith(("http://", "https://")):
        parts = urlsplit(title)
        if not parts.hostname or " " in title:
            raise InputError(f"--source: {title!r} is not a URL")
        url = title
    if arxiv:
        return "paper", arxiv[1], None, url or f"https://arxiv.org/abs/{arxiv[1]}"
    if doi:
        return "paper", None, doi[1], url or f"https://doi.org/{doi[1]}"
    if url and _HUB.fullmatch(urlsplit(url).hostname or ""):
        return ("config" if url.endswith(".json") else "model-card"), None, None, url
    return "third-party", None, None, url


def ensure_source(connection: sqlite3.Connection, row: dict[str, Any]) -> str:
    """Insert the source unless it exists, and return its id."""
    if len(row) > 1:
        columns = ", ".join(row)
        marks = ", ".join("?" * len(row))
        connection.execute(
            f"INSERT OR IGNORE INTO user.source ({columns}) VALUES ({marks})", tuple(row.values())
        )
    return str(row["id"])
