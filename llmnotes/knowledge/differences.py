"""How the cells of a row compare: a difference is two known values that cannot both be meant."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import combinations
from typing import Any, Literal

from llmnotes.display import result_name
from llmnotes.knowledge.folding import FoldedCell, Value
from llmnotes.schema import Attribute

Standing = Literal["same", "one-sided", "differs"]
"""`one-sided`: what is said of one subject, or a detail of it, is not said of another."""

_ABSENT = "not-applicable"


def standing(item: Attribute, cells: Sequence[FoldedCell]) -> Standing:
    """How the cells of an attribute compare; whoever says nothing differs from nobody."""
    if item.computed:
        return "same"
    said = [values for values in map(known_values, cells) if values]
    if any(differ(item, one, other) for one, other in combinations(said, 2)):
        return "differs"
    alike = len(set(map(meaning, cells))) == 1
    return "same" if alike or not said else "one-sided"


def known_values(cell: FoldedCell) -> list[Value]:
    """The values of a cell that say something; that a thing does not apply is said too."""
    return [value for value in cell.values if _is_known(value)]


def _is_known(value: Value) -> bool:
    return value.value is not None or value.status == _ABSENT


def meaning(cell: FoldedCell) -> str:
    """What a cell says, and whether anything is missing beside it: alike for cells that say the same."""
    known = known_values(cell)
    texts = sorted({json.dumps([value.value, value.parameters], sort_keys=True) for value in known})
    return json.dumps([texts, len(known) < len(cell.values)])


def differ(item: Attribute, some: Sequence[Value], others: Sequence[Value]) -> bool:
    """Whether one of the values on either side is none of the values on the other."""
    return any(
        not any(_compatible(item, one, other) for other in against)
        for values, against in ((some, others), (others, some))
        for one in values
    )


def _compatible(item: Attribute, one: Value, other: Value) -> bool:
    """Whether two known values can mean the same: what only one of them adds is no difference."""
    if _ABSENT in (one.status, other.status):
        return one.status == other.status
    return _agree(item, one.value, other.value) and _share(one.parameters, other.parameters)


def _agree(item: Attribute, one: Any, other: Any) -> bool:
    if item.kind == "date":
        return str(one).startswith(str(other)) or str(other).startswith(str(one))
    if item.kind == "results":
        return _share(_scores(one), _scores(other))
    if item.kind == "datasets":
        names = [[part["name"] for part in value] for value in (one, other)]
        return names[0] == names[1] and all(map(_share, one, other))
    if isinstance(one, list) and isinstance(other, list) and item.is_list:
        return sorted(map(str, one)) == sorted(map(str, other))
    return bool(one == other)


def _scores(results: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {result_name(result): result.get("score") for result in results}


def _share(one: dict[str, Any] | None, other: dict[str, Any] | None) -> bool:
    """Whether two groups of details agree wherever both say something."""
    first, second = one or {}, other or {}
    return all(
        first[key] == second[key]
        for key in first.keys() & second.keys()
        if first[key] is not None and second[key] is not None
    )
