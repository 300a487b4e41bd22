"""The table of all base models: what the filter page shows before any script has run."""

from __future__ import annotations

from llmnotes.schema import ATTRIBUTES
from llmnotes.site.filter_data import COLUMNS
from llmnotes.site.library import Library
from llmnotes.site.table_page import TableRow


def all_models(library: Library) -> tuple[list[str], list[TableRow]]:
    """Its columns and rows."""
    rows = [
        TableRow(
            "model",
            key,
            [column.name] + [library.cell(column, ATTRIBUTES[name]).text for name in COLUMNS],
        )
        for (kind, key), column in library.columns.items()
        if kind == "model" and library.models[key]["variant"] == "base"
    ]
    return ["Model", *(ATTRIBUTES[name].label for name in COLUMNS)], rows
