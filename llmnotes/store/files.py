"""The files of a store: private when new, put in place in one step, set aside without a gap."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

from llmnotes.errors import StoreError

MAGIC = b"SQLite format 3\x00"
"""How every store begins."""

SIDECARS = ("-journal", "-wal", "-shm")
"""What SQLite puts behind a store's name for the files it keeps beside it."""

_PRIVATE = 0o600


def uri(path: Path) -> str:
    """The path as SQLite takes it with options behind it."""
    return "file:" + quote(str(path.absolute()))


def sidecars(store: Path) -> list[Path]:
    """Where SQLite keeps the journals of a store."""
    return [store.with_name(store.name + suffix) for suffix in SIDECARS]


def make_folder(folder: Path) -> None:
    """Make a folder and what is missing above it; what is new is for its owner alone."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def create_private(path: Path) -> None:
    """Make an empty file that only its owner may read; raises `FileExistsError` where one is."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE))


def copy_store(source: Path, target: Path) -> None:
    """Copy a store into a new private file, whole, while others read and write it."""
    create_private(target)
    with (
        closing(sqlite3.connect(f"{uri(source)}?mode=ro", uri=True, timeout=30)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


def unfinished_file(store: Path) -> Path:
    """Where this process makes what is to take the store's place."""
    return store.with_name(f".{store.name}.{os.getpid()}.unfinished")


def forget_unfinished(store: Path) -> None:
    """Remove what killed writers left; to be called by the one who holds the lock."""
    for left in store.parent.iterdir():
        if left.name.startswith(f".{store.name}.") and ".unfinished" in left.name:
            left.unlink(missing_ok=True)


def put_in_place(unfinished: Path, store: Path) -> None:
    """Make the finished file the store, durably and in one step, with the rights the store had."""
    with suppress(FileNotFoundError):
        _take_rights(unfinished, store.stat())
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(unfinished, store)
    if os.name == "posix":
        folder = os.open(store.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _take_rights(unfinished: Path, former: os.stat_result) -> None:
    os.chmod(unfinished, stat.S_IMODE(former.st_mode))
    if os.name == "posix":
        own = unfinished.stat()
        if (own.st_uid, own.st_gid) != (former.st_uid, former.st_gid):
            with suppress(PermissionError):  # only root may give a file away
                os.chown(unfinished, former.st_uid, former.st_gid)


def set_aside(store: Path) -> Path | None:
    """Give the present store, sound or not, a second name beside it; None where there is none.

    The store itself stays where it is, so that there is one at every moment.
    """
    if not store.exists():
        return None
    for number in range(1, 1_000):
        kept = store.with_name(f"{store.stem}-before-restore-{number}.sqlite")
        try:
            _link(store, kept)
        except FileExistsError:
            continue
        for left, kept_beside in zip(sidecars(store), sidecars(kept), strict=True):
            if left.exists():
                _link(left, kept_beside)
                left.unlink()
        return kept
    raise StoreError(f"too many {store.stem}-before-restore-… files beside {store}; remove some")


def _link(file: Path, other: Path) -> None:
    """A second name for a file; a copy where the file system knows no such thing."""
    try:
        os.link(file, other)
    except FileExistsError:
        raise
    except OSError:
        import shutil

        create_private(other)
        shutil.copy2(file, other)
