"""A cache of the curated base as JSON, so that an export of everything need not read it again.

It is stored beside the curated store, compressed, under a digest of that store and of the package's code, and
ignored once one of these has changed or a user's store is open.
"""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

from llmnotes.data_files import TWINS
from llmnotes.knowledge.kept import is_curated, keep, state

FILE = TWINS / "records.json.z"


def all_records(connection: sqlite3.Connection, file: Path = FILE) -> bytes | None:
    """The cached JSON of all records of exactly this base, in UTF-8; None without one that holds."""
    if not is_curated(connection):
        return None
    try:
        mark, _, packed = file.read_bytes().partition(b"\n")
        if mark.decode() == state(connection):
            return zlib.decompress(packed)
    except (OSError, ValueError, zlib.error):
        pass
    return None


def keep_all_records(connection: sqlite3.Connection, file: Path = FILE) -> None:
    """Cache the JSON of all records of the curated base."""
    from llmnotes.export import render
    from llmnotes.knowledge.filtering import Query, select
    from llmnotes.views.records import records_answer

    found = select(connection, Query(variants="all"))
    text = render(records_answer(found, None), "json")
    keep(file, state(connection).encode() + b"\n" + zlib.compress(text.encode()))


def keep_curated() -> None:
    """Cache the JSON of all records of the curated base as built now, and the keys of headers' words."""
    from llmnotes.factcheck.layout.header_words import keep_keys
    from llmnotes.store.connect import open_curated

    keep_keys()

    with closing(open_curated()) as connection:
        keep_all_records(connection)


if __name__ == "__main__":
    keep_curated()
