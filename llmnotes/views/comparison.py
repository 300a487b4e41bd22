"""A comparison as a table with footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from llmnotes.export.answer import Answer, AnswerTable, Cell, Row
from llmnotes.export.footnote import Footnote
from llmnotes.knowledge.compare import ComparedRow, ComparedSubject, ModelComparison
from llmnotes.knowledge.headlines import headline_text
from llmnotes.knowledge.sources import is_formula, short_reference
from llmnotes.schema import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmnotes.export.typesetting import Typesetting

_FEW = 3
"""The number of computed values up to which a note explains them."""

MARKS = {"differs": "≠", "one-sided": "?", "same": ""}
"""Marks of a row: known values differ; only one subject has a value."""


class ComparisonLayout(NamedTuple):
    """The layout of a comparison.

    `transpose` gives each subject a row; `columns_per_table` is the maximum number of columns beside the
    first, None for all.
    """

    with_sources: bool = True
    with_effects: bool = True
    caption: str = ""
    transpose: bool = False
    columns_per_table: int | None = None
    typesetting: Typesetting | None = None


def comparison_answer(found: ModelComparison, layout: ComparisonLayout | None = None) -> Answer:
    """The table of a comparison: a row per attribute, groups as headings, sources as footnotes."""
    layout = layout or ComparisonLayout()
    table = _table(found, layout)
    tables = list(_laid_out(table, layout))
    if layout.with_effects and found.effects:
        from llmnotes.views.effects import effect_tables

        tables += effect_tables(found, layout.typesetting)
    return Answer(tables, found.as_json(), records="rows")


def _table(found: ModelComparison, layout: ComparisonLayout) -> AnswerTable:
    numbers = {source["id"]: number for number, source in enumerate(found.sources, start=1)}
    cited = numbers if layout.with_sources else {}
    rows = []
    group = None
    for row in found.rows:
        heading = GROUPS[row.attribute.group] if row.attribute.group != group else None
        group = row.attribute.group
        rows.append(Row(tuple(_cells(row, cited)), heading))
    return AnswerTable(
        ("Attribute", *(subject.name for subject in found.subjects)),
        rows,
        ("", *map(_sizes, found.subjects)),
        footnotes=list(_footnotes(found, cited)),
        caption=layout.caption,
        turnable=True,
        typesetting=layout.typesetting,
    )


def _cells(row: ComparedRow, numbers: dict[str, int]) -> Iterator[Cell]:
    yield Cell(row.attribute.label, row.attribute.id, mark=MARKS[row.standing])
    for cell in row.cells:
        notes = tuple(sorted(numbers[key] for key in cell.sources if key in numbers))
        yield Cell(cell.text, cell.text, notes, short=headline_text(row.attribute, cell.values))


def _footnotes(found: ModelComparison, numbers: dict[str, int]) -> Iterator[Footnote]:
    for source in found.sources:
        if source["id"] in numbers:
            formula = _how(found, source["id"]) if is_formula(source) else ""
            yield Footnote(
                numbers[source["id"]], short_reference(source), source["url"], source["id"], formula
            )


def _how(found: ModelComparison, formula: str) -> str:
    """The explanation of a formula: its meaning, and the inputs of the values here."""
    meaning = next(item["title"] for item in found.sources if item["id"] == formula)
    from_what = [
        f"{row.attribute.label}: {value.locator}"
        for row in found.rows
        for cell in row.cells
        for value in cell.values
        if value.source == formula and value.locator
    ]
    name, _, said = meaning.partition(": ")
    first = list(dict.fromkeys(from_what))
    listed = "; ".join([*first[:_FEW], "…"] if len(first) > _FEW else first)
    return f"computed ({said or name})" + (f": {listed}" if listed else "")


def _laid_out(table: AnswerTable, layout: ComparisonLayout) -> Iterator[AnswerTable]:
    if layout.transpose or layout.columns_per_table:
        from llmnotes.export.turning import in_columns, transposed

        table = transposed(table) if layout.transpose else table
        yield from in_columns(table, layout.columns_per_table or len(table.columns))
    else:
        yield table


def _sizes(subject: ComparedSubject) -> str:
    several = subject.kind == "family" and len(subject.sizes) > 1
    return subject.listed() if several else ""
