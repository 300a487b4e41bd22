"""A store of many models: loading against raw `executemany`, filtering against SQL by hand.

`python benchmarks/scale.py [COUNT] [FOLDER]`; a million by default. Ratios are what counts: both
sides are measured in one run on one machine.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from synthetic import models

from llmnotes.ingest.importing import Importer
from llmnotes.ingest.raw import RawContents, Remarks
from llmnotes.ingest.report import ImportReport
from llmnotes.ingest.sources import source_row
from llmnotes.knowledge.filtering import Query, select
from llmnotes.store.connect import connect
from llmnotes.store.log import begin, finish
from llmnotes.store.migrate import migrate
from llmnotes.store.resolved import resolve_again
from llmnotes.store.write import writing

TABLES = ("model", "name", "claim", "model_record", "model_value", "text_index")


def load(store: Path, count: int) -> float:
    """Seconds of an import of `count` models, written and in place."""
    contents = RawContents(
        "synthetic", source_row("synthetic", "made up"), models(count), Remarks(), total=count
    )
    start = time.perf_counter()
    with writing(store, large=True) as connection:
        write = begin(connection, "import")
        importer = Importer(connection, contents, ImportReport(), write)
        importer.run()
        resolve_again(connection, importer.touched)
        finish(connection, write, "synthetic")
    return time.perf_counter() - start


def load_raw(store: Path, raw: Path) -> float:
    """Seconds of `executemany` for the same rows into the same tables and indexes."""
    migrate(raw)
    seconds = 0.0
    with closing(sqlite3.connect(store)) as source, closing(sqlite3.connect(raw)) as target:
        for table in TABLES:
            columns = [row[1] for row in source.execute(f"PRAGMA table_info({table})")]
            marks = ", ".join("?" * len(columns))
            query = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
            cursor = source.execute(f"SELECT {', '.join(columns)} FROM {table}")
            while rows := cursor.fetchmany(200_000):
                start = time.perf_counter()
                target.executemany(query, rows)
                seconds += time.perf_counter() - start
        start = time.perf_counter()
        target.commit()
        seconds += time.perf_counter() - start
    return seconds


def best(call: Callable[[], Any], times: int = 5) -> float:
    """The shortest of several runs, in seconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return min(found)


QUERIES: dict[str, tuple[Query, str]] = {
    "three predicates, default order": (
        Query({"attention": ["GQA"], "params_total": ["7B..70B"], "context_length": ["8k.."]}, limit=50),
        "ORDER BY family, position, id",
    ),
    "three predicates, by release date": (
        Query(
            {"attention": ["GQA"], "params_total": ["7B..70B"], "context_length": ["8k.."]},
            sort="release_date", limit=50,
        ),
        "ORDER BY release_date_min",
    ),
    "three predicates, largest first": (
        Query(
            {"attention": ["GQA"], "params_total": ["7B..70B"], "context_length": ["8k.."]},
            sort="-params_total", limit=50,
        ),
        "ORDER BY params_total DESC",
    ),
}  # fmt: skip
HAND = (
    "SELECT id, params_total, context_length, attention, release_date FROM model_record "
    "WHERE attention = 'GQA' AND (params_total BETWEEN 7000000000 AND 70000000000 OR "
    "params_reported BETWEEN 7000000000 AND 70000000000) AND context_length_max >= 8000 "
    "AND variant = 'base' {order} LIMIT 50"
)
COLUMNS = ["id", "params_total", "attention", "release_date"]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        store, raw = Path(folder) / "notes.sqlite", Path(folder) / "raw.sqlite"
        seconds = load(store, count)
        plain = load_raw(store, raw)
        size = os.stat(store).st_size / 2**20
        print(f"{count:,} models: {size:,.0f} MiB")
        print(f"load {seconds:.1f} s, raw executemany {plain:.1f} s: rate {plain / seconds:.2f} x")
        raw.unlink()
        start = time.perf_counter()
        base = connect(store)
        print(f"open {time.perf_counter() - start:.3f} s")
        hand = sqlite3.connect(store)
        for name, (query, order) in QUERIES.items():
            mine = best(lambda query=query: select(base, query, COLUMNS))
            theirs = best(lambda order=order: hand.execute(HAND.format(order=order)).fetchall())
            print(
                f"{name}: {mine * 1e3:.1f} ms, by hand {theirs * 1e3:.1f} ms: {mine / theirs:.2f} x"
            )


if __name__ == "__main__":
    main()
