"""A cache of the curated base as JSON, so that an export of everything need not read it again.

It is stored beside the curated store, compressed, under a digest of that store and of the package's code, and
ignored once one of these has changed or a user's store is open.
"""

from __future__ import annotations

import sqlite3
from binascii import crc32
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from llmnotes.data_files import TWINS
from llmnotes.knowledge.kept import is_curated, keep, state

FILE = TWINS / "records.json.xz"
_PIECE = 1 << 18


def all_records(connection: sqlite3.Connection, file: Path = FILE) -> Iterator[bytes] | None:
    """The cached JSON of all records of exactly this base, in UTF-8; None without one that holds."""
    if not is_curated(connection):
        return None
    try:
        mark, _, packed = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return (
        _unpacked(packed) if mark.decode("utf-8", "replace") == _mark(connection, packed) else None
    )


def _unpacked(packed: bytes) -> Iterator[bytes]:
    """The content a piece at a time: the whole of it takes more memory than all else."""
    from lzma import LZMADecompressor

    unpacking = LZMADecompressor()
    while not unpacking.eof:
        yield unpacking.decompress(packed, _PIECE)
        packed = b""


def _mark(connection: sqlite3.Connection, packed: bytes) -> str:
    """What a cache that holds begins with: the base it is of, and that it is whole."""
    return f"{state(connection)} {crc32(packed):08x}"


def keep_all_records(
    connection: sqlite3.Connection, file: Path = FILE, *, small: bool = False
) -> None:
    """Cache the JSON of all records of the curated base; `small` packs it by a fifth smaller, and slower."""
    import lzma

    from llmnotes.export import render
    from llmnotes.knowledge.filtering import Query, select
    from llmnotes.views.records import records_answer

    found = select(connection, Query(variants="all"))
    preset = lzma.PRESET_DEFAULT | (lzma.PRESET_EXTREME if small else 0)
    for_text = {"id": lzma.FILTER_LZMA2, "preset": preset, "lc": 4, "lp": 0, "pb": 0}
    text = render(records_answer(found, None), "json").encode()
    packed = lzma.compress(text, filters=[for_text])
    keep(file, _mark(connection, packed).encode() + b"\n" + packed)


def keep_curated(*, small: bool = False) -> None:
    """Cache the JSON of all records of the curated base as built now, and the words of headers."""
    from llmnotes.attributes.headers import keep_header_names
    from llmnotes.factcheck.layout.header_words import keep_words
    from llmnotes.store.connect import open_curated

    keep_header_names()
    keep_words()
    with closing(open_curated()) as connection:
        keep_all_records(connection, small=small)


if __name__ == "__main__":
    keep_curated()
