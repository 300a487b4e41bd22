"""Refuses to write output over a store."""

from __future__ import annotations

import os
from pathlib import Path

from llmnotes.errors import InputError
from llmnotes.store.files import MAGIC, SIDECARS

_BESIDE = (*SIDECARS, ".lock")


def refuse_store(output: str | Path, store: Path) -> None:
    """Raise `InputError` where `output` is a store, or a lock or journal of one.

    `store` is the one in use, which need not exist yet; any other is recognised by its content.
    """
    target = Path(os.path.realpath(output))
    for suffix in ("", *_BESIDE):
        if not target.name.lower().endswith(suffix):
            continue
        owner = target.with_name(target.name[: len(target.name) - len(suffix)])
        if _is_store(owner) or _same(owner, store):
            part = {"": "a store", ".lock": "the lock of a store"}.get(
                suffix, "a journal of a store"
            )
            raise InputError(
                f"{output} is {part}, which output would destroy; name another file "
                "(`llmnotes db backup FILE` copies a store)"
            )


def _is_store(path: Path) -> bool:
    try:
        if not path.is_file():  # opening a pipe would block
            return False
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def _same(path: Path, store: Path) -> bool:
    """Whether two paths are the same file, even if case-insensitive or not created yet."""
    try:
        return path.samefile(store)
    except OSError:
        other = os.path.realpath(store)
        return str(path).casefold() == other.casefold()
