"""Paths of the two stores and the migrations."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from llmnotes.errors import InputError, StoreError

PACKAGE = Path(__file__).parent.parent

CURATED = PACKAGE / "data" / "curated.sqlite"
"""The curated store: built with the package and never written afterwards."""

ANOTHER = "choose another with `--db PATH` or LLMNOTES_DB"
"""The repair of a store that cannot be used."""


def user_store(chosen: str | None = None) -> Path:
    """The user's store: `chosen` (`--db`), else `LLMNOTES_DB`, else the platform's data folder.

    It need not exist; nothing is created here. A symbolic link is resolved, so that locks and journals are
    created beside the target. Raises `InputError` for an unknown home folder, `StoreError` for cyclic
    links.
    """
    path = chosen or os.environ.get("LLMNOTES_DB")
    return _followed(expanded(path) if path else _default())


def _default() -> Path:
    from platformdirs import user_data_path

    # Without HOME and for a user that the system does not know, older versions return `~/…`.
    with suppress(RuntimeError):
        folder = user_data_path("llmnotes", appauthor=False)
        if folder.is_absolute():
            return folder / "notes.sqlite"
    raise StoreError(
        "there is no home folder to keep a store in; set HOME, or choose a store with `--db PATH` or "
        "LLMNOTES_DB"
    )


def _followed(path: Path) -> Path:
    try:
        path.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise StoreError(
                f"the store {path} is a symbolic link that leads back to itself; remove it, or "
                + ANOTHER
            ) from error
    return Path(os.path.realpath(path)) if os.path.islink(path) else path


def expanded(text: str) -> Path:
    """A path as typed, with `~` and `~name` expanded; raises `InputError` for an unknown user."""
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise InputError(
            f"there is no home folder for {text}; write the path out, or ./{text} for a file here"
        ) from error


def is_there(store: Path) -> bool:
    """Whether the store exists; raises `StoreError` where its folder is not accessible."""
    try:
        return store.exists()
    except OSError as error:
        raise StoreError(
            f"the store {store} cannot be reached ({error.strerror}); {ANOTHER}"
        ) from error


def migrations() -> Path:
    """The folder of migrations: inside the package when installed, beside it in a checkout."""
    inside = PACKAGE / "migrations"
    return inside if inside.is_dir() else PACKAGE.parent / "migrations"
