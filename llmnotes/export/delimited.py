"""CSV (RFC 4180, line feeds) and TSV, safe against spreadsheet formulas."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from llmnotes.escapes import spreadsheet
from llmnotes.export.answer import Answer, AnswerTable, Cell


def pieces(answer: Answer, format: str) -> Iterator[str]:
    """All tables in sequence, each with its header, row by row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter="\t" if format == "tsv" else ",", lineterminator="\n")
    for number, table in enumerate(table for table in answer.tables if not table.aside):
        if number:
            buffer.write("\n")
        cited = bool(table.footnotes)
        keys = {note.number: note.key for note in table.footnotes}
        writer.writerow([*_header(table), *(["sources"] if cited else [])])
        for row in table.rows:
            cells = [_text(cell, table.raw, format) for cell in row.cells]
            notes = dict.fromkeys(number for cell in row.cells for number in cell.notes)
            writer.writerow([*cells, *([" ".join(keys[note] for note in notes)] if cited else [])])
            yield _taken(buffer)
        yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    """What was written since the last time."""
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _header(table: AnswerTable) -> list[str]:
    details = table.details or ("",) * len(table.columns)
    return [
        spreadsheet(f"{name} ({detail})" if detail else name)
        for name, detail in zip(table.columns, details, strict=True)
    ]


def _text(cell: Cell, raw: bool, format: str) -> str:
    text = raw_text(cell.raw) if raw else cell.text
    if not text:
        return text
    if format == "tsv":
        text = text.replace("\t", " ").replace("\r", " ").replace("\n", " ")
    return spreadsheet(text)


def raw_text(value: Any) -> str:
    """A value without rounding or units: bare numbers, lists as JSON, null as an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
