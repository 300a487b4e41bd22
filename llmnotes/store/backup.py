"""Backing up, restoring and upgrading the user's store."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from llmnotes.errors import InputError, StoreError
from llmnotes.store.connect import check_header, check_revision, open_curated, recover, uri
from llmnotes.store.lock import cannot_write, only_writer
from llmnotes.store.migrate import newest
from llmnotes.store.paths import is_there
from llmnotes.store.write import put_in_place, writing


def backup(user: Path, target: Path | None = None) -> Path:
    """Copy the store to `target`, or beside it under today's date; readers and writers go on.

    Raises `InputError` where there is nothing to copy or `target` exists, `StoreError` where it
    cannot be written.
    """
    from llmnotes.store.log import now

    if not is_there(user):
        raise InputError(f"there is no store at {user} yet, so nothing to back up")
    revision(user)
    stamp = now().replace(":", "").replace("-", "")
    target = target or user.with_name(f"{user.stem}-{stamp}.backup.sqlite")
    if target.exists():
        raise InputError(f"{target} exists already; name another file")
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        _copy(user, unfinished)
        put_in_place(unfinished, target)
    except (OSError, sqlite3.Error) as error:
        raise cannot_write(target, str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def restore(user: Path, source: Path) -> Path | None:
    """Put a backup in the store's place; the store that was there is kept and its path returned.

    Raises `StoreError` where the backup is no sound store of ours, or the store cannot be written.
    """
    if not source.is_file():
        raise InputError(f"there is no backup {source}")
    revision(source)
    _refuse_damaged(source)
    unfinished = user.with_name(f".{user.name}.{os.getpid()}.unfinished")
    with only_writer(user):
        try:
            _copy(source, unfinished)
            kept = _keep(user)
            put_in_place(unfinished, user)
        except (OSError, sqlite3.Error) as error:
            raise cannot_write(user, str(error)) from error
        finally:
            unfinished.unlink(missing_ok=True)
    return kept


def _keep(user: Path) -> Path | None:
    """Set the present store aside, sound or not, under a name that is free."""
    if not is_there(user):
        return None
    for number in range(1, 1_000):
        kept = user.with_name(f"{user.stem}-before-restore-{number}.sqlite")
        if not kept.exists():
            os.replace(user, kept)
            user.with_name(user.name + "-journal").unlink(missing_ok=True)
            return kept
    raise StoreError(f"too many {user.stem}-before-restore-… files beside {user}; remove some")


def upgrade(user: Path) -> tuple[str, str]:
    """Bring the store to this package's schema and edition; returns the revisions before and after.

    Every write does this by itself; the former store is replaced in one step.
    Raises `InputError` where there is none, `StoreError` where it cannot be used.
    """
    from llmnotes.store.resolved import resolve_again

    if not is_there(user):
        raise InputError(f"there is no store at {user} yet, so nothing to upgrade")
    before = revision(user)
    with writing(user, large=True) as connection:
        resolve_again(connection, ())
        after = newest(connection)
    return before, after


def revision(path: Path) -> str:
    """The schema revision of a store; raises `StoreError` where it is none that can be read."""
    check_header(path)
    recover(path)
    with closing(open_curated()) as connection:
        try:
            connection.execute("ATTACH ? AS user", (f"{uri(path)}?mode=ro",))
            return check_revision(connection, path)
        except sqlite3.DatabaseError as error:
            raise StoreError(f"the store {path} is damaged ({error})") from error


def _refuse_damaged(source: Path) -> None:
    with closing(sqlite3.connect(f"{uri(source)}?mode=ro", uri=True)) as connection:
        try:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            found = str(error)
    if found != "ok":
        raise StoreError(f"the backup {source} is damaged ({found}); nothing was changed")


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{uri(source)}?mode=ro", uri=True, timeout=30)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
