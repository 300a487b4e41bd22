"""The data of the scripts: finished cells, folded names, plain values.

Everything that the scripts show is computed here; equal cells are stored once.
"""

from __future__ import annotations

from typing import Any

from llmnotes.display import figure_text
from llmnotes.escapes import web_address
from llmnotes.knowledge.compare import ALWAYS
from llmnotes.knowledge.effects import QUANTITIES, figures
from llmnotes.knowledge.sources import short_reference
from llmnotes.resolve import resolved
from llmnotes.schema import GROUPS, TENTATIVE_STATUSES, Attribute
from llmnotes.site import places
from llmnotes.site.comparisons import MARKS_SAY
from llmnotes.site.discovery import data_block
from llmnotes.site.filter_data import filter_data
from llmnotes.site.library import IN_GROUPS, Library
from llmnotes.site.relations import CellRelations
from llmnotes.site.subjects import state_of
from llmnotes.study.drawable import decimal_year
from llmnotes.study.techniques import techniques
from llmnotes.values import kinds_of
from llmnotes.views.comparison import MARKS


def script(library: Library, *, single: bool = False) -> str:
    """`assets/data.js`: a single assignment, so that it also loads from `file://`.

    `single` tells the scripts that there are no other pages to link to.
    """
    return f"window.llmnotes = {data_block({**data(library), 'single': single})};\n{_TABLES}"


_TABLES = """\
// Names from outside are looked up in these: `constructor` is none of them.
for (const table of [llmnotes.names, llmnotes.numbers, ...Object.values(llmnotes.filter),
  ...Object.values(llmnotes.filter.vocabularies), ...Object.values(llmnotes.filter.units)]) {
  if (!Array.isArray(table)) Object.setPrototypeOf(table, null);
}
"""


def data(library: Library) -> dict[str, Any]:
    """The data of the base for the scripts."""
    cells = _Cells(library)
    subjects = [cells.subject(kind, key) for kind, key in library.columns]
    return {
        "groups": dict(GROUPS),
        "attributes": [_attribute(item, cells.relations[item.id]) for item in IN_GROUPS],
        "always": [number for number, item in enumerate(IN_GROUPS) if item.id in ALWAYS],
        "marks": MARKS_SAY,
        "signs": MARKS,
        "subjects": subjects,
        "cells": cells.cells,
        "sources": [
            [short_reference(source), web_address(source["url"]), places.page("source", source["id"])]
            for source in cells.sources
        ],
        "names": _names(library),
        "numbers": _numbers(library),
        "effects": _effects(library),
        "filter": filter_data(library),
        "entries": list(_entries(library)),
    }  # fmt: skip


def _attribute(item: Attribute, relations: CellRelations) -> dict[str, Any]:
    related, pairs = relations.pairs()
    return {
        "id": item.id, "label": item.label, "group": item.group, "kind": item.kind,
        "option": item.option_name, "unit": item.unit, "vocabulary": item.vocabulary,
        "binary": item.binary, "fallback": item.fallback, "computed": item.computed,
        "related": related, "pairs": pairs,
    }  # fmt: skip


def _effects(library: Library) -> dict[str, Any]:
    """Every quantity with its label, and the figure and text of each model."""
    found: dict[str, Any] = {
        quantity: {"label": label, "models": {}} for quantity, label, _, _ in QUANTITIES
    }
    units = {quantity: unit for quantity, _, unit, _ in QUANTITIES}
    for key in library.models:
        for quantity, figure in figures(key, library.claims.of_model(key)).items():
            if figure is not None:
                found[quantity]["models"][key] = [figure, figure_text(figure, units[quantity])]
    return found


class _Cells:
    """Numbers the cells and sources in the order of first use."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.cells: list[Any] = []
        self.sources: list[dict[str, Any]] = []
        self.relations = {item.id: CellRelations(item) for item in IN_GROUPS}
        self._cell_numbers: dict[str, int] = {}
        self._source_numbers: dict[str, int] = {}

    def subject(self, kind: str, key: str) -> dict[str, Any]:
        column = self._library.columns[kind, key]
        said = {}
        for number, item in enumerate(IN_GROUPS):
            cell = self._library.cell(column, item)
            state = state_of(cell.values)
            if state != "unknown":
                notes = [self._source(source) for source in cell.sources]
                means = self.relations[item.id].number(cell)
                implied = all(value.implied or not value.status for value in cell.values)
                said[number] = self._cell([cell.text, state, notes, means, int(implied)])
        found = {
            "id": key, "kind": kind, "name": column.name, "page": places.page(kind, key), "said": said,
            "models": column.models, "size": column.sizes[0],
        }  # fmt: skip
        if kind == "family":
            found["sizes"] = column.sizes
        else:
            row = self._library.models[key]
            found |= {"family": row["family"], "variant": row["variant"]}
        return found

    def _cell(self, cell: list[Any]) -> int:
        key = data_block(cell)
        if key not in self._cell_numbers:
            self._cell_numbers[key] = len(self.cells)
            self.cells.append(cell)
        return self._cell_numbers[key]

    def _source(self, key: str) -> int:
        if key not in self._source_numbers:
            self._source_numbers[key] = len(self.sources)
            self.sources.append(self._library.sources[key])
        return self._source_numbers[key]


def _numbers(library: Library) -> dict[str, dict[str, float]]:
    """The values that may be drawn of every model, by numeric or date attribute."""
    found: dict[str, dict[str, float]] = {}
    for item in IN_GROUPS:
        if item.kind not in {"integer", "number", "date"}:
            continue
        values = {key: _number(library, key, item) for key in library.models}
        known = {key: value for key, value in values.items() if value is not None}
        if known:
            found[item.id] = known
    return found


def _number(library: Library, model: str, item: Attribute) -> float | None:
    """The number to draw: the largest of several; None where it is only rumoured or estimated."""
    claim = resolved(library.claims.of_model(model), item)
    if claim is None or claim.value is None or claim.status in TENTATIVE_STATUSES:
        return None
    if item.kind == "date":
        return round(decimal_year(claim.value), 3)
    numbers = claim.value if isinstance(claim.value, list) else kinds_of(claim.value)
    return float(max(numbers))


def _names(library: Library) -> dict[str, list[list[str]]]:
    """The kinds and ids of each folded name, ids first."""
    found: dict[str, list[list[str]]] = {}
    rows = library.connection.execute(
        "SELECT key, kind, target FROM names WHERE kind IN ('family', 'model') "
        "ORDER BY key, kind, is_id DESC, target"
    )
    for key, kind, target in rows:
        if (kind, target) in library.columns and [kind, target] not in found.setdefault(key, []):
            found[key].append([kind, target])
    return found


def _entries(library: Library) -> Any:
    """The search entries besides models and families: name, page, kind, meaning."""
    for item in techniques(library.connection).values():
        yield [
            item.name,
            places.page("technique", item.id),
            item.category,
            item.definition,
            item.aliases,
        ]
    for key, row in library.organizations.items():
        yield [row["name"], places.page("organization", key), "organization", "", [key]]
    for key, source in library.sources.items():
        yield [
            source["title"],
            places.page("source", key),
            "source",
            short_reference(source),
            [key],
        ]
