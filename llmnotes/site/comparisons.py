"""Comparisons as finished rows: for the pages that show one, and for the script that lines up any."""

from __future__ import annotations

from itertools import groupby
from typing import Any, NamedTuple

from llmnotes.export.answer import Table
from llmnotes.knowledge.compare import Comparison, compare
from llmnotes.schema import GROUPS, Attribute
from llmnotes.site.library import Library
from llmnotes.site.subjects import Group, state_of
from llmnotes.views.comparison import comparison_answer

MARKS = {"≠": "known of both, and different"}
"""What stands behind an attribute's name, and what it says."""


class ComparedCell(NamedTuple):
    """What one subject says, the state its look follows, the numbers of its sources."""

    text: str
    state: str
    notes: list[int]


class ComparedLine(NamedTuple):
    """One attribute across the subjects, with the mark that says how they differ."""

    attribute: Attribute
    mark: str
    mark_says: str
    cells: list[ComparedCell]


class ComparisonPage(NamedTuple):
    """A comparison ready for its template: what differs in groups, what is the same in a list."""

    subjects: list[Any]
    groups: list[Group]
    same: list[ComparedLine]
    effects: Table | None
    sources: list[dict[str, Any]]


def comparison_page(library: Library, names: list[str]) -> ComparisonPage:
    """The comparison of subjects, given by their ids."""
    found = compare(library.connection, names)
    numbers = {source["id"]: number for number, source in enumerate(found.sources, start=1)}
    lines = [_line(row, numbers) for row in found.rows]
    same = [line for line in lines if _is_same(line)]
    others = [line for line in lines if not _is_same(line)]
    groups = [
        Group(group, GROUPS[group], list(items))
        for group, items in groupby(others, key=lambda line: line.attribute.group)
    ]
    return ComparisonPage(found.subjects, groups, same, _effects(found), found.sources)


def _line(row: Any, numbers: dict[str, int]) -> ComparedLine:
    cells = [
        ComparedCell(cell.text, state_of(cell.values), sorted(numbers[key] for key in cell.sources))
        for cell in row.cells
    ]
    mark = "≠" if row.differs else ""
    return ComparedLine(row.attribute, mark, MARKS.get(mark, ""), cells)


def _is_same(line: ComparedLine) -> bool:
    return (
        not line.mark
        and line.cells[0].state not in {"unknown"}
        and all(cell.text == line.cells[0].text for cell in line.cells)
    )


def _effects(found: Comparison) -> Table | None:
    tables = comparison_answer(found).tables
    return tables[1] if len(tables) > 1 else None
