"""A lake of many configurations: how fast it is made, in how much memory, and how fast it is asked.

`LLMNOTES_REFERENCE=FOLDER python benchmarks/lake.py [COUNT] [WORKERS]`: 100,000 of the reference
configurations, perturbed, on two cores by default; then 1,000,000 rows of them filtered by three
predicates, against the same SQL by hand.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from llmnotes.errors import InputError
from llmnotes.knowledge.filtering import Query
from llmnotes.lake.convert import make_lake
from llmnotes.lake.filtering import DEFAULT_COLUMNS, select
from llmnotes.lake.query import opened
from llmnotes.model_files.config_file import config_of
from llmnotes.store.connect import connect

ROWS = 1_000_000
_LONGEST = 50_000
_MOST_VALUES = 1_000

QUERY = Query(
    options={"attention": ["GQA"], "params_total": ["7B..70B"], "context_length": ["8k.."]}
)
BY_HAND = """
    SELECT id, params_total, context_length, attention FROM models
    WHERE (attention = 'GQA' OR contains(attention_pattern, 'GQA'))
      AND params_total BETWEEN 7000000000 AND 70000000000 AND context_length >= 8000
    ORDER BY id
"""

HARMLESS = (
    "num_hidden_layers", "n_layer", "n_layers", "vocab_size", "padded_vocab_size",
    "intermediate_size", "n_inner", "max_position_embeddings", "n_positions", "block_size",
    "rope_theta", "sliding_window", "moe_intermediate_size",
)  # fmt: skip
"""Whole numbers that may be others without contradicting the rest."""

BROKEN = 0.05
"""The share of those of which any number may be another, so that many of them are refused."""


def reference_configs() -> list[dict[str, Any]]:
    """The reference configurations in JSON that can be counted."""
    folder = Path(os.environ["LLMNOTES_REFERENCE"]) / "configs"
    found = []
    for path in sorted(folder.rglob("*.json")):
        if path.stat().st_size > _LONGEST:
            continue
        try:
            config = json.loads(path.read_bytes())
            config_of(path.read_bytes(), str(path)).architecture()
        except (ValueError, InputError):
            continue
        found.append(config)
    return found


def perturbed(config: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The same with some of its whole numbers doubled, halved, or one more."""
    found = dict(config)
    anything = chance.random() < BROKEN
    for key, value in config.items():
        may = anything or key in HARMLESS
        if may and type(value) is int and value > 1 and chance.random() < 0.5:
            found[key] = chance.choice((value * 2, max(1, value // 2), value + 1))
    return found


def write_configs(path: Path, count: int, seed: int = 7) -> int:
    """A Parquet file of so many; returns how many characters they have."""
    chance = random.Random(seed)
    known = reference_configs()
    characters = 0
    schema = pa.schema([("id", pa.string()), ("config", pa.string())])
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, count, 10_000):
            numbers = range(start, min(count, start + 10_000))
            texts = [json.dumps(perturbed(chance.choice(known), chance)) for _ in numbers]
            characters += sum(map(len, texts))
            writer.write_table(pa.table([[f"lab-{n % 200}/m-{n}" for n in numbers], texts], schema))
    return characters


def memory(pid: int) -> int:
    """Bytes that a process and those it started hold, what they share counted once."""
    total = 0
    for each in family(pid):
        try:
            for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
        except OSError:
            pass  # it has ended
    return total


def family(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for task in Path(f"/proc/{pid}/task").iterdir():
            if task.name != str(pid):
                children += (task / "children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def measured(call: Callable[[], Any]) -> tuple[Any, float, int]:
    """What a call gives, its seconds, and the most memory that was held meanwhile."""
    most = memory(os.getpid())
    done = threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.2):
            most = max(most, memory(os.getpid()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    try:
        found = call()
    finally:
        seconds = time.perf_counter() - start
        done.set()
        watcher.join()
    return found, seconds, most


def grow(lake: Path, large: Path, rows: int) -> None:
    """A lake of so many rows, made of those of another under new names."""
    import duckdb

    large.mkdir()
    with duckdb.connect() as connection:
        there = connection.execute(f"SELECT count(*) FROM '{lake}/*.parquet'").fetchone()
        assert there
        for number in range(-(-rows // there[0])):
            connection.execute(
                f"COPY (SELECT * REPLACE (id || '-{number}' AS id) FROM '{lake}/*.parquet' "
                f"LIMIT {min(there[0], rows - number * there[0])}) "
                f"TO '{large}/{number:03}.parquet' (COMPRESSION zstd)"
            )


def in_turn(*calls: Callable[[], Any], times: int = 21) -> list[float]:
    """The shortest of several runs of each, in seconds, one after the other each time."""
    found: list[list[float]] = [[] for _ in calls]
    for _ in range(times):
        for call, seconds in zip(calls, found, strict=True):
            start = time.perf_counter()
            call()
            seconds.append(time.perf_counter() - start)
    return [min(seconds) for seconds in found]


def by_hand(lake: Path, limit: int | None = None) -> list[tuple[Any, ...]]:
    """What somebody would write who knows the columns."""
    with opened(lake) as connection:
        query = BY_HAND if limit is None else f"{BY_HAND} LIMIT {limit}"
        return connection.execute(query).fetchall()


def main(count: int = 100_000, workers: int = 2) -> None:
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        characters = write_configs(folder / "configs.parquet", count)
        print(f"{count:,} configurations of {characters / count:,.0f} characters on average")
        made, seconds, most = measured(
            lambda: make_lake(folder / "configs.parquet", folder / "lake", workers=workers)
        )
        busy = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
        size = sum(path.stat().st_size for path in (folder / "lake").iterdir())
        print(
            f"{workers} workers: {seconds:.1f} s, {count / seconds:,.0f} configurations/s; "
            f"{busy:.1f} s of processors, {count / busy:,.0f} configurations/s of one; at most "
            f"{most / 2**20:,.0f} MiB"
        )
        print(f"{made.refused:,} refused; the lake has {size / 2**20:,.1f} MiB")
        grow(folder / "lake", folder / "large", ROWS)
        with closing(connect()) as base:
            found = select(base, folder / "large", QUERY, DEFAULT_COLUMNS)
            hand = by_hand(folder / "large")
            assert [row["id"] for row in found] == [row[0] for row in hand], "the same rows"
            print(f"{ROWS:,} rows, three predicates, {len(found):,} found:")
            for name, limit in (("all of them", None), ("the first 50", 50)):
                query = replace(QUERY, limit=limit)
                ours, theirs = in_turn(
                    lambda query=query: select(base, folder / "large", query, DEFAULT_COLUMNS),
                    lambda limit=limit: by_hand(folder / "large", limit),
                )
                print(
                    f"  {name}: {ours * 1000:.0f} ms, by hand {theirs * 1000:.0f} ms, "
                    f"ratio {ours / theirs:.2f}"
                )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
