"""Files of a store: created private, replaced atomically, set aside without a gap."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

from llmnotes.errors import StoreError

MAGIC = b"SQLite format 3\x00"
"""The first bytes of every store."""

SIDECARS = ("-journal", "-wal", "-shm")
"""Suffixes of the files that SQLite keeps beside a store."""

_PRIVATE = 0o600


def uri(path: Path) -> str:
    """The path as an SQLite URI, to which options can be appended."""
    return "file:" + quote(str(path.absolute()))


def sidecars(store: Path) -> list[Path]:
    """The paths of a store's journals."""
    return [store.with_name(store.name + suffix) for suffix in SIDECARS]


def make_folder(folder: Path) -> None:
    """Create a folder and its missing parents, accessible to the owner only."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def create_private(path: Path) -> None:
    """Create an empty file readable by the owner only; raises `FileExistsError` where it exists."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE))


def copy_store(source: Path, target: Path) -> None:
    """Copy a store consistently into a new private file while others read and write it."""
    create_private(target)
    with (
        closing(sqlite3.connect(f"{uri(source)}?mode=ro", uri=True, timeout=30)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


def unfinished_file(store: Path) -> Path:
    """The path of this process's temporary file that is to replace the store."""
    return store.with_name(f".{store.name}.{os.getpid()}.unfinished")


def forget_unfinished(store: Path) -> None:
    """Remove temporary files of killed writers; the caller must hold the lock."""
    for left in store.parent.iterdir():
        if left.name.startswith(f".{store.name}.") and ".unfinished" in left.name:
            left.unlink(missing_ok=True)


def put_in_place(unfinished: Path, store: Path) -> None:
    """Replace the store by the finished file, durably and atomically, with the store's permissions."""
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
            with suppress(PermissionError):  # only root may change the owner
                os.chown(unfinished, former.st_uid, former.st_gid)


def set_aside(store: Path) -> Path | None:
    """Give the store, sound or not, a second name beside it; None where there is none.

    The store itself stays in place, so that it exists at every moment.
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
    """A hard link to a file; a copy where the file system does not support links."""
    try:
        os.link(file, other)
    except FileExistsError:
        raise
    except OSError:
        import shutil

        create_private(other)
        shutil.copy2(file, other)
