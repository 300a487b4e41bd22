"""Serialization of answers: one file per format, each with `render(answer) -> str`; none of them prints."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from llmnotes.errors import unknown

if TYPE_CHECKING:
    from llmnotes.export.answer import Answer

FORMATS = ("table", "markdown", "csv", "tsv", "json", "jsonl", "yaml", "latex", "html")
_MODULES = {"csv": "delimited", "tsv": "delimited", "json": "json_text", "jsonl": "json_text"}


def check_format(name: str, allowed: tuple[str, ...] = FORMATS) -> str:
    """`name` if it is a known format; raises `InputError` with the nearest ones otherwise."""
    if name in allowed:
        return name
    raise unknown("format", name, allowed)


def render(answer: Answer, format: str) -> str:
    """The answer as text in one of `FORMATS`."""
    module = importlib.import_module(f"llmnotes.export.{_MODULES.get(format, format)}")
    text: str = module.render(answer, format)
    return text
