"""The table of all base models, shown on the filter page when scripts are disabled."""

from __future__ import annotations

from llmnotes.schema import ATTRIBUTES
from llmnotes.site.filter_data import COLUMNS
from llmnotes.site.library import Library
from llmnotes.site.table_page import TableRow


def all_models(library: Library) -> tuple[list[str], list[TableRow]]:
    """The columns and rows of the table."""
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
