"""JSON, and JSON Lines with one record a line."""

from __future__ import annotations

import json
from typing import Any

from llmnotes.escapes import json_text
from llmnotes.export.answer import Answer


def render(answer: Answer, format: str) -> str:
    """The answer's data, with characters that could act on a terminal escaped."""
    if format == "json":
        return indented(answer.data) + "\n"
    data = answer.data
    if answer.records is not None and isinstance(data, dict):
        data = data[answer.records]
    items = data if isinstance(data, list) else [data]
    lines = (json.dumps(item, ensure_ascii=False, allow_nan=False) for item in items)
    return "".join(json_text(line) + "\n" for line in lines)


def indented(value: Any) -> str:
    """The text of `json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)`, five times as fast.

    Characters that could act on a terminal are escaped as well. The standard library uses its slower Python
    encoder for indented output. Raises `ValueError` for numbers that JSON does not have, `TypeError` for
    values that are not data.
    """
    return _indented(value, "\n", _WrittenTexts(), {})


_leaf = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_quoted = json.encoder.encode_basestring


class _WrittenTexts(dict[str, str]):
    """The JSON of each string, computed once: records repeat their terms and names."""

    def __missing__(self, text: str) -> str:
        self[text] = found = json_text(_quoted(text))
        return found


class _Keys(dict[Any, str]):
    """The line break, blanks, key and colon before each value of an object at one depth."""

    def __init__(self, margin: str) -> None:
        super().__init__()
        self._margin = margin

    def __missing__(self, key: Any) -> str:
        # Keys as JSON writes them: `1`, `true` and `null` in quotes.
        written = _quoted(key) if type(key) is str else _leaf({key: 0})[1:-4]
        found = f"{self._margin}{json_text(written)}: "
        if type(key) is str:  # 1 and True are the same key of a dictionary, and other texts
            self[key] = found
        return found


def _indented(value: Any, margin: str, texts: _WrittenTexts, keys: dict[str, _Keys]) -> str:
    if type(value) is str:
        return texts[value]
    if type(value) is int:
        return repr(value)
    inner = margin + "  "
    if isinstance(value, dict) and value:
        if inner not in keys:
            keys[inner] = _Keys(inner)
        before = keys[inner]
        parts = [
            before[key]
            + (
                "null"
                if item is None
                else texts[item]
                if type(item) is str
                else _indented(item, inner, texts, keys)
            )
            for key, item in value.items()
        ]
        return f"{{{','.join(parts)}{margin}}}"
    if isinstance(value, list | tuple) and value:
        items = [inner + _indented(item, inner, texts, keys) for item in value]
        return f"[{','.join(items)}{margin}]"
    return json_text(_leaf(value))
