"""Arguments of tools: declared once, published as JSON Schema, validated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from llmnotes.errors import InputError, quoted, unknown

LONGEST_TEXT = 2_000
"""Length limit in characters of a name, a condition or a word."""
LONGEST_PASTE = 400_000
"""Length limit in characters of a pasted table or configuration."""
MOST_TEXTS = 40
"""Texts that one argument may list."""

_SCHEMAS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "paste": {"type": "string"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "flag": {"type": "boolean"},
    "count": {"type": "integer", "minimum": 1},
    "config": {"type": ["object", "string"]},
}
_WANTED = {
    "text": "a text", "paste": "a text", "texts": "a list of texts", "flag": "true or false",
    "count": "a whole number from 1", "config": "an object or its JSON text",
}  # fmt: skip


class Parameter(NamedTuple):
    """One argument of a tool: its kind, and its meaning where the name does not say it."""

    kind: str
    says: str = ""
    required: bool = False

    @property
    def schema(self) -> dict[str, Any]:
        """Its JSON Schema."""
        schema = _SCHEMAS[self.kind]
        return {**schema, "description": self.says} if self.says else dict(schema)


def input_schema(parameters: Mapping[str, Parameter]) -> dict[str, Any]:
    """The JSON Schema of a tool's arguments."""
    required = [name for name, parameter in parameters.items() if parameter.required]
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: parameter.schema for name, parameter in parameters.items()},
    }
    return {**schema, "required": required} if required else schema


def checked(
    tool: str, parameters: Mapping[str, Parameter], given: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The given arguments after validation; null means absent.

    Raises `InputError` for one that is unknown, missing, or of another kind.
    """
    arguments = {name: value for name, value in (given or {}).items() if value is not None}
    for name in arguments:
        if name not in parameters:
            raise unknown(f"argument of {tool}", name, parameters)
    for name, parameter in parameters.items():
        if parameter.required and not arguments.get(name):
            raise InputError(f"{tool} needs {name}: {parameter.says or _WANTED[parameter.kind]}")
    return {name: _of_kind(name, parameters[name].kind, value) for name, value in arguments.items()}


def _of_kind(name: str, kind: str, value: Any) -> Any:
    if kind == "texts" and isinstance(value, str):
        value = [part.strip() for part in value.split(",") if part.strip()]
    if not _is(kind, value):
        raise InputError(f"{name} takes {_WANTED[kind]}, not {quoted(_shown(value))}")
    longest = LONGEST_PASTE if kind in {"paste", "config"} else LONGEST_TEXT
    for text in value if kind == "texts" else [value]:
        if isinstance(text, str) and len(text) > longest:
            raise InputError(f"{name} is longer than {longest:,} characters; shorten it")
    if kind == "texts" and len(value) > MOST_TEXTS:
        raise InputError(f"{name} takes at most {MOST_TEXTS} texts, not {len(value):,}")
    return value


def _is(kind: str, value: Any) -> bool:
    if kind == "flag":
        return isinstance(value, bool)
    if kind == "count":
        return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**18
    if kind == "texts":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, str) or (kind == "config" and isinstance(value, dict))


def _shown(value: Any) -> str:
    """A short description of an invalid value, which may be huge or nested."""
    if isinstance(value, str | bool | float) or (isinstance(value, int) and abs(value) < 10**18):
        return str(value)
    return {dict: "an object", list: "a list", int: "a huge number"}.get(type(value), "that")
