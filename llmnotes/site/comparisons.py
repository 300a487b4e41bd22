"""Comparisons as finished rows for the pages that show one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from llmnotes.export.answer import AnswerTable
from llmnotes.knowledge.compare import ALWAYS, ComparedRow, ModelComparison
from llmnotes.knowledge.differences import standing
from llmnotes.knowledge.effects import effects
from llmnotes.knowledge.folding import ComparedSubject
from llmnotes.schema import GROUPS, Attribute
from llmnotes.site.library import IN_GROUPS, Library
from llmnotes.site.subjects import AttributeGroup, state_of
from llmnotes.views.comparison import MARKS
from llmnotes.views.effects import effect_tables

MARKS_SAY = {"≠": "known of both, and different", "?": "said of one alone", "": ""}
"""The meaning of the mark after an attribute's name."""


class CellShown(NamedTuple):
    """A cell: its text, the state that determines its style, the numbers of its sources."""

    text: str
    state: str
    notes: list[int]


class RowShown(NamedTuple):
    """One attribute across the subjects, with the mark for how they differ."""

    attribute: Attribute
    mark: str
    cells: list[CellShown]


class ComparisonPage(NamedTuple):
    """A comparison prepared for its template: differing attributes in groups, equal ones in a list."""

    subjects: list[ComparedSubject]
    groups: list[AttributeGroup]
    same: list[RowShown]
    effects: AnswerTable | None
    sources: list[dict[str, Any]]


def comparison(library: Library, columns: Sequence[ComparedSubject]) -> ModelComparison:
    """The comparison of these subjects, computed from the library."""
    rows = list(_rows(library, columns))
    used = [key for row in rows for cell in row.cells for key in cell.sources]
    worked_out = effects(library.claims, [column.models for column in columns])
    return ModelComparison(list(columns), rows, library.cited(used), worked_out)


def _rows(library: Library, columns: Sequence[ComparedSubject]) -> Iterator[ComparedRow]:
    for item in IN_GROUPS:
        cells = [library.cell(column, item) for column in columns]
        said = any(value.status and not value.implied for cell in cells for value in cell.values)
        if said or item.id in ALWAYS:
            yield ComparedRow(item, cells, standing(item, cells))


def comparison_page(library: Library, columns: Sequence[ComparedSubject]) -> ComparisonPage:
    """The comparison of subjects prepared for its template."""
    found = comparison(library, columns)
    numbers = {source["id"]: number for number, source in enumerate(found.sources, start=1)}
    rows = [(row, _shown(row, numbers)) for row in found.rows]
    same = [shown for row, shown in rows if row.standing == "same" and _is_said(shown)]
    others = [shown for row, shown in rows if row.standing != "same"]
    groups = [
        AttributeGroup(group, GROUPS[group], list(items))
        for group, items in groupby(others, key=lambda row: row.attribute.group)
    ]
    tables = effect_tables(found)
    return ComparisonPage(
        found.subjects, groups, same, tables[0] if tables else None, found.sources
    )


def _shown(row: ComparedRow, numbers: dict[str, int]) -> RowShown:
    cells = [
        CellShown(cell.text, state_of(cell.values), sorted(numbers[key] for key in cell.sources))
        for cell in row.cells
    ]
    mark = MARKS[row.standing]
    return RowShown(row.attribute, mark, cells)


def _is_said(row: RowShown) -> bool:
    return any(cell.state != "unknown" for cell in row.cells)
