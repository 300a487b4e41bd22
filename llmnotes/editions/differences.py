"""Differences between two states: values added, corrected and withdrawn, grouped by family."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from llmnotes.editions.files import ClaimedValue, ValueChange
from llmnotes.editions.states import SOURCES, BaseState
from llmnotes.resolve import Statement
from llmnotes.schema import CLAIMABLE

Key = tuple[str, str | None]
"""A model, and an attribute of it; None for the model as a whole."""


class Difference(NamedTuple):
    """The change of one value of one model."""

    change: str
    before: ClaimedValue | None
    after: ClaimedValue | None


def differences(before: BaseState, after: BaseState) -> Iterator[tuple[Key, Difference]]:
    """Every changed value, and every added or withdrawn model, in the order of the files."""
    touched = _touched(before, after)
    for model in dict.fromkeys([*before.models, *after.models]):
        if _family(model, before, after) not in touched:
            continue
        if model not in after.models:
            yield (model, None), Difference("withdrawn", None, None)
        elif model not in before.models:
            yield (model, None), Difference("added", None, None)
        else:
            yield from _of_model(before, after, model)


def _touched(before: BaseState, after: BaseState) -> set[str]:
    """The families whose values may differ: an unchanged file is the same object in both states."""
    if before.files.get(SOURCES) is not after.files.get(SOURCES):
        return {*before.families, *after.families}
    touched = {
        key
        for key in {*before.families, *after.families}
        if before.families.get(key) is not after.families.get(key)
    }
    while more := {
        family
        for state in (before, after)
        for family, base in state.leaning
        if base in touched and family not in touched
    }:
        touched |= more
    return touched


def _of_model(before: BaseState, after: BaseState, model: str) -> Iterator[tuple[Key, Difference]]:
    old, new = before.values(model), after.values(model)
    for name in CLAIMABLE:
        was, now = old.get(name), new.get(name)
        if _meaning(was) != _meaning(now):
            yield (model, name), _difference(_said(was, before), _said(now, after))


def _meaning(claim: Statement | None) -> Any:
    """What is compared of a claim: its value; reported and derived are equivalent."""
    if claim is None:
        return None
    status = "reported" if claim.status == "derived" else claim.status
    return json.dumps([claim.value, claim.parameters or None, status], sort_keys=True)


def _said(claim: Statement | None, state: BaseState) -> ClaimedValue | None:
    if claim is None:
        return None
    title = state.sources.get(claim.source or "", {}).get("title")
    return ClaimedValue(
        claim.value, claim.status, claim.source, claim.locator, title, claim.parameters or None
    )


def _difference(was: ClaimedValue | None, now: ClaimedValue | None) -> Difference:
    if now is None or now.value is None:
        gone = was is not None and was.value is not None
        return Difference("withdrawn" if gone or now is None else "added", was, now)
    if was is None or was.value is None:
        return Difference("added", was, now)
    if isinstance(was.value, list) and isinstance(now.value, list):
        lost = [item for item in was.value if item not in now.value]
        won = [item for item in now.value if item not in was.value]
        if lost or won:
            was, now = _of_list(was, lost), _of_list(now, won)
            return Difference(
                "corrected" if was and now else "added" if now else "withdrawn", was, now
            )
    return Difference("added" if _refines(was, now) else "corrected", was, now)


def _of_list(said: ClaimedValue, items: list[Any]) -> ClaimedValue | None:
    """The changed elements of a list: those added or withdrawn."""
    if not items:
        return None
    return ClaimedValue(items, said.status, said.source, said.locator, said.title, said.parameters)


def _refines(was: ClaimedValue, now: ClaimedValue) -> bool:
    """Whether the new value only adds to the old one: the day to a month, a parameter."""
    if was.value == now.value:
        old, new = was.parameters or {}, now.parameters or {}
        return was.status == now.status and all(new.get(key) == old[key] for key in old)
    both = isinstance(was.value, str) and isinstance(now.value, str)
    return both and now.value.startswith(f"{was.value}-")


def folded(
    before: BaseState, after: BaseState, reason_of: Callable[[Key, Difference], str | None]
) -> list[ValueChange]:
    """The changes, with one entry for all models of a family that it applies to."""
    found: dict[str, tuple[Difference, str | None, list[str], Key]] = {}
    for key, difference in differences(before, after):
        family, reason = _family(key[0], before, after), reason_of(key, difference)
        folding = json.dumps([family, key[1], difference, reason], default=_plain)
        found.setdefault(folding, (difference, reason, [], key))[2].append(key[0])
    changes = []
    for difference, reason, models, (first, attribute) in found.values():
        changes.append(
            ValueChange(
                difference.change, _family(first, before, after), models, attribute,
                difference.before, difference.after, reason,
                sum(_count(model, attribute, before, after) for model in models),
            )
        )  # fmt: skip
    order = list(CLAIMABLE)
    return sorted(
        changes,
        key=lambda item: (
            item.attribute is not None, item.family, item.change,
            order.index(item.attribute) if item.attribute else -1, item.models,
        ),
    )  # fmt: skip


def _family(model: str, before: BaseState, after: BaseState) -> str:
    return (after.models.get(model) or before.models[model])[0]


def _plain(said: Any) -> Any:
    return [getattr(said, name) for name in ClaimedValue.__dataclass_fields__]


def _count(model: str, attribute: str | None, before: BaseState, after: BaseState) -> int:
    if attribute is not None:
        return 1
    return len((after if model in after.models else before).values(model))
