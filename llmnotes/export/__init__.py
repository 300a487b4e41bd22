"""Serialization of answers: one file per format, none of which prints.

Each has `render(answer, format) -> str`, or where a record can be written by itself, `pieces` of that text.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
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
    return "".join(pieces(answer, format))


def pieces(answer: Answer, format: str) -> Iterator[str]:
    """The text of `render` in parts, of which a format that goes row by row makes one at a time."""
    module = importlib.import_module(f"llmnotes.export.{_MODULES.get(format, format)}")
    if format in _ROW_BY_ROW:
        yield from module.pieces(answer, format)
    else:
        yield module.render(_made(answer), format)


def _made(answer: Answer) -> Answer:
    """The answer with all rows made, for formats that go through them more than once."""
    return answer._replace(
        tables=[table._replace(rows=list(table.rows)) for table in answer.tables]
    )
