"""LaTeX with booktabs rules: tables that float or break over pages, and pages as sections."""

from __future__ import annotations

from llmnotes.export.answer import Answer, AnswerTable
from llmnotes.export.latex_float import PACKAGES as FLOAT_PACKAGES
from llmnotes.export.latex_float import float_tables
from llmnotes.export.latex_long import PACKAGES as LONG_PACKAGES
from llmnotes.export.latex_long import long_table

_WIDE = "% and, with many columns, \\usepackage{pdflscape} or a smaller font\n"


def render(answer: Answer, format: str) -> str:
    """Each table with its sources as a list below it; pages as sections.

    A table without `typesetting` is a `longtable`, which may have any number of rows.
    """
    if answer.pages:
        from llmnotes.export.page_latex import render_pages

        return render_pages(answer.pages)
    style = next((table.typesetting for table in answer.tables if table.typesetting), None)
    tables = "\n".join(map(_table, answer.tables))
    floats = style is not None and not style.long
    packages = FLOAT_PACKAGES if floats else LONG_PACKAGES
    if r"\url{" in tables:
        packages += ", xurl"
    more = "" if floats else _WIDE
    return f"% needs \\usepackage[T1]{{fontenc}} and \\usepackage{{{packages}}}\n{more}{tables}"


def _table(table: AnswerTable) -> str:
    style = table.typesetting
    if style is None or style.long:
        return "\n".join(long_table(table, style)) + "\n"
    return "\n".join(float_tables(table, style)) + "\n"
