"""Whether two claims of the same attribute contradict each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llmnotes.checks.rounding import alike
from llmnotes.display import result_name
from llmnotes.schema import ATTRIBUTES, Attribute
from llmnotes.vocabulary import fold

Parts = tuple[Any, Any]
"""The parts of two values that contradict each other."""


def difference(name: str, first: Any, second: Any) -> Parts | None:
    """The contradicting parts of two values of an attribute; None where they agree.

    A rounding, a coarser date, a part of a list or another unit agrees; free texts always agree.
    """
    if first == second:
        return None
    attribute = ATTRIBUTES[name]
    return _DIFFERENCES.get(attribute.kind, _whole)(attribute, first, second)


def _unless(agrees: bool, first: Any, second: Any) -> Parts | None:
    return None if agrees else (first, second)


def _number(attribute: Attribute, first: Any, second: Any) -> Parts | None:
    if isinstance(first, dict) or isinstance(second, dict):
        return first, second
    if isinstance(first, list) or isinstance(second, list):
        one, other = ([item] if not isinstance(item, list) else item for item in (first, second))
        return _unless(_within(one, other), first, second)
    counts = attribute.unit in {"parameters", "tokens"} or attribute.kind == "number"
    return _unless(counts and alike(first, second), first, second)


def _within(one: list[Any], other: list[Any]) -> bool:
    return set(one) <= set(other) or set(other) <= set(one)


def _date(_: Attribute, first: str, second: str) -> Parts | None:
    return _unless(first.startswith(second) or second.startswith(first), first, second)


def _text(_: Attribute, first: str, second: str) -> Parts | None:
    return _unless(fold(first) == fold(second), first, second)


def _list(_: Attribute, first: list[Any], second: list[Any]) -> Parts | None:
    return _unless(_within(first, second), first, second)


def _batch(_: Attribute, first: dict[str, Any], second: dict[str, Any]) -> Parts | None:
    other_unit = first["unit"] != second["unit"]
    return _unless(other_unit or alike(first["stages"][-1], second["stages"][-1]), first, second)


def _quantity(_: Attribute, first: dict[str, Any], second: dict[str, Any]) -> Parts | None:
    other_unit = first["unit"] != second["unit"]
    return _unless(other_unit or alike(first["value"], second["value"]), first, second)


def _datasets(_: Attribute, first: list[Any], second: list[Any]) -> Parts | None:
    return _elements(first, second, lambda item: fold(item["name"]), _dataset_differs)


def _dataset_differs(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if "weight" in one and "weight" in other and not alike(one["weight"], other["weight"]):
        return True
    sized = "size" in one and "size" in other and one["unit"] == other["unit"]
    return sized and not alike(one["size"], other["size"])


def _results(_: Attribute, first: list[Any], second: list[Any]) -> Parts | None:
    return _elements(first, second, result_name, _score_differs)


def _score_differs(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return "score" in one and "score" in other and not alike(one["score"], other["score"])


def _elements(
    first: list[Any],
    second: list[Any],
    name: Callable[[dict[str, Any]], str],
    differs: Callable[[dict[str, Any], dict[str, Any]], bool],
) -> Parts | None:
    """The elements of two lists with the same name and different content."""
    known = {name(item): item for item in first}
    pairs = [(known[name(item)], item) for item in second if name(item) in known]
    found = [(one, other) for one, other in pairs if differs(one, other)]
    return ([one for one, _ in found], [other for _, other in found]) if found else None


_GATED = {"SwiGLU": "SiLU", "GeGLU": "GELU", "ReGLU": "ReLU"}
"""A gated activation and its inner function, by which configurations name it."""


def _term(attribute: Attribute, first: Any, second: Any) -> Parts | None:
    if attribute.id == "activation" and isinstance(first, str) and isinstance(second, str):
        return _unless(_GATED.get(first) == second or _GATED.get(second) == first, first, second)
    return first, second


def _whole(_: Attribute, first: Any, second: Any) -> Parts | None:
    return first, second


def _never(_: Attribute, first: Any, second: Any) -> Parts | None:
    return None


_DIFFERENCES: dict[str, Callable[[Attribute, Any, Any], Parts | None]] = {
    "integer": _number,
    "number": _number,
    "date": _date,
    "term": _term,
    "text": _text,
    "texts": _never,
    "terms": _list,
    "organizations": _list,
    "models": _list,
    "batch": _batch,
    "quantity": _quantity,
    "datasets": _datasets,
    "results": _results,
}
