"""Verifies a claim from a configuration: its key exists and has the claim's value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from llmnotes.errors import InputError
from llmnotes.evidence.texts import letters
from llmnotes.schema import Attribute
from llmnotes.spelling import nearest
from llmnotes.vocabulary import canonical


def at_key(data: Any, key: str) -> Any:
    """The value at a dotted key of a configuration, or at a key of one of its inner tables.

    Raises `KeyError` with the nearest keys as argument where there is none.
    """
    found = data
    for part in key.split("."):
        if not isinstance(found, dict) or part not in found:
            break
        found = found[part]
    else:
        return found
    inner = [value for name, value in _all(data) if name == key]
    if inner:
        return inner[0]
    raise KeyError(nearest(key, [name for name, _ in _all(data)]))


def says(attribute: Attribute, value: Any, parameters: dict[str, Any], there: Any) -> bool:
    """Whether the value at the key is the claim's value, or one of its parameters."""
    expected = [value, *parameters.values(), *(value if isinstance(value, list) else ())]
    if isinstance(value, dict):
        expected += [value.get("value"), *value.get("stages", ())]
    return any(_equal(attribute, item, there) for item in expected)


def _equal(attribute: Attribute, expected: Any, there: Any) -> bool:
    if isinstance(expected, bool) or isinstance(there, bool):
        return bool(expected is there)
    if isinstance(expected, int | float) and isinstance(there, int | float):
        return abs(expected - there) <= 1e-9 * abs(expected)
    if isinstance(there, list):
        return expected == there or (len(there) == 1 and _equal(attribute, expected, there[0]))
    if not isinstance(expected, str) or not isinstance(there, str):
        return bool(expected == there)
    if attribute.vocabulary:
        try:
            return canonical(attribute.vocabulary, there) == expected
        except InputError:
            pass
    return letters(expected) == letters(there) or letters(there) in letters(expected)


def _all(data: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield name, value
            yield from _all(value)
