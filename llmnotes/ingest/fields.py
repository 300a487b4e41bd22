"""Type checks on the fields of outside objects, used by every reader.

A reader declares the fields it uses as `TypedFields`. A field of another type is either refused (`read`),
or left out with a remark while the rest of the object is used (`salvage`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from llmnotes.errors import InputError
from llmnotes.ingest.raw import Remarks

MOST_COUNT = 2**63 - 1
"""The largest integer that the store can hold."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of field: its name in errors, and a converter that raises `ValueError`."""

    name: str
    take: Callable[[Any], Any]


def _count(value: Any) -> int | None:
    if type(value) is float and math.isfinite(value) and value.is_integer():
        value = int(value)
    if type(value) is not int or not 0 <= value <= MOST_COUNT:
        raise ValueError
    return value or None


def _whole(value: Any) -> int:
    if type(value) is not int or not -MOST_COUNT <= value <= MOST_COUNT:
        raise ValueError
    return value


def _number(value: Any) -> int | float:
    if type(value) is int and abs(value) <= MOST_COUNT:
        return value
    if type(value) is float and math.isfinite(value):
        return value
    raise ValueError


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError
    return value


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        raise ValueError
    return value if value.strip() else None


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError
    return value


def _texts(value: Any) -> list[str]:
    if not all(isinstance(item, str) for item in _list(value)):
        raise ValueError
    return [item for item in value if item.strip()]


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError
    return value


COUNT = Kind("a whole number from 0 to 2^63 - 1", _count)
"""A count; 0 means absent, and 6144.0 is 6144."""
WHOLE = Kind("a whole number of at most 64 bits", _whole)
NUMBER = Kind("a finite number", _number)
FLAG = Kind("true or false", _flag)
TEXT = Kind("a text", _text)
"""A text; a blank one means absent."""
TEXTS = Kind("a list of texts", _texts)
LIST = Kind("a list", _list)
OBJECT = Kind("an object", _object)
ANY = Kind("anything", lambda value: value)


def text(most: int) -> Kind:
    """A text of 1 to `most` characters."""

    def take(value: Any) -> str:
        if not isinstance(value, str) or not 1 <= len(value) <= most:
            raise ValueError
        return value

    return Kind(f"a text of 1 to {most:,} characters", take)


def one_of(*words: str) -> Kind:
    """One word of a closed list."""

    def take(value: Any) -> str:
        if not isinstance(value, str) or value not in words:
            raise ValueError
        return value

    return Kind(f"one of {', '.join(words)}", take)


class TypedFields:
    """The fields of an object by name; those in `needed` are required."""

    def __init__(self, *needed: str, **kinds: Kind) -> None:
        self._needed = frozenset(needed)
        self._kinds = kinds

    def read(self, data: Any, place: str) -> dict[str, Any]:
        """Every declared field, None where it is absent.

        Raises `InputError` with place and field of the first that is missing or of another type.
        """
        found = {}
        for name, (value, wrong) in self._fields(data).items():
            if wrong:
                raise InputError(f"{place}: {wrong}")
            found[name] = value
        return found

    def salvage(self, data: Any, place: str, remarks: Remarks) -> dict[str, Any] | None:
        """Every declared field that has its type; the others are None, and named in `remarks`.

        None where `data` is not an object or lacks a required field.
        """
        found: dict[str, Any] | None = {}
        for name, (value, wrong) in self._fields(data).items():
            if wrong:
                remarks.malformed(place, wrong)
            if found is not None:
                found[name] = value
            if wrong and (name == "" or name in self._needed):
                found = None
        return found

    def _fields(self, data: Any) -> dict[str, tuple[Any, str]]:
        """The value and the fault of each field; the key "" means that `data` is not an object."""
        if not isinstance(data, Mapping):
            return {"": (None, f"{described(data)} where an object belongs")}
        found = {}
        for name, kind in self._kinds.items():
            value, wrong = data.get(name), ""
            if value is not None:
                try:
                    value = kind.take(value)
                except ValueError:
                    wrong = f"{name}: {described(value)} where {kind.name} belongs"
                    value = None
            if value is None and not wrong and name in self._needed:
                wrong = f"{name} is missing"
            found[name] = (value, wrong)
        return found


_NAMES = {
    bool: "true or false", int: "a whole number", float: "a number", str: "a text", list: "a list",
    dict: "an object", type(None): "nothing",
}  # fmt: skip


def described(value: Any) -> str:
    """The kind of an outside value, without its content."""
    if type(value) is int and abs(value) > MOST_COUNT:
        return "a whole number of more than 64 bits"
    if type(value) is float and not math.isfinite(value):
        return "a number that is not finite"
    if value == "":
        return "an empty text"
    return _NAMES.get(type(value), f"a {type(value).__name__}")
