"""The models of a family."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from llmnotes.errors import InputError, quoted
from llmnotes.pattern import late
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

    A family published without base models is represented by all its members, and a size published
    without one by the post-trained model: Qwen3.5-27B.
    """
    check_variants(variants)
    rows = connection.execute(
        "SELECT id, variant, size FROM models WHERE family = ? ORDER BY position, id", (family,)
    ).fetchall()
    if variants != "base":
        return [row[0] for row in rows if variants in {"all", row[1]}]

    def made_of_another(model: str) -> bool:
        found = connection.execute(
            "SELECT 1 FROM claims WHERE subject_kind = 'model' AND subject = ? "
            "AND attribute = 'based_on' AND value IS NOT NULL", (model,),
        )  # fmt: skip
        return found.fetchone() is not None

    return standing_for_all(rows, made_of_another)


def standing_for_all(
    rows: Sequence[tuple[str, str, str | None]], made_of_another: Callable[[str], bool]
) -> list[str]:
    """The ids of the base models among (id, variant, size), then of the sizes that came out tuned only.

    All where there is no base model. A tune that was made of another model is none of the family's sizes.
    """
    base = [row for row in rows if row[1] == "base"]
    if not base or len(base) == len(rows):
        return [row[0] for row in rows]
    sizes = {_count(row[2]) for row in base} | {""}
    alone = [row for row in rows if _count(row[2]) not in sizes and not made_of_another(row[0])]
    return [row[0] for row in (*base, *alone)]


def _count(size: str | None) -> str:
    """The number of parameters in a size: `671B` of `671B Terminus`; else empty."""
    found = _COUNT.search(size or "")
    return found[0] if found else ""


_COUNT = late(r"(?<![\w.])\d{1,4}(?:\.\d{1,3})?[BMT](?:-A\d{1,3}(?:\.\d)?B)?")
