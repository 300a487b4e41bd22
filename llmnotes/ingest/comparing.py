"""A claim that comes in beside one that is known: the same, a newer one of its place, or a contradiction."""

from __future__ import annotations

from typing import Any

from llmnotes.resolve import Statement
from llmnotes.schema import ATTRIBUTES, TENTATIVE_STATUSES


def is_same(claim: Statement, other: Statement) -> bool:
    """Whether both say the same of the same place."""
    return (claim.value, claim.status, claim.source, claim.locator, claim.note) == (
        other.value, other.status, other.source, other.locator, other.note
    )  # fmt: skip


def supersedes(claim: Statement, other: Statement) -> bool:
    """Whether it is a new value from the same place of the same source as an earlier import."""
    return (claim.source, claim.locator, claim.layer) == (other.source, other.locator, other.layer)


def contradicts(claim: Statement, shown: Statement) -> bool:
    """Whether a claim gives another value than the one that is shown, and neither is a guess."""
    return not (
        _alike(shown.value) == _alike(claim.value)
        or TENTATIVE_STATUSES & {shown.status, claim.status}
        or (isinstance(shown.value, list) and claim.value in shown.value)
        or _less_precise(claim, shown)
    )


def _alike(value: Any) -> Any:
    """A value in canonical form for comparison: letter case and order are no contradiction."""
    if isinstance(value, list):
        return sorted((_alike(item) for item in value), key=repr)
    return value.casefold() if isinstance(value, str) else value


def _less_precise(claim: Statement, shown: Statement) -> bool:
    """Whether one date is the year or month of the other, which is no contradiction."""
    if ATTRIBUTES[claim.attribute].kind != "date" or not (claim.value and shown.value):
        return False
    one, other = sorted((str(claim.value), str(shown.value)), key=len)
    return other.startswith(one)
