"""Flat records of models as a table; delimited formats get raw values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from llmnotes.display import UNKNOWN, WITHOUT_VALUE, value_text
from llmnotes.export.answer import Answer, AnswerTable, Cell, LaterRows, Row
from llmnotes.export.footnote import Footnote
from llmnotes.knowledge.conditions import is_measure
from llmnotes.knowledge.records import COLUMNS, IDENTITY
from llmnotes.schema import Attribute


def records_answer(
    records: Sequence[dict[str, Any]],
    columns: Sequence[str] | None,
    *,
    with_status: bool = False,
    with_sources: bool = False,
    footnotes: bool = False,
    dispensable: tuple[str, ...] = (),
) -> Answer:
    """Records as a table of `columns` (all where None) and as JSON.

    `with_status` adds a column for the status of each attribute, `with_sources` two for source and locator,
    `footnotes` a mark to each value with the source ids below; for the latter two the records must have
    their `sources`. `dispensable` columns are left out where a terminal has no room for them.
    """
    shown = list(columns) if columns is not None else [*IDENTITY, *COLUMNS]
    asked = [name for column in shown for name in _beside(column, with_status, with_sources)]
    numeric = frozenset(index for index, name in enumerate(asked) if _is_number(name))

    def made(record: dict[str, Any]) -> Row:
        return Row(tuple([_cell(record, name) for name in asked]))

    rows: Sequence[Row] = LaterRows(records, made)
    notes: list[Footnote] = []
    if footnotes:
        rows, notes = _noted(records, asked, rows)
    table = AnswerTable(tuple(asked), rows, (), numeric, notes, raw=True, dispensable=dispensable)
    return Answer([table], records)


def _noted(
    records: Sequence[dict[str, Any]], asked: Sequence[str], rows: Sequence[Row]
) -> tuple[list[Row], list[Footnote]]:
    """The rows with a mark at each value, and the source ids of the marks."""
    numbers: dict[str, int] = {}
    noted = []
    for record, row in zip(records, rows, strict=True):
        cells = []
        for name, cell in zip(asked, row.cells, strict=True):
            said = record["sources"].get(COLUMNS[name][0].id, {}) if name in COLUMNS else {}
            if source := said.get("source"):
                cell = cell._replace(notes=(numbers.setdefault(source, len(numbers) + 1),))
            cells.append(cell)
        noted.append(row._replace(cells=tuple(cells)))
    return noted, [Footnote(number, "", None, source) for source, number in numbers.items()]


_PARTS = {"_status": "", "_source": "source", "_locator": "locator"}
"""Suffixes of the columns that accompany an attribute's."""


def _beside(column: str, with_status: bool, with_sources: bool) -> Iterator[str]:
    """A column and its accompanying ones."""
    yield column
    if column in COLUMNS and COLUMNS[column][1].part == "value":
        name = COLUMNS[column][0].id
        yield from (f"{name}_status",) if with_status else ()
        yield from (f"{name}_source", f"{name}_locator") if with_sources else ()


def _aside(record: dict[str, Any], column: str) -> Cell:
    """The content of an accompanying column: status, source or locator."""
    name, ending, _ = column.rpartition(column[column.rindex("_") :])
    if ending == "_status":
        unsaid = "unknown" if record.get(name) is None else "reported"
        text = record["status"].get(name, unsaid)
    else:
        text = record["sources"].get(name, {}).get(_PARTS[ending]) or ""
    return Cell(text, text)


def families_answer(found: list[dict[str, Any]]) -> Answer:
    """Families with the members that were found."""
    rows = [
        Row((Cell(item["id"], item["id"]), Cell(item["name"], item["name"]),
             Cell(", ".join(item["models"]), item["models"])))
        for item in found
    ]  # fmt: skip
    return Answer([AnswerTable(("id", "name", "models"), rows, raw=True)], found)


def _is_number(name: str) -> bool:
    if name not in COLUMNS:
        return is_measure(name)
    return COLUMNS[name][1].sql_type != "TEXT" and COLUMNS[name][0].kind != "flag"


def _cell(record: dict[str, Any], name: str) -> Cell:
    if name not in record and name.endswith(tuple(_PARTS)):
        return _aside(record, name)
    raw = record[name]
    if name not in COLUMNS:
        if is_measure(name):
            return Cell(UNKNOWN if raw is None else f"{raw:,.4g}", raw)
        return Cell("" if raw is None else str(raw), raw)
    attribute, column = COLUMNS[name]
    status = record["status"].get(attribute.id)
    in_words = column.part == "value" and column.sql_type == "TEXT" and attribute.kind != "date"
    if raw is None:
        text = WITHOUT_VALUE.get(status or "", UNKNOWN) if column.part == "value" else ""
        return Cell(text, status if in_words else None)
    text = _text(attribute, column.part, raw)
    if column.part == "value" and attribute.kind in {"batch", "quantity"}:
        text = f"{text} {record[f'{name}_unit']}"
    if status not in {"estimated", "rumoured"}:
        return Cell(text, raw)
    said = f"{raw} ({status})" if in_words and isinstance(raw, str) else raw
    return Cell(f"{text} ({status})", said)


def _count(raw: Any) -> str:
    return f"{raw:,}" if isinstance(raw, int) else str(raw)


def _text(attribute: Attribute, part: str, raw: Any) -> str:
    if part != "value" or attribute.kind in {"batch", "quantity"}:
        return f"{raw:,.15g}" if isinstance(raw, float) else _count(raw)
    if isinstance(raw, list) and attribute.per_layer:
        return ", ".join(str(item) for item in raw)
    return value_text(attribute, raw)
