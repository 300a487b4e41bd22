"""Answers as HTML tables for notebooks; all text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from llmnotes.display import status_text, value_text
from llmnotes.errors import LlmnotesError
from llmnotes.escapes import html
from llmnotes.schema import ATTRIBUTES

_LED = ("organization", "release_date", "params_total", "context_length", "attention", "license")
"""Attributes shown in a list of models."""

_MOST = 60
"""Row limit of a long list."""


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts."""
    every = list(rows)
    head = "".join(f"<th>{html(name)}</th>" for name in columns)
    body = "".join(
        "<tr>" + "".join(f"<td style='text-align:left'>{html(text)}</td>" for text in row) + "</tr>"
        for row in every[:_MOST]
    )
    more = f"<p>{len(every) - _MOST:,} more</p>" if len(every) > _MOST else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def records(found: Sequence[Mapping[str, Any]]) -> str:
    """Models, one row each."""
    columns = ("Model", *(ATTRIBUTES[name].label for name in _LED))
    rows = [[str(item["name"]), *(cell(item, name) for name in _LED)] for item in found]
    return table(columns, rows)


def record(found: Mapping[str, Any]) -> str:
    """A model or family, attribute by attribute."""
    rows = [
        (item.label, text, found["status"].get(name, "reported"))
        for name, item in ATTRIBUTES.items()
        if (text := cell(found, name))
    ]
    heading = f"<p><b>{html(str(found['name']))}</b> ({html(str(found['id']))})</p>"
    return heading + table(("Attribute", "Value", "Status"), rows)


def cell(found: Mapping[str, Any], name: str) -> str:
    """A value of a record as text: the status of a withheld value, empty for an unknown one."""
    value = found.get(name)
    if value is None:
        status = found["status"].get(name)
        return status_text(status) if status else ""
    item = ATTRIBUTES[name]
    unit = found.get(f"{name}_unit")
    if item.kind == "batch":
        value = {"stages": [value], "unit": unit}
    elif item.kind == "quantity":
        value = {"value": value, "unit": unit}
    try:
        return value_text(item, value, None, short=True)
    except (KeyError, TypeError, ValueError, LlmnotesError):
        return words(value)


def comparison(found: Mapping[str, Any]) -> str:
    """Subjects side by side."""
    columns = ("Attribute", *(item["name"] for item in found["subjects"]))
    rows = [
        [str(row["label"]), *(str(item["text"]) for item in row["cells"])] for row in found["rows"]
    ]
    return table(columns, rows)


def fields(found: Mapping[str, Any]) -> str:
    """Any answer: its scalar fields as one table, each list of objects as another."""
    plain = [(name, words(value)) for name, value in found.items() if not _is_rows(value)]
    parts = [table(("Field", "Value"), plain)] if plain else []
    for name, value in found.items():
        if _is_rows(value):
            columns = list(dict.fromkeys(key for item in value for key in item))
            rows = [[words(item.get(key)) for key in columns] for item in value]
            parts.append(f"<p><b>{html(name)}</b></p>" + table(columns, rows))
    return "".join(parts)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(x, dict) for x in value)


def words(value: Any) -> str:
    """A value of any shape as text."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {words(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(words(item) for item in value)
    return str(value)
