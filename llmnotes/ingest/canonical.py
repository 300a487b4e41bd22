"""Validation of canonical values, since the content of a bundle is not trusted."""

from __future__ import annotations

from typing import Any

from llmnotes.errors import InputError
from llmnotes.schema import Attribute
from llmnotes.values import parse_value
from llmnotes.vocabulary import VOCABULARIES


def check_canonical(attribute: Attribute, value: Any, place: str = "") -> None:
    """Raise `InputError` unless `value` is a canonical value of `attribute`."""
    try:
        good = _is_canonical(attribute, value)
    except (InputError, TypeError, ValueError, KeyError, AttributeError):
        good = False
    if not good:
        shown = repr(value)[:60]
        raise InputError(f"{place}{attribute.id}: {shown} is not a value of kind {attribute.kind}")


def _is_canonical(attribute: Attribute, value: Any) -> bool:
    if isinstance(value, dict) and "runs" in value:
        runs = value["runs"]
        return (
            attribute.per_layer
            and set(value) == {"runs"}
            and len(runs) > 1
            and all(_is_count(count) and _is_canonical(attribute, item) for count, item in runs)
        )
    if attribute.kind == "batch":
        return (
            set(value) == {"stages", "unit"}
            and bool(value["stages"])
            and all(_is_count(stage) for stage in value["stages"])
            and value["unit"] in VOCABULARIES["batch_unit"]
        )
    if attribute.kind == "quantity":
        return (
            set(value) == {"value", "unit"}
            and type(value["value"]) in {int, float}
            and value["unit"] in VOCABULARIES[str(attribute.vocabulary)]
        )
    if attribute.kind == "datasets":
        return isinstance(value, list) and all(_is_dataset(item) for item in value)
    parsed = parse_value(attribute, value)
    return (type(parsed) is type(value) and parsed == value) or (
        attribute.kind == "number" and type(value) in {int, float} and parsed == value
    )


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value < 2**63


def _is_dataset(item: Any) -> bool:
    return (
        set(item) <= {"name", "size", "unit", "weight"}
        and isinstance(item["name"], str)
        and bool(item["name"].strip())
        and ("size" in item) == ("unit" in item)
        and type(item.get("size", 0)) in {int, float}
        and item.get("unit", "tokens") in VOCABULARIES["data_unit"]
        and type(item.get("weight", 0.5)) in {int, float}
    )
