"""A LaTeX table that breaks over pages; documents in two columns cannot hold one."""

from __future__ import annotations

from collections.abc import Iterator

from llmnotes.escapes import latex
from llmnotes.export.answer import Table
from llmnotes.export.latex_cells import Marks, head, row_lines, source_list, type_size
from llmnotes.export.typesetting import Typesetting

PACKAGES = (
    "% needs \\usepackage[T1]{fontenc} and \\usepackage{booktabs, longtable, array, xurl}\n"
    "% and, with many columns, \\usepackage{pdflscape} or a smaller font\n"
)


def long_table(table: Table, style: Typesetting) -> Iterator[str]:
    """The lines of a `longtable` and of the notes below it."""
    columns = len(table.columns)
    width = 0.94 / columns
    column = (
        f">{{\\raggedright\\arraybackslash}}p{{\\dimexpr {width:.4f}\\linewidth-2\\tabcolsep\\relax}}"
    )
    details = table.details or ("",) * columns
    header = " & ".join(
        head(name, detail, r"\small ")
        for name, detail in zip(table.columns, details, strict=True)
    )
    marks = Marks(table.footnotes, style.cites)
    yield rf"\begingroup{type_size(columns)}"
    yield f"\\begin{{longtable}}{{@{{}}{column * columns}@{{}}}}"
    if table.caption:
        label = rf"\label{{{style.label}}}" if style.label else ""
        yield rf"\caption{{{latex(table.caption)}}}{label} \\"
    yield from (r"\toprule", rf"{header} \\", r"\midrule", r"\endhead", r"\bottomrule", r"\endfoot")
    for number, row in enumerate(table.rows):
        yield from row_lines(row, columns, marks, first=not number)
    yield from (r"\end{longtable}", r"\endgroup")
    below = list(marks.below(table.rows))
    if below:
        yield rf"\noindent{{\footnotesize {'; '.join(below)}\par}}"
    yield from source_list(table, bool(style.cites))
