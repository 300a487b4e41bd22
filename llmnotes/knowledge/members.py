"""The models of a family."""

from __future__ import annotations

import sqlite3

from llmnotes.errors import InputError, quoted
from llmnotes.schema import VARIANTS

_VARIANTS = (*VARIANTS, "all")


def check_variants(variants: str) -> str:
    """`variants` itself; raises `InputError` with the allowed words for any other."""
    if variants not in _VARIANTS:
        allowed = f"{', '.join(_VARIANTS[:-1])} or {_VARIANTS[-1]}"
        raise InputError(f"unknown variant {quoted(variants)}. Write {allowed}.")
    return variants


def members(connection: sqlite3.Connection, family: str, variants: str = "base") -> list[str]:
    """Ids of a family's models, smallest first; `variants` is `base`, `post-trained` or `all`.

    A family published without base models is represented by all its members.
    """
    check_variants(variants)
    rows = connection.execute(
        "SELECT id, variant FROM models WHERE family = ? ORDER BY position, id", (family,)
    ).fetchall()
    chosen = [row[0] for row in rows if variants in {"all", row[1]}]
    return chosen or ([row[0] for row in rows] if variants == "base" else [])
