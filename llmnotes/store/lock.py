"""One writer at a time: a lock beside the store, let go by the system when its holder dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from llmnotes.errors import StoreError
from llmnotes.store.files import make_folder

WAIT_SECONDS = 600.0
"""How long a writer waits for another; an import of a million models takes a few minutes."""


def lock_file(store: Path) -> Path:
    """The file that stands for the right to write to `store`."""
    return store.with_name(store.name + ".lock")


@contextmanager
def only_writer(store: Path, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the right to write to `store`; readers are not held up.

    Raises `StoreError` where the folder cannot be written to or another writer does not end.
    """
    from filelock import FileLock, Timeout

    try:
        make_folder(store.parent)
        lock = FileLock(lock_file(store), mode=0o600)
        with lock.acquire(timeout=wait):
            yield
    except Timeout as error:
        raise StoreError(
            f"another llmnotes has been writing to {store} for {wait:.0f} seconds; wait for it, or "
            "end it and try again"
        ) from error
    except OSError as error:
        raise cannot_write(store, error.strerror or str(error)) from error


def cannot_write(store: Path, reason: str) -> StoreError:
    """The error for a store that cannot be written to; it says what to do."""
    return StoreError(
        f"cannot write to {store} ({reason}); nothing was changed. Make room or allow writing there, "
        "or choose another store with `--db PATH` or LLMNOTES_DB"
    )
