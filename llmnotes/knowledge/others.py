"""What all family files but one declare, from the store built of them where they are as they were then."""

from __future__ import annotations

import json
import sqlite3
from binascii import crc32
from contextlib import closing, suppress
from pathlib import Path

from llmnotes import catalog
from llmnotes.catalog import DATA, Others
from llmnotes.data_files import toml_files
from llmnotes.errors import StoreError
from llmnotes.records import Source, SourceFields
from llmnotes.store.connect import open_curated
from llmnotes.store.paths import CURATED


def declared_elsewhere(but: str, data: Path = DATA, store: Path = CURATED) -> Others:
    """The declarations of every file except that of the family `but`, as `catalog.load_others` reads them.

    Only where another of the files has changed since `store` was built are all of them read again. Raises
    `InputError` where one of the files is invalid.
    """
    with suppress(StoreError), closing(open_curated(store)) as connection:
        found = _stored(connection, but, data)
        if found is not None:
            return found
    return catalog.load_others(data, but)


def _stored(connection: sqlite3.Connection, but: str, data: Path) -> Others | None:
    """The declarations in the store; None where it is not of these files."""
    row = connection.execute("SELECT value FROM fact WHERE key = 'files'").fetchone()
    ids = [key for (key,) in connection.execute("SELECT id FROM family ORDER BY id")]
    files = dict(zip(ids, json.loads(row[0]) if row else (), strict=False))
    built_of = {f"{key}.toml": checksum for key, (checksum, _) in files.items() if key != but}
    there = {
        name: crc32(raw) for name, raw in toml_files(data / "families") if name != f"{but}.toml"
    }
    if built_of != there:
        return None
    owners = {place: key for key, (_, places) in files.items() for place in places}
    return catalog.others(
        data, _sources(connection, owners, but), _models(connection, but), _names(connection, but)
    )


def _sources(connection: sqlite3.Connection, owners: dict[int, str], but: str) -> dict[str, Source]:
    """The sources that families declare, except `but`; those of `sources.toml` have no owner."""
    fields = tuple(SourceFields.model_fields)
    rows = connection.execute(f"SELECT id, {', '.join(fields)} FROM source ORDER BY id")
    found = {}
    for place, (key, *values) in enumerate(rows):
        if owners.get(place, but) != but:
            said = dict(zip(fields, values, strict=True))
            # they were validated when the store was built
            found[key] = Source.model_construct(
                id=key, **{**said, "authors": json.loads(said["authors"])}
            )
    return found


def _models(connection: sqlite3.Connection, but: str) -> dict[str, str]:
    rows = connection.execute("SELECT id, family FROM model WHERE family <> ?", (but,))
    return {key: f"{family}.toml" for key, family in rows}


def _names(connection: sqlite3.Connection, but: str) -> dict[tuple[str, str], str]:
    rows = connection.execute(
        "SELECT n.kind, n.key, n.target FROM name n LEFT JOIN model m ON m.id = n.target "
        "WHERE n.kind = 'family' AND n.target <> ?1 OR n.kind = 'model' AND m.family <> ?1",
        (but,),
    )
    return {(kind, key): target for kind, key, target in rows}
