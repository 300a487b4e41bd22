"""Converts Parquet files of configurations to a lake, on all cores and resumable."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from filelock import FileLock, Timeout

from llmnotes.errors import InputError
from llmnotes.lake.parts import (
    LakePart,
    digest_of,
    input_key,
    parquet_file,
    parquet_files,
    parts_of,
    remove_unfinished,
    write_part,
)
from llmnotes.lake.rows import INPUT, normalize, text_column
from llmnotes.lake.schema import REFUSED
from llmnotes.relational.arrow import pyarrow_module

Progress = Callable[[int, int | None], None]

PART_ROWS = 10_000
"""Rows per file, which is the most that is lost per core when a run is killed."""

_AT_ONCE = 1_000
"""Rows normalized per batch: more take memory and save no time."""


@dataclass(slots=True)
class Made:
    """The result of a run: files and rows of the input, and the number of rows that existed already."""

    lake: str
    files: int
    rows: int = 0
    refused: int = 0
    kept: int = 0
    same: list[str] = field(default_factory=list)
    """Files with the same content as another one, whose rows are in the lake once."""


@dataclass(frozen=True, slots=True)
class _Input:
    path: Path
    key: str
    digest: str


def make_lake(
    source: Path,
    lake: Path,
    *,
    workers: int | None = None,
    part_rows: int = PART_ROWS,
    progress: Progress | None = None,
) -> Made:
    """Normalize every configuration of a Parquet file, or of those in a folder, into `lake`.

    Rows of unchanged files are kept; rows of an earlier state of a file are removed once the new rows
    exist.

    Raises:
        InputError: there is no Parquet file, one lacks a column, or `lake` contains other files.
    """
    paths = _paths(source, lake)
    for path in paths:
        _check_columns(path)
    try:
        lake.mkdir(parents=True, exist_ok=True)
        with FileLock(lake / ".lock", timeout=0):
            return _make(paths, lake, workers or _cores(), part_rows, progress)
    except Timeout:
        raise InputError(f"{lake}: another import is writing it") from None
    except OSError as error:
        raise InputError(f"{lake}: cannot be written ({error.strerror or error})") from None


def _paths(source: Path, lake: Path) -> list[Path]:
    if source.is_dir():
        if lake.resolve() == source.resolve():
            raise InputError(f"--to {lake}: the lake cannot be the folder that is read")
        found = parquet_files(source)
    else:
        found = [source] if source.exists() else []
    if not found:
        raise InputError(f"{source}: no Parquet file, nor a folder with some")
    return found


def _check_columns(path: Path) -> None:
    empty = parquet_file(path).schema_arrow.empty_table()
    pa = pyarrow_module()
    for name in INPUT:
        try:
            text_column(pa, empty, name)
        except InputError as error:
            raise InputError(f"{path}: {error}") from None


def _make(
    paths: list[Path], lake: Path, workers: int, part_rows: int, progress: Progress | None
) -> Made:
    remove_unfinished(lake)
    made = Made(str(lake), len(paths))
    inputs: dict[str, _Input] = {}
    for path in paths:
        digest = digest_of(path)
        if digest in inputs:
            made.same.append(str(path))
        else:
            inputs[digest] = _Input(path, input_key(path), digest)
    there = list(parts_of(lake))
    kept = [part for _, part in there if part.digest in inputs and part.is_of(part_rows)]
    made.kept = sum(part.rows for part in kept)
    made.rows, made.refused = made.kept, sum(part.refused for part in kept)
    total = sum(parquet_file(item.path).metadata.num_rows for item in inputs.values())
    show = progress or (lambda done, of: None)
    show(made.rows, total)
    current = {part.name for part in kept}
    for part in _written(list(inputs.values()), lake, kept, workers, part_rows):
        made.rows += part.rows
        made.refused += part.refused
        current.add(part.name)
        show(made.rows, total)
    keys = {item.key for item in inputs.values()}
    for path, part in there:
        if path.name not in current and (part.digest in inputs or part.input in keys):
            path.unlink()
    return made


def _written(
    inputs: list[_Input], lake: Path, kept: list[LakePart], workers: int, part_rows: int
) -> Iterator[LakePart]:
    tasks = _tasks(inputs, kept, part_rows)
    first = next(tasks, None)
    if first is None:
        return
    running: set[Future[LakePart]] = set()
    # A process forked from one with threads (Arrow's) may hang.
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_end_with_parent) as pool:
        try:
            running.add(pool.submit(_write, str(lake), *first))
            for task in tasks:
                running.add(pool.submit(_write, str(lake), *task))
                if len(running) > workers + 1:
                    done, running = wait(running, return_when=FIRST_COMPLETED)
                    yield from (item.result() for item in done)
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (item.result() for item in done)
        except BrokenProcessPool:
            raise InputError(
                "a process was ended from outside (is there memory enough?); "
                "the same command goes on where it stopped"
            ) from None
        finally:
            pool.shutdown(cancel_futures=True)


def _tasks(
    inputs: list[_Input], kept: list[LakePart], part_rows: int
) -> Iterator[tuple[LakePart, bytes]]:
    """The missing rows: which ones, and an Arrow stream of their two columns."""
    done = {(part.digest, part.group, part.start): part.rows for part in kept}
    for item in inputs:
        file = parquet_file(item.path)
        for group in range(file.metadata.num_row_groups):
            here = [rows for (digest, number, _), rows in done.items()
                    if (digest, number) == (item.digest, group)]  # fmt: skip
            if sum(here) == file.metadata.row_group(group).num_rows:
                continue
            start = 0
            for batch in file.iter_batches(part_rows, row_groups=[group], columns=list(INPUT)):
                part = LakePart(item.key, item.digest, group, start, batch.num_rows, part_rows)
                if done.get((item.digest, group, start)) != batch.num_rows:
                    yield part, _stream(batch)
                start += batch.num_rows


def _stream(batch: object) -> bytes:
    pa = pyarrow_module()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:  # type: ignore[attr-defined]
        writer.write_batch(batch)
    found: bytes = sink.getvalue().to_pybytes()
    return found


def _write(lake: str, part: LakePart, stream: bytes) -> LakePart:
    """In a worker process: normalize the rows and write their file."""
    pa = pyarrow_module()
    batches = [
        normalize(batch.slice(start, _AT_ONCE))
        for batch in pa.ipc.open_stream(stream)
        for start in range(0, batch.num_rows, _AT_ONCE)
    ]
    table = pa.Table.from_batches(batches)
    refused = sum(status == REFUSED for status in table.column("status").to_pylist())
    written = replace(part, refused=refused)
    write_part(Path(lake), written, table)
    return written


def _end_with_parent() -> None:
    """End the worker with its parent, which would otherwise wait for work for ever."""
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


def _cores() -> int:
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1
