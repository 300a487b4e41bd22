"""Source rows of imports."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any


def source_row(
    key: str,
    title: str,
    *,
    kind: str = "third-party",
    url: str | None = None,
    copy: str | None = None,
) -> dict[str, Any]:
    """A row of the table `source`; the loader adds the write and the day."""
    return {
        "id": key, "kind": kind, "title": title, "authors": "[]", "year": None, "url": url,
        "arxiv": None, "doi": None, "venue": None, "copy_read": copy, "checked": None,
        "is_primary": int(kind in {"config", "checkpoint", "model-card"}),
    }  # fmt: skip


def source_id(prefix: str, title: str) -> str:
    """A short, stable id for a source that has none: words of its title and a digest."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower().removeprefix("https://")).strip("-")[:40]
    return f"{prefix}-{words.strip('-')}-{sha256(title.encode(errors='surrogatepass')).hexdigest()[:8]}"


OWN_TITLE = "the user's own statement"
OWN = source_row(source_id("user", OWN_TITLE), OWN_TITLE)
"""The source of the user's claims without a named source."""
