"""The result of a write, and the log of writes."""

from __future__ import annotations

import json
from typing import Any

from llmnotes.export.answer import Answer, simple_table


def write_answer(write: int | None, done: list[dict[str, Any]]) -> Answer:
    """One line per change."""
    rows = [
        (item["change"], item["subject"], item["attribute"], _text(item["value"]), item["remark"])
        for item in done
    ]
    table = simple_table(("change", "subject", "attribute", "value", "remark"), rows)
    return Answer([table], {"write": write, "changes": done}, records="changes")


def _text(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


def log_answer(entries: list[dict[str, Any]]) -> Answer:
    """The log, latest first, with undone writes marked."""
    rows = [
        (
            item["id"], item["at"], item["command"], item["summary"],
            f"taken back by {item['undone_by']}" if item["undone_by"] else "",
        )
        for item in entries
    ]  # fmt: skip
    table = simple_table(("write", "at", "command", "what it did", "standing"), rows)
    return Answer([table], entries)


def rows_answer(columns: tuple[str, ...], records: list[dict[str, Any]]) -> Answer:
    """Plain records, one row each."""
    rows = [tuple(record[name] for name in columns) for record in records]
    return Answer([simple_table(columns, rows)], records)
