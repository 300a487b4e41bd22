"""Serialization of answers: one file per format, each with `render(answer) -> str`; none of them prints."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from llmnotes.errors import unknown

if TYPE_CHECKING:
    from llmnotes.export.answer import Answer

FORMATS = ("table", "markdown", "csv", "tsv", "json", "jsonl", "yaml", "latex", "html")
_ROW_BY_ROW = frozenset({"csv", "tsv", "json", "jsonl", "yaml"})
"""The formats that need no more than one row of a table at a time."""
_MODULES = {"csv": "delimited", "tsv": "delimited", "json": "json_text", "jsonl": "json_text"}


def check_format(name: str, allowed: tuple[str, ...] = FORMATS) -> str:
    """`name` if it is a known format; raises `InputError` with the nearest ones otherwise."""
    if name in allowed:
        return name
    raise unknown("format", name, allowed)


def render(answer: Answer, format: str) -> str:
    """The answer as text in one of `FORMATS`."""
    if format not in _ROW_BY_ROW:
        answer = _made(answer)
    module = importlib.import_module(f"llmnotes.export.{_MODULES.get(format, format)}")
    text: str = module.render(answer, format)
    return text


def _made(answer: Answer) -> Answer:
    """The answer with all rows made, for formats that go through them more than once."""
    return answer._replace(
        tables=[table._replace(rows=list(table.rows)) for table in answer.tables]
    )
