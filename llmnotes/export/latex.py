"""LaTeX with booktabs rules; a long table breaks over pages and is never cut."""

from __future__ import annotations

import re

from llmnotes.escapes import latex
from llmnotes.export.answer import Answer, Cell, Table
from llmnotes.export.footnote import footnote_latex

_PREAMBLE = (
    "% needs \\usepackage[T1]{fontenc} and \\usepackage{booktabs, longtable, array}\n"
    "% and, with many columns, \\usepackage{pdflscape} or a smaller font\n"
)


_SIZES = ((4, ""), (7, r"\footnotesize"), (10, r"\scriptsize"), (10_000, r"\tiny"))
"""Columns up to which a size of type is readable and still fits."""


def render(answer: Answer, format: str) -> str:
    """Each table as a `longtable`, its sources as a list below it; pages as sections."""
    if answer.pages:
        from llmnotes.export.page_latex import render_pages

        return render_pages(answer.pages)
    return _PREAMBLE + "\n".join(_table(table) for table in answer.tables)


def _table(table: Table) -> str:
    width = 0.94 / len(table.columns)
    columns = "".join(
        f">{{\\raggedright\\arraybackslash}}p{{\\dimexpr {width:.4f}\\linewidth-2\\tabcolsep\\relax}}"
        for _ in table.columns
    )
    details = table.details or ("",) * len(table.columns)
    header = " & ".join(
        rf"\textbf{{{latex(name)}}}" + (rf" {{\small {latex(detail)}}}" if detail else "")
        for name, detail in zip(table.columns, details, strict=True)
    )
    size = next(name for limit, name in _SIZES if len(table.columns) <= limit)
    lines = [rf"\begingroup{size}", f"\\begin{{longtable}}{{@{{}}{columns}@{{}}}}"]
    if table.caption:
        lines.append(rf"\caption{{{latex(table.caption)}}} \\")
    lines += [r"\toprule", rf"{header} \\", r"\midrule", r"\endhead", r"\bottomrule", r"\endfoot"]
    for number, row in enumerate(table.rows):
        if row.heading:
            space = r"\addlinespace" + "\n" if number else ""
            lines.append(
                rf"{space}\multicolumn{{{len(table.columns)}}}{{@{{}}l}}"
                rf"{{\textit{{{latex(row.heading)}}}}} \\*"
            )
        mark = r" $\neq$" if row.cells[0].marked else ""
        first, *rest = (_cell(cell) for cell in row.cells)
        lines.append(" & ".join([first + mark, *rest]) + r" \\")
    lines += [r"\end{longtable}", r"\endgroup"]
    if table.footnotes:
        lines += ["", r"\begin{footnotesize}", r"\begin{enumerate}"]
        for note in table.footnotes:
            lines.append(rf"\item {footnote_latex(note)}")
        lines += [r"\end{enumerate}", r"\end{footnotesize}"]
    return "\n".join(lines) + "\n"


def _cell(cell: Cell) -> str:
    text = _breakable(latex(cell.text))
    if text.startswith(("[", "*")):
        text = "{}" + text
    return rf"{text}\textsuperscript{{{','.join(map(str, cell.notes))}}}" if cell.notes else text


_LONG_WORD = 15


def _breakable(text: str) -> str:
    """Long words may break after the signs that join them, as ids and addresses need."""
    words = text.split(" ")
    return " ".join(
        re.sub(r"(?<=[\w}])(/|-(?!-)|\\_|\.(?=\w)|,(?=[^\s\d]))", r"\1\\allowbreak{}", word)
        if len(word) > _LONG_WORD
        else word
        for word in words
    )
