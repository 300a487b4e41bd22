"""JSON, and JSON Lines with one record a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import isfinite
from typing import Any

from llmnotes.escapes import json_text
from llmnotes.export.answer import Answer, is_list


def pieces(answer: Answer, format: str) -> Iterator[str]:
    """The answer's data record by record, with characters that could act on a terminal escaped."""
    if format == "json":
        yield from _indented_pieces(answer.data)
        yield "\n"
        return
    data = answer.data
    if answer.records is not None and isinstance(data, dict):
        data = data[answer.records]
    for item in data if is_list(data) else [data]:
        yield json_text(json.dumps(item, ensure_ascii=False, allow_nan=False)) + "\n"


def _indented_pieces(value: Any) -> Iterator[str]:
    """The text of `json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)`, five times as fast.

    Of a list one member at a time, with characters that could act on a terminal escaped. The standard library
    uses its slower Python encoder for indented output. Raises `ValueError` for numbers that JSON does not
    have, `TypeError` for values that are not data.
    """
    texts, templates = _WrittenTexts(), _Templates()
    if not is_list(value) or not len(value):
        yield _indented(value, "\n", texts, templates)
        return
    before = "[\n  "
    for item in value:
        yield before
        yield _indented(item, "\n  ", texts, templates)
        before = ",\n  "
    yield "\n]"


_leaf = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_quoted = json.encoder.encode_basestring

_MOST_TEXTS = 10_000
"""Strings that are kept written."""


class _WrittenTexts(dict[str, str]):
    """The JSON of each string, computed once: records repeat their terms and names.

    It begins anew when it is full, so that notes and titles, of which each is another, do not pile up.
    """

    def __missing__(self, text: str) -> str:
        if len(self) >= _MOST_TEXTS:
            self.clear()
        self[text] = found = json_text(_quoted(text))
        return found


class _Templates(dict[tuple[str, tuple[str, ...]], str]):
    """The text of an object with these keys at one depth, with `%s` for each value.

    Records have the same keys.
    """

    def __missing__(self, place: tuple[str, tuple[str, ...]]) -> str:
        margin, keys = place
        parts = (f"{margin}  {json_text(_quoted(key))}: ".replace("%", "%%") + "%s" for key in keys)
        self[place] = found = f"{{{','.join(parts)}{margin}}}"
        return found


def _indented(value: Any, margin: str, texts: _WrittenTexts, templates: _Templates) -> str:
    kind = type(value)
    if kind is str:
        return texts[value]
    if kind is bool:
        return "true" if value else "false"
    if kind is int or (kind is float and isfinite(value)):
        return repr(value)
    inner = margin + "  "
    if isinstance(value, dict) and value:
        return templates[margin, _keys(value)] % tuple(
            [
                "null"
                if item is None
                else texts[item]
                if type(item) is str
                else repr(item)
                if type(item) is int
                else _indented(item, inner, texts, templates)
                for item in value.values()
            ]
        )
    if is_list(value):
        if not len(value):
            return "[]"
        items = [
            inner + (texts[item] if type(item) is str else _indented(item, inner, texts, templates))
            for item in value
        ]
        items[0] = f"[{items[0]}"  # not around the joined text, of which there would be a copy
        items[-1] += f"{margin}]"
        return ",".join(items)
    return json_text(_leaf(value))


def _keys(value: dict[Any, Any]) -> tuple[str, ...]:
    """The keys as JSON writes them: numbers, `true` and `null` become texts."""
    keys = tuple(value)
    try:
        "".join(keys)
    except TypeError:
        return tuple(key if isinstance(key, str) else _leaf({key: 0})[2:-5] for key in keys)
    return keys
