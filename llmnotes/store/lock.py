"""One writer at a time: a lock file beside the store, released by the system when its holder dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from llmnotes.errors import StoreError
from llmnotes.store.files import make_folder

WAIT_SECONDS = 600.0
"""Timeout of a waiting writer; an import of a million models takes a few minutes."""


def lock_file(store: Path) -> Path:
    """The lock file of `store`."""
    return store.with_name(store.name + ".lock")


@contextmanager
def only_writer(store: Path, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the write lock of `store`; readers are not blocked.

    Raises `StoreError` where the folder is not writable or another writer holds the lock too long.
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
    """The error for a store that cannot be written to, with the repair."""
    return StoreError(
        f"cannot write to {store} ({reason}); nothing was changed. Make room or allow writing there, "
        "or choose another store with `--db PATH` or LLMNOTES_DB"
    )
