"""A LaTeX table that breaks over pages; not possible in two-column documents."""

from __future__ import annotations

from collections.abc import Iterator

from llmnotes.escapes import latex
from llmnotes.export.answer import AnswerTable
from llmnotes.export.latex_cells import Marks, head, row_lines, source_list, type_size
from llmnotes.export.latex_grid import Grid
from llmnotes.export.typesetting import Typesetting

PACKAGES = "booktabs, longtable, array"


def long_table(table: AnswerTable, style: Typesetting | None) -> Iterator[str]:
    """The lines of a `longtable` and of the notes below it; without a style columns are equal."""
    columns = len(table.columns)
    marks = Marks(table.footnotes, style)
    yield from _opening(table, style, marks)
    if table.caption:
        label = rf"\label{{{style.label}}}" if style and style.label else ""
        yield rf"\caption{{{latex(table.caption)}}}{label} \\"
    header = " & ".join(_header(table, style))
    yield from (r"\toprule", rf"{header} \\", r"\midrule", r"\endhead", r"\bottomrule", r"\endfoot")
    for number, row in enumerate(table.rows):
        yield from row_lines(row, columns, marks, first=not number)
    yield from (r"\end{longtable}", r"\endgroup")
    below = list(marks.below(table.rows))
    if below:
        yield rf"\noindent{{\footnotesize {'; '.join(below)}\par}}"
    yield from source_list(table, style)


def _opening(table: AnswerTable, style: Typesetting | None, marks: Marks) -> Iterator[str]:
    columns = len(table.columns)
    if style is None:
        yield rf"\begingroup{type_size(columns)}"
        form = _column(0.94 / columns) * columns
    else:
        grid = Grid(table, style, marks)
        yield rf"\begingroup{grid.type_command()}\setlength{{\tabcolsep}}{{{grid.gap:g}pt}}"
        form = "".join(_column(share, r"\hspace{0pt}") for share in grid.shares)
    yield f"\\begin{{longtable}}{{@{{}}{form}@{{}}}}"


def _column(share: float, before: str = "") -> str:
    width = rf"\dimexpr {share:.4f}\linewidth-2\tabcolsep\relax"
    return rf">{{\raggedright\arraybackslash{before}}}p{{{width}}}"


def _header(table: AnswerTable, style: Typesetting | None) -> Iterator[str]:
    details = table.details or ("",) * len(table.columns)
    for name, detail in zip(table.columns, details, strict=True):
        if style is not None:
            yield head(name, detail)
        else:
            yield rf"\textbf{{{latex(name)}}}" + (rf" {{\small {latex(detail)}}}" if detail else "")
