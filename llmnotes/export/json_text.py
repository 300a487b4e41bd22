"""JSON, and JSON Lines with one record a line."""

from __future__ import annotations

import json
from typing import Any

from llmnotes.escapes import json_text
from llmnotes.export.answer import Answer


def render(answer: Answer, format: str) -> str:
    """The answer's data, with characters that could act on a terminal escaped."""
    if format == "json":
        return json_text(indented(answer.data)) + "\n"
    data = answer.data
    if answer.records is not None and isinstance(data, dict):
        data = data[answer.records]
    items = data if isinstance(data, list) else [data]
    lines = (json.dumps(item, ensure_ascii=False, allow_nan=False) for item in items)
    return "".join(json_text(line) + "\n" for line in lines)


def indented(value: Any) -> str:
    """The result of `json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)`, three times as fast.

    The standard library uses its slower Python encoder for indented output. Raises `ValueError` for numbers
    that JSON does not have, `TypeError` for values that are not data.
    """
    return _indented(value, "\n")


_leaf = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_quoted = json.encoder.encode_basestring


def _indented(value: Any, margin: str) -> str:
    if type(value) is str:
        text: str = _quoted(value)
        return text
    if value is None:
        return "null"
    if type(value) is int:
        return repr(value)
    inner = margin + "  "
    if isinstance(value, dict) and value:
        parts = [f"{inner}{_key(key)}: {_indented(item, inner)}" for key, item in value.items()]
        return f"{{{','.join(parts)}{margin}}}"
    if isinstance(value, list | tuple) and value:
        return f"[{','.join([inner + _indented(item, inner) for item in value])}{margin}]"
    return _leaf(value)


def _key(key: Any) -> str:
    if type(key) is str:
        text: str = _quoted(key)
        return text
    # Keys as JSON writes them: `1`, `true` and `null` in quotes.
    return _leaf({key: 0})[1:-4]
