"""Writes files atomically: to a temporary file beside the target, which then replaces it."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable
from pathlib import Path

from llmnotes.errors import InputError


def write_whole(path: str | Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file atomically, perhaps in pieces; until all data is written the old content stays.

    Symbolic links are followed and permissions kept; devices and pipes are written directly. Raises
    `InputError` where the file cannot be written.
    """
    try:
        _write(str(path), [data] if isinstance(data, bytes) else data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot write {path}: {reason}; {_way_out(path, error)}") from error


def _write(path: str, pieces: Iterable[bytes]) -> None:
    try:
        former = os.stat(path)
    except FileNotFoundError:
        former = None
    if former is not None and stat.S_ISDIR(former.st_mode):
        raise IsADirectoryError(21, "Is a directory")
    if former is not None and (_is_descriptor(path) or not stat.S_ISREG(former.st_mode)):
        with open(path, "wb") as file:
            file.writelines(pieces)
        return
    target = os.path.realpath(path)
    if former is not None and _holds_a_database(target):
        raise InputError(f"{path} is a database, which output would destroy; name another file")
    unfinished = os.path.join(
        os.path.dirname(target), f".{os.getpid()}-{time.monotonic_ns():x}.unfinished"
    )
    try:
        with open(unfinished, "xb") as file:
            file.writelines(pieces)
        if former is not None:
            os.chmod(unfinished, stat.S_IMODE(former.st_mode))
        os.replace(unfinished, target)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def _holds_a_database(path: str) -> bool:
    """Whether a file is an SQLite database, as every store is; False where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read(16) == b"SQLite format 3\x00"
    except OSError:
        return False


def _is_descriptor(path: str) -> bool:
    """Whether the path names an open file descriptor, as /dev/stdout does."""
    return os.path.abspath(path).startswith(("/dev/std", "/dev/fd/", "/proc/"))


def _way_out(path: str | Path, error: Exception) -> str:
    if isinstance(error, IsADirectoryError):
        return "name a file in it"
    if isinstance(error, FileNotFoundError):
        return f"make the folder {os.path.dirname(path)} first"
    if isinstance(error, PermissionError):
        return "name a file in a folder where you may write"
    return "nothing was changed; name another file"
