"""Converts Python arguments into the texts that filter options and `--where` take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from llmnotes.errors import InputError
from llmnotes.schema import ATTRIBUTES


def conditions_of(
    conditions: Mapping[str, Any], *, strict: bool, negated: bool
) -> dict[str, list[str]]:
    """The conditions given by attribute ids (`strict`), or by option names.

    `negated` selects those that begin with `not_`. Raises `InputError` for an invalid value.
    """
    found = {}
    for key, value in conditions.items():
        name = key.removeprefix("not_")
        if (name in ATTRIBUTES) == strict and (name != key) == negated:
            found[name] = _texts(key, value)
    return found


def _texts(key: str, value: Any) -> list[str]:
    """A condition's value as option texts."""
    if isinstance(value, list | set | frozenset):
        if not value:
            raise InputError(f"{key}: an empty list names no value")
        return [text for item in value for text in _texts(key, item)]
    if value is None:
        raise InputError(
            f"{key}: None is no value; where={key + ' is unknown'!r} asks for no value"
        )
    if isinstance(value, tuple):
        if len(value) != 2:
            raise InputError(f"{key}: a range is a pair (low, high), not {value!r}")
        low, high = value
        return [f"{'' if low is None else low}..{'' if high is None else high}"]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [str(value)]
