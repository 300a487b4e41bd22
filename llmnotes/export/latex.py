"""LaTeX with booktabs rules: tables that float or break over pages, and pages as sections."""

from __future__ import annotations

from llmnotes.export.answer import Answer, Table
from llmnotes.export.latex_float import PACKAGES as FLOAT_PACKAGES
from llmnotes.export.latex_float import float_tables
from llmnotes.export.latex_long import PACKAGES as LONG_PACKAGES
from llmnotes.export.latex_long import long_table
from llmnotes.export.typesetting import Typesetting


def render(answer: Answer, format: str) -> str:
    """Each table with its sources as a list below it; pages as sections.

    A table without `typesetting` is a `longtable`, which has room for any number of rows.
    """
    if answer.pages:
        from llmnotes.export.page_latex import render_pages

        return render_pages(answer.pages)
    style = next((table.typesetting for table in answer.tables if table.typesetting), None)
    packages = FLOAT_PACKAGES if style and not style.long else LONG_PACKAGES
    return packages + "\n".join(map(_table, answer.tables))


def _table(table: Table) -> str:
    style = table.typesetting
    if style is None or style.long:
        return "\n".join(long_table(table, style or Typesetting())) + "\n"
    return "\n".join(float_tables(table, style)) + "\n"
