"""Divides the work of writing a site among processes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

_MOST = 4
"""More processes gain little, since each reads the whole base first."""

Done = tuple[dict[str, str], int]
"""The files of a share with their digests, and the number of those written."""


class SharedWork(NamedTuple):
    """The parameters of a process that writes a share."""

    user: Path | None
    curated: Path
    out: Path
    before: dict[str, str]
    url: str | None
    issues: str | None
    shares: int


def share(
    work: SharedWork, there: Callable[[SharedWork, int], Done], here: Callable[[int], None]
) -> list[Done]:
    """Do the first share with `here` and each other one with `there` in a process of its own.

    Returns the results of the others and raises their errors; where the system cannot start processes,
    everything is done here.
    """
    try:
        if work.shares > 1:
            with ProcessPoolExecutor(work.shares - 1, get_context("spawn")) as pool:
                started = [pool.submit(there, work, number) for number in range(1, work.shares)]
                here(0)
                return [done.result() for done in started]
    except (ImportError, NotImplementedError, PermissionError, BrokenProcessPool):
        pass  # no semaphores, no shared memory, or a process that was ended from outside
    for number in range(work.shares):
        here(number)
    return []


def processors() -> int:
    """The number of processes that are useful on this machine."""
    try:
        there = len(os.sched_getaffinity(0))
    except AttributeError:  # not available on every system
        there = os.cpu_count() or 1
    return max(1, min(there, _MOST))


def stores(connection: sqlite3.Connection) -> tuple[Path | None, Path]:
    """The files behind a connection: the user's store, where there is one, and the curated one."""
    files = {row[1]: row[2] for row in connection.execute("PRAGMA database_list")}
    user = files.get("user")
    return Path(user) if user else None, Path(files["main"])
