"""How the cells of a row compare: they differ where two known values exclude each other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import combinations
from typing import Any, Literal, NamedTuple

from llmnotes.display import result_name
from llmnotes.knowledge.folding import FoldedCell, Value
from llmnotes.schema import Attribute

Standing = Literal["same", "one-sided", "differs"]
"""`one-sided`: a value, or a detail of it, is given for one subject and not for another."""

_ABSENT = "not-applicable"


def standing(item: Attribute, cells: Sequence[FoldedCell]) -> Standing:
    """How the cells of an attribute compare; a cell without a value differs from none."""
    if item.computed:
        return "same"
    said = [values for values in map(known_values, cells) if values]
    if any(differ(item, one, other) for one, other in combinations(said, 2)):
        return "differs"
    alike = len({meaning(item, cell) for cell in cells}) == 1
    return "same" if alike or not said else "one-sided"


def known_values(cell: FoldedCell) -> list[Value]:
    """The known values of a cell, not-applicable included."""
    return [value for value in cell.values if _is_known(value)]


def _is_known(value: Value) -> bool:
    return value.value is not None or value.status == _ABSENT


def meaning(item: Attribute, cell: FoldedCell) -> str:
    """The content of a cell in canonical form, for comparison with other cells."""
    known = known_values(cell)
    texts = sorted(
        {
            json.dumps([_in_order(item, value.value), value.parameters], sort_keys=True)
            for value in known
        }
    )
    return json.dumps([texts, len(known) < len(cell.values)])


def _in_order(item: Attribute, value: Any) -> Any:
    """A list in canonical order where its order has no meaning."""
    if isinstance(value, list) and item.is_list and item.kind not in _DETAILED:
        return sorted(value, key=str)
    return value


_DETAILED = frozenset({"results", "datasets"})
"""Kinds of lists whose elements have details."""


class Comparable(NamedTuple):
    """A known value in canonical form, computed once for many comparisons."""

    absent: bool
    meaning: Any
    parameters: dict[str, Any]


def comparable(item: Attribute, values: Sequence[Value]) -> list[Comparable]:
    """Known values of an attribute in the form that `apart` takes."""
    return [
        Comparable(
            value.status == _ABSENT, _comparable(item, value.value), _details(value.parameters)
        )
        for value in values
    ]


def _comparable(item: Attribute, value: Any) -> Any:
    if value is None:
        return None
    if item.kind == "date":
        return str(value)
    if item.kind == "results":
        return _details({result_name(result): result.get("score") for result in value})
    if item.kind == "datasets":
        return [part["name"] for part in value], [_details(part) for part in value]
    if isinstance(value, list) and item.is_list:
        return sorted(map(str, value))
    return value


def _details(found: dict[str, Any] | None) -> dict[str, Any]:
    return {key: value for key, value in (found or {}).items() if value is not None}


def differ(item: Attribute, some: Sequence[Value], others: Sequence[Value]) -> bool:
    """Whether a value on either side is compatible with no value on the other."""
    return apart(item, comparable(item, some), comparable(item, others))


def apart(item: Attribute, some: Sequence[Comparable], others: Sequence[Comparable]) -> bool:
    """`differ` on values in comparable form."""
    return any(
        not any(_compatible(item, one, other) for other in against)
        for values, against in ((some, others), (others, some))
        for one in values
    )


def _compatible(item: Attribute, one: Comparable, other: Comparable) -> bool:
    """Whether two known values are compatible; a detail given by only one is no difference."""
    if one.absent or other.absent:
        return one.absent and other.absent
    return _agree(item, one.meaning, other.meaning) and _share(one.parameters, other.parameters)


def _agree(item: Attribute, one: Any, other: Any) -> bool:
    if item.kind == "date":
        return bool(one.startswith(other) or other.startswith(one))
    if item.kind == "results":
        return _share(one, other)
    if item.kind == "datasets":
        return one[0] == other[0] and all(map(_share, one[1], other[1]))
    return bool(one == other)


def _share(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two groups of details agree in every detail that both give."""
    return all(one[key] == other[key] for key in one.keys() & other.keys())
