"""A progress bar on standard error for long work, shown on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from llmnotes import console

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

Show = Callable[[int, int | None], None]
"""Callback with the amount done, and the total where known."""

DELAY = 0.5
"""Seconds of work before a bar is drawn."""


@contextmanager
def progress(label: str, delay: float = DELAY) -> Iterator[Show]:
    """A bar that disappears when the work is done; drawn only on a terminal, and after a delay."""
    begun = time.monotonic()
    bars: list[tuple[Progress, TaskID]] = []

    def show(done: int, total: int | None) -> None:
        if not bars and time.monotonic() - begun >= delay:
            bars.append(_bar(label))
        for bar, task in bars:
            bar.update(task, completed=done, total=total)

    try:
        yield show if console.is_terminal(sys.stderr) else _silent
    finally:
        for bar, _ in bars:
            bar.stop()


def _silent(done: int, total: int | None) -> None:
    """Draw nothing."""


def _bar(label: str) -> tuple[Progress, TaskID]:
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    bar.start()
    return bar, bar.add_task(label, total=None)
