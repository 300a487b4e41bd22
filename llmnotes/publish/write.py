"""Writes an edition of the base into a folder, deterministically."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from llmnotes.knowledge.changes import changes
from llmnotes.publish import descriptions
from llmnotes.publish.descriptions import File, PublishedEdition
from llmnotes.relational.arrow import parquet, pyarrow_module
from llmnotes.relational.flat import csv_text, sqlite_file
from llmnotes.relational.tables import tables
from llmnotes.site.discovery import feed
from llmnotes.site.write import Folder, WrittenFiles
from llmnotes.views.changes import said_text

MANIFEST = ".llmnotes-publish.json"
FEED = "urn:llmnotes:editions"
"""Identifies the feed where no address is known."""

Show = Callable[[int, int | None], None]


def publish(
    connection: sqlite3.Connection,
    out: Path,
    *,
    since: str | None = None,
    url: str | None = None,
    progress: Show = lambda done, total: None,
) -> tuple[PublishedEdition, WrittenFiles]:
    """Write the base that `connection` reads into the folder `out`.

    `changes.json` has the changes of the latest edition, or of all after `since`. Raises `InputError` where
    pyarrow is missing, the folder holds something else, or `since` is not an edition.
    """
    pyarrow_module()
    found = changes(connection, since=since)
    edition = _edition(connection, url)
    folder = Folder(out, manifest=MANIFEST, what="published edition")
    every = tables(connection)
    sums: dict[str, str] = {}

    def put(path: str, content: str | bytes) -> File:
        raw = content.encode() if isinstance(content, str) else content
        sums[path] = sha256(raw).hexdigest()
        folder.put(path, raw)
        return File(path, len(raw), sums[path])

    csv, columns = {}, {}
    for done, table in enumerate(every):
        progress(done, len(every) + 1)
        csv[table.name] = put(f"csv/{table.name}.csv", csv_text(table))
        columns[table.name] = put(f"parquet/{table.name}.parquet", parquet(table))
    progress(len(every), len(every) + 1)
    put("llmnotes.sqlite", sqlite_file(every))
    put("datapackage.json", descriptions.datapackage(edition, every, csv))
    put("croissant.json", descriptions.croissant(edition, every, columns))
    put("schema.json", descriptions.json_schema(edition, every))
    put("CITATION.cff", descriptions.citation(edition))
    put("changes.json", json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    put(
        "changes.atom",
        feed(_entries(found, edition), edition.url or FEED, _moment(edition.released)),
    )
    put("README.md", descriptions.read_me(edition, every))
    folder.put("SHA256SUMS", "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)))
    return edition, folder.finish()


def _edition(connection: sqlite3.Connection, url: str | None) -> PublishedEdition:
    name, released = connection.execute(
        "SELECT name, released FROM editions ORDER BY name DESC"
    ).fetchone()
    families, models, claims, sources = (
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("families", "models", "claims", "sources")
    )
    counts = f"{families} families, {models} models, {claims:,} claims, {sources} sources"
    digest = connection.execute("SELECT value FROM fact WHERE key = 'digest'").fetchone()[0]
    return PublishedEdition(name, released, counts, digest, url.rstrip("/") if url else None)


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _entries(found: dict[str, Any], edition: PublishedEdition) -> list[dict[str, str]]:
    """The changes as entries of a feed."""
    released = {item["name"]: item["released"] for item in found["editions"]}
    link = f"{edition.url}/changes.json" if edition.url else "changes.json"
    return [
        {
            "id": f"urn:llmnotes:{item['edition']}:change:{number}",
            "title": f"{item['family']}: {item['attribute'] or 'models'} {item['change']}",
            "updated": _moment(released[item["edition"]]),
            "link": link,
            "content": _told(item),
        }
        for number, item in enumerate(found["changes"], start=1)
    ]


def _told(item: dict[str, Any]) -> str:
    models = ", ".join(item["models"])
    if item["attribute"] is None:
        return f"{models}: {item['change']} with {item['values']} values"
    sides = []
    for side in ("before", "after"):
        said = item[side]
        source = f" ({said['source']})" if said and said["source"] else ""
        sides.append((said_text(item["attribute"], said) or "nothing") + source)
    why = f". {item['reason']}" if item["reason"] else ""
    return f"{models}: {sides[0]} → {sides[1]}{why}"
