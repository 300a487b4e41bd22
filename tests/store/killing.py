"""Kills an operation with -9 at every call that could leave a partial state."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.running import forked

_TOUCHES_FILES = {
    "execute", "executemany", "backup", "commit", "close", "connect", "open", "fsync", "rename",
    "replace", "link", "unlink", "remove", "chmod", "mkdir", "write",
}  # fmt: skip
"""Built-in functions before or after which a file may have changed."""


def kill_points(
    folder: Path, operation: Callable[[], object], most: int = 40
) -> Iterator[tuple[int, bool]]:
    """Run the operation repeatedly on fresh copies of a folder, killed a little later each time.

    Yields the number of the attempt and whether it completed; the caller then inspects `folder`. Of many
    points, `most` are tried, evenly spread.
    """
    fresh = folder.with_name(f"{folder.name}-fresh")
    shutil.copytree(folder, fresh, symlinks=True)
    total = _count(operation, folder.with_name("count"))
    step = max(1, -(-total // most))
    for point in [*range(1, total + 1, step), total + 1]:
        shutil.rmtree(folder)
        shutil.copytree(fresh, folder, symlinks=True)
        ended = forked(lambda point=point: _until(operation, point))  # type: ignore[misc]
        assert ended in {0, -signal.SIGKILL}, ended
        yield point, ended == 0


def _count(operation: Callable[[], object], file: Path) -> int:
    def child() -> None:
        calls = _until(operation, -1)
        file.write_text(str(calls))

    assert forked(child) == 0
    return int(file.read_text())


def _until(operation: Callable[[], object], point: int) -> int:
    """Run the operation, killed at the call with this number; returns the number of calls."""
    calls = 0

    def count(frame: Any, event: str, function: Any) -> None:
        nonlocal calls
        if event == "c_call" and function.__name__ in _TOUCHES_FILES:
            calls += 1
            if calls == point:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    try:
        operation()
    finally:
        sys.setprofile(None)
    return calls
