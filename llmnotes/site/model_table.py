"""The table of all base models: what the filter page shows before any script has run."""

from __future__ import annotations

from typing import Any, NamedTuple

from llmnotes.schema import ATTRIBUTES
from llmnotes.site.filter_data import COLUMNS
from llmnotes.site.library import Library


class ModelRow(NamedTuple):
    """A row of the table of all models."""

    id: str
    cells: list[str]


def all_models(library: Library) -> dict[str, Any]:
    """Its columns and rows."""
    rows = [
        ModelRow(
            key,
            [column.name] + [library.cell(column, ATTRIBUTES[name]).text for name in COLUMNS],
        )
        for (kind, key), column in library.columns.items()
        if kind == "model" and library.models[key]["variant"] == "base"
    ]
    return {
        "columns": ["Model", *(ATTRIBUTES[name].label for name in COLUMNS)],
        "rows": rows,
    }
