"""How many families are covered in full, and what those lack that nearly are.

`python -m llmnotes.curate.coverage_report`; a family counts as its fullest base model.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from typing import NamedTuple

from llmnotes.coverage import TRAINING, Coverage, coverage, missing_shape
from llmnotes.errors import LlmnotesError
from llmnotes.knowledge.members import members
from llmnotes.store.claims import Claims
from llmnotes.store.connect import connect

NEARLY = 3
"""The number of missing training attributes up to which a family counts as nearly full."""


class FamilyCoverage(NamedTuple):
    """A family's coverage, the model it is computed for, how many more attributes would make it full, and
    which of the architecture are missing."""

    family: str
    model: str
    found: Coverage | None
    wanting: int
    missing: tuple[str, ...] = ()


def families(connection: sqlite3.Connection) -> list[FamilyCoverage]:
    """Every family by its fullest base model, or its fullest model where it has no base model."""
    keys = [row[0] for row in connection.execute("SELECT id FROM families ORDER BY id")]
    by_family = {key: members(connection, key) for key in keys}
    claims = Claims(connection, [model for models in by_family.values() for model in models])
    return [
        min((_of(claims, key, model) for model in models), key=_rank)
        for key, models in by_family.items()
        if models
    ]


def _of(claims: Claims, family: str, model: str) -> FamilyCoverage:
    of_model = dict(claims.of_model(model))
    shown = of_model.pop("coverage", None)
    found = coverage(of_model)
    if shown and shown[0].inherited_from and (found is None or found.term != shown[0].value):
        found = Coverage(str(shown[0].value), f"of {shown[0].inherited_from}")
    needed = len(TRAINING) // 2 + 1
    known = len(TRAINING) - len(found.lacking) if found and found.term == "architecture" else 0
    wanting = max(0, needed - known)
    return FamilyCoverage(family, model, found, wanting, missing_shape(of_model))


def _rank(item: FamilyCoverage) -> tuple[int, int]:
    order = ("full", "architecture", "withheld", None)
    return order.index(item.found.term if item.found else None), item.wanting


def report(found: list[FamilyCoverage]) -> str:
    """The counts, then the families that are nearly full, nearest first."""
    counts = Counter(item.found.term if item.found else "unfinished" for item in found)
    lines = [", ".join(f"{counts[term]} {term}" for term in counts) + f" of {len(found)} families"]
    nearly = [
        item
        for item in found
        if item.found and item.found.term == "architecture" and item.wanting <= NEARLY
    ]
    for item in sorted(nearly, key=lambda item: (item.wanting, item.family)):
        lacking = ", ".join(item.found.lacking) if item.found else ""
        lines.append(f"{item.family} ({item.model}): {item.wanting} more of {lacking}")
    lines += [
        f"{item.family} ({item.model}): unfinished without {', '.join(item.missing)}"
        for item in found
        if item.found is None
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    try:
        with closing(connect()) as opened:
            print(report(families(opened)))
    except LlmnotesError as error:
        raise SystemExit(str(error)) from None
