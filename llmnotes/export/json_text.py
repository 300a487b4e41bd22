"""JSON, and JSON Lines with one record a line."""

from __future__ import annotations

import json

from llmnotes.escapes import json_text
from llmnotes.export.answer import Answer


def render(answer: Answer, format: str) -> str:
    """The answer's data; no character inside it acts on a terminal."""
    if format == "json":
        text = json.dumps(answer.data, ensure_ascii=False, indent=2, allow_nan=False)
        return json_text(text) + "\n"
    data = answer.data
    if answer.records is not None and isinstance(data, dict):
        data = data[answer.records]
    items = data if isinstance(data, list) else [data]
    lines = (json.dumps(item, ensure_ascii=False, allow_nan=False) for item in items)
    return "".join(json_text(line) + "\n" for line in lines)
