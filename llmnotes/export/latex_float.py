"""LaTeX tables that float over the whole width of a page, in one column or in two.

A float cannot break, so rows go into as many tables as their estimated height asks for; a row
higher than a page stands below them as a list.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from llmnotes.escapes import latex
from llmnotes.export.answer import Row, Table
from llmnotes.export.latex_cells import (
    Marks,
    breakable,
    cell_text,
    head,
    row_lines,
    source_list,
    type_size,
)
from llmnotes.export.typesetting import Typesetting

PACKAGES = "% needs \\usepackage[T1]{fontenc} and \\usepackage{booktabs, tabularx, xurl}\n"

_CHARACTERS = {"": 74, r"\footnotesize": 90, r"\scriptsize": 100, r"\tiny": 135}
"""Characters in a line of 345 pt, the narrowest page of the standard classes, by size of type."""
_LINES = {"": 38, r"\footnotesize": 48, r"\scriptsize": 56, r"\tiny": 74}
"""Lines of a page of 550 pt that a table may take, by size of type."""
_LONGEST_PIECE = 14
"""Letters of a word that stay together; longer ones are hyphenated."""


def float_tables(table: Table, style: Typesetting) -> Iterator[str]:
    """The lines of the `table*`s, of the rows too high for one, and of the list of sources."""
    marks = Marks(table.footnotes, style.cites)
    widths = _widths(table)
    parts, high = _parts(table, widths)
    for number, rows in enumerate(parts):
        yield from _float(table, rows, style, marks, widths, first=not number)
    for row in high:
        yield from _list(table, row, marks)
    yield from source_list(table, bool(style.cites))


def _widths(table: Table) -> list[float]:
    """Characters of each column: its longest piece, and a share of the rest by what it holds."""
    texts = [
        [name, *(row.cells[column].text for row in table.rows)]
        for column, name in enumerate(table.columns)
    ]
    pieces = [max(map(_longest_piece, column)) + 1.0 for column in texts]
    rest = _CHARACTERS[type_size(len(texts))] - sum(pieces)
    if rest <= 0:
        return pieces
    wanted = [math.sqrt(sum(map(len, column)) / len(column)) for column in texts]
    return [
        piece + rest * want / sum(wanted) for piece, want in zip(pieces, wanted, strict=True)
    ]


def _longest_piece(text: str) -> int:
    pieces = re.split(r"\s|(?<=[-/_])", text)
    return min(_LONGEST_PIECE, max(map(len, pieces)))


def _parts(table: Table, widths: list[float]) -> tuple[list[list[Row]], list[Row]]:
    """The rows of each float, and those that are higher than one."""
    limit = _LINES[type_size(len(widths))]
    scale = min(1.0, _CHARACTERS[type_size(len(widths))] / sum(widths))
    parts: list[list[Row]] = [[]]
    high: list[Row] = []
    room = limit
    for row in table.rows:
        lines = max(
            math.ceil((len(cell.text) + 4 * len(cell.notes)) / (width * scale * 0.8))
            for cell, width in zip(row.cells, widths, strict=True)
        )
        lines += 2 if row.heading else 0
        if lines > limit:
            high.append(row)
            continue
        if lines > room and parts[-1]:
            parts.append([])
            room = limit
        parts[-1].append(row)
        room -= lines
    return [rows for rows in parts if rows], high


def _float(
    table: Table, rows: list[Row], style: Typesetting, marks: Marks, widths: list[float], *, first: bool
) -> Iterator[str]:
    columns = len(widths)
    details = table.details or ("",) * columns
    share = columns / sum(widths)
    form = "".join(
        rf">{{\hsize={width * share:.4f}\hsize\raggedright\arraybackslash\hspace{{0pt}}}}X"
        for width in widths
    )
    yield from (r"\begin{table*}[tp]", rf"\centering{type_size(columns)}")
    if columns > 7:
        yield r"\setlength{\tabcolsep}{2.5pt}"
    if table.caption:
        yield from _caption(table.caption, style.label, first=first)
    yield rf"\begin{{tabularx}}{{\textwidth}}{{@{{}}{form}@{{}}}}"
    header = map(head, table.columns, details)
    yield from (r"\toprule", rf"{' & '.join(header)} \\", r"\midrule")
    for number, row in enumerate(rows):
        yield from row_lines(row, columns, marks, first=not number)
    yield from (r"\bottomrule", r"\end{tabularx}")
    below = list(marks.below(rows))
    if below:
        yield rf"\par\smallskip{{\raggedright {'; '.join(below)}\par}}"
    yield r"\end{table*}"


def _caption(caption: str, label: str, *, first: bool) -> Iterator[str]:
    """The caption of the first table with its label; the others go on with its number."""
    if first:
        yield rf"\caption{{{latex(caption)}}}"
        if label:
            yield rf"\label{{{label}}}"
    else:
        yield rf"\addtocounter{{table}}{{-1}}\caption{{{latex(caption)} (continued)}}"


def _list(table: Table, row: Row, marks: Marks) -> Iterator[str]:
    """A row as a list, a line for each column."""
    label, *cells = row.cells
    yield from ("", rf"\noindent\textbf{{{latex(label.text)}}}")
    yield from (r"\begin{footnotesize}", r"\begin{description}\raggedright")
    for name, cell in zip(table.columns[1:], cells, strict=True):
        yield rf"\item[{{{breakable(latex(name))}}}] {cell_text(cell, marks)}"
    yield from (r"\end{description}", r"\end{footnotesize}")
    yield from marks.below([row])
