"""Backing up, restoring and upgrading the user's store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from llmnotes.errors import InputError, StoreError
from llmnotes.store.connect import check_header, check_revision, open_curated, recover, settle
from llmnotes.store.files import (
    copy_store,
    forget_unfinished,
    put_in_place,
    set_aside,
    unfinished_file,
    uri,
)
from llmnotes.store.lock import cannot_write, only_writer
from llmnotes.store.migrate import newest
from llmnotes.store.paths import is_there
from llmnotes.store.soundness import problems
from llmnotes.store.write import writing


def backup(user: Path, target: Path | None = None) -> Path:
    """Copy the store to `target`, or beside it under today's date, without blocking readers or writers.

    Raises `InputError` where there is nothing to copy or `target` exists, `StoreError` where the store is
    damaged or the copy cannot be written.
    """
    from llmnotes.store.log import now

    if not is_there(user):
        raise InputError(f"there is no store at {user} yet, so nothing to back up")
    revision(user)
    stamp = now().replace(":", "").replace("-", "")
    target = target or user.with_name(f"{user.stem}-{stamp}.backup.sqlite")
    if target.exists() or target.is_symlink():
        raise InputError(f"{target} exists already; name another file")
    unfinished = unfinished_file(target)
    unfinished.unlink(missing_ok=True)
    try:
        copy_store(user, unfinished)
        if found := problems(unfinished):
            raise sqlite3.DatabaseError(found[0].partition(": ")[2])
        put_in_place(unfinished, target)
    except OSError as error:
        raise cannot_write(target, error.strerror or str(error)) from error
    except sqlite3.OperationalError as error:
        raise cannot_write(target, str(error)) from error
    except (sqlite3.DatabaseError, StoreError) as error:
        raise StoreError(
            f"the store {user} is damaged, so no backup of it was made; `llmnotes db check` says "
            "more, and `llmnotes db restore FILE` brings an older backup back"
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def restore(user: Path, source: Path) -> Path | None:
    """Replace the store by a backup; the previous store is kept and its path returned.

    If interrupted, the store is either the previous one or the backup, never a mixture. Raises `StoreError`
    where the backup is not a sound user store, or the store cannot be written.
    """
    if not source.exists():
        raise InputError(f"there is no backup {source}")
    _check_backup(source)
    unfinished = unfinished_file(user)
    with only_writer(user):
        if user.exists() and not user.is_file():
            check_header(user)  # a folder or a pipe in the store's place; the call reports it
        forget_unfinished(user)
        try:
            copy_store(source, unfinished)
            _refuse_damaged(unfinished, source)
            settle(user)
            kept = set_aside(user)
            put_in_place(unfinished, user)
        except OSError as error:
            raise cannot_write(user, error.strerror or str(error)) from error
        except sqlite3.OperationalError as error:
            raise cannot_write(user, str(error)) from error
        except sqlite3.DatabaseError as error:
            raise _damaged(source, str(error)) from error
        finally:
            unfinished.unlink(missing_ok=True)
    return kept


def _check_backup(source: Path) -> None:
    try:
        revision(source)
    except StoreError as error:
        if isinstance(error.__cause__, sqlite3.DatabaseError):
            raise _damaged(source, str(error.__cause__)) from error
        raise
    if _is_curated(source):
        raise InputError(
            f"{source} is the curated base, which every command reads anyhow; "
            "name a backup of your own store"
        )


def _is_curated(path: Path) -> bool:
    """Whether a store contains editions, which no user's store does."""
    try:
        with closing(sqlite3.connect(f"{uri(path)}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT 1 FROM edition").fetchone() is not None
    except sqlite3.Error:  # an older schema has no such table; damage is reported elsewhere
        return False


def _refuse_damaged(copy: Path, source: Path) -> None:
    try:
        found = problems(copy)
    except StoreError as error:
        raise _damaged(source, str(error.__cause__)) from error
    if found:
        raise _damaged(source, found[0].partition(": ")[2])


def _damaged(source: Path, reason: str) -> StoreError:
    return StoreError(f"the backup {source} is damaged ({reason}); nothing was changed")


def upgrade(user: Path) -> tuple[str, str]:
    """Upgrade the store to this package's schema and edition; returns the revisions before and after.

    Every write does this implicitly; the previous store is replaced atomically. Raises `InputError` where
    there is none, `StoreError` where it cannot be used.
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
    """The schema revision of a store; raises `StoreError` where it cannot be read."""
    check_header(path)
    recover(path)
    with closing(open_curated()) as connection:
        try:
            connection.execute("ATTACH ? AS user", (f"{uri(path)}?mode=ro",))
            return check_revision(connection, path)
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"the store {path} is damaged ({error}); `llmnotes db restore FILE` brings a "
                "backup back"
            ) from error
