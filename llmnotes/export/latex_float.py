"""Floating LaTeX tables over the whole width of a page, in documents of one or two columns.

A float cannot break, so rows are distributed over tables by their estimated height; a row higher than a
page is set below them as a list.
"""

from __future__ import annotations

from collections.abc import Iterator

from llmnotes.escapes import latex
from llmnotes.export.answer import AnswerTable, Row
from llmnotes.export.latex_cells import Marks, breakable, cell_text, head, row_lines, source_list
from llmnotes.export.latex_grid import Grid
from llmnotes.export.typesetting import Typesetting

PACKAGES = "booktabs, tabularx"


def float_tables(table: AnswerTable, style: Typesetting) -> Iterator[str]:
    """The lines of the `table*`s, of the rows too high for one, and of the list of sources."""
    marks = Marks(table.footnotes, style)
    grid = Grid(table, style, marks)
    parts, high = _parts(table, grid)
    for number, rows in enumerate(parts):
        yield from _float(table, rows, style, marks, grid, first=not number)
    for row in high:
        yield from _list(table, row, marks)
    yield from source_list(table, style)


def _parts(table: AnswerTable, grid: Grid) -> tuple[list[list[Row]], list[Row]]:
    """The rows of each float, and those higher than a page."""
    parts: list[list[Row]] = [[]]
    high: list[Row] = []
    for row in table.rows:
        if grid.height([row]) > grid.lines:
            high.append(row)
        elif grid.height([*parts[-1], row]) > grid.lines:
            parts.append([row])
        else:
            parts[-1].append(row)
    return [rows for rows in parts if rows], high


def _float(
    table: AnswerTable,
    rows: list[Row],
    style: Typesetting,
    marks: Marks,
    grid: Grid,
    *,
    first: bool,
) -> Iterator[str]:
    columns = len(table.columns)
    details = table.details or ("",) * columns
    form = "".join(
        rf">{{\hsize={share * columns:.4f}\hsize\raggedright\arraybackslash\hspace{{0pt}}}}X"
        for share in grid.shares
    )
    yield from (r"\begin{table*}[tp]", rf"\centering{grid.type_command()}")
    yield rf"\setlength{{\tabcolsep}}{{{grid.gap:g}pt}}"
    if table.caption:
        yield from _caption(table.caption, style.label, first=first)
    yield rf"\begin{{tabularx}}{{\textwidth}}{{@{{}}{form}@{{}}}}"
    yield from (r"\toprule", rf"{' & '.join(map(head, table.columns, details))} \\", r"\midrule")
    for number, row in enumerate(rows):
        yield from row_lines(row, columns, marks, first=not number)
    yield from (r"\bottomrule", r"\end{tabularx}")
    below = list(marks.below(rows))
    if below:
        yield rf"\par\smallskip{{\raggedright {'; '.join(below)}\par}}"
    yield r"\end{table*}"


def _caption(caption: str, label: str, *, first: bool) -> Iterator[str]:
    """The caption of the first table with its label; the others repeat its number."""
    if first:
        yield rf"\caption{{{latex(caption)}}}"
        if label:
            yield rf"\label{{{label}}}"
    else:
        yield rf"\addtocounter{{table}}{{-1}}\caption{{{latex(caption)} (continued)}}"


def _list(table: AnswerTable, row: Row, marks: Marks) -> Iterator[str]:
    """A row as a list, with a line for each column."""
    label, *cells = row.cells
    yield from ("", rf"\noindent\textbf{{{latex(label.text)}}}")
    yield from (r"\begin{footnotesize}", r"\begin{description}\raggedright")
    for name, cell in zip(table.columns[1:], cells, strict=True):
        yield rf"\item[{{{breakable(latex(name))}}}] {cell_text(cell, marks)}"
    yield from (r"\end{description}", r"\end{footnotesize}")
    yield from marks.below([row])
