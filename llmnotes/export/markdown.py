"""Markdown tables in the syntax of GitHub and MyST."""

from __future__ import annotations

from llmnotes.escapes import markdown
from llmnotes.export.answer import Answer, AnswerTable, Cell
from llmnotes.export.footnote import footnote_markdown


def render(answer: Answer, format: str) -> str:
    """Every page, or every table, with its notes below it."""
    if answer.pages:
        from llmnotes.export.page_markdown import render_pages

        return render_pages(answer.pages)
    return "\n".join(_table(table) for table in answer.tables)


def brief(answer: Answer) -> str:
    """A more compact form for programs: no padding, sources with their ids."""
    if answer.pages:
        from llmnotes.export.page_markdown import render_pages

        return render_pages(answer.pages, with_ids=True)
    return "\n".join(_table(table, padded=False) for table in answer.tables)


def _table(table: AnswerTable, *, padded: bool = True) -> str:
    details = table.details or ("",) * len(table.columns)
    header = [
        f"{markdown(name)} ({markdown(detail)})" if detail else markdown(name)
        for name, detail in zip(table.columns, details, strict=True)
    ]
    body = [[_cell(cell) for cell in row.cells] for row in table.rows]
    widths = [
        max(3, len(header[index]), *(len(line[index]) for line in body), 3)
        if len(body) < 200
        else 3
        for index in range(len(header))
    ]
    widths = [min(width, 40) if padded else 3 for width in widths]
    rule = [
        "-" * (width - 1) + (":" if index in table.numeric else "-")
        for index, width in enumerate(widths)
    ]
    lines = [f"**{markdown(table.caption)}**", ""] if table.caption else []
    for line in (header, rule, *body):
        cells = [
            text.ljust(width if padded else 0) for text, width in zip(line, widths, strict=True)
        ]
        lines.append(f"| {' | '.join(cells)} |")
    if table.footnotes:
        lines += ["", "Sources:", ""]
        lines += [footnote_markdown(note, with_id=not padded) for note in table.footnotes]
    return "\n".join(lines) + "\n"


def _cell(cell: Cell) -> str:
    text = markdown(cell.text)
    return f"{text} <sup>{','.join(map(str, cell.notes))}</sup>" if cell.notes else text
