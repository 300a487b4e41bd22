"""A self-contained HTML page."""

from __future__ import annotations

from llmnotes.escapes import html
from llmnotes.export.answer import Answer, AnswerTable, Cell, Row
from llmnotes.export.footnote import footnote_html

_MARKS = {"≠": "differs", "?": "one-sided"}
"""Classes of rows by the mark of their first cell."""

_ONE_SIDED = '\ntr.one-sided th:first-child::after { content: " ?"; color: #a33b00; }'

_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem; color: #1a1a1a; background: #fff; }
table { border-collapse: collapse; margin-bottom: 1.5rem; }
caption { font-weight: 600; text-align: left; padding: .4rem 0; }
th, td { padding: .35rem .7rem; text-align: left; vertical-align: top; border-bottom: 1px solid #ddd; }
thead th { border-bottom: 2px solid #444; }
thead small { display: block; font-weight: 400; color: #555; }
tr.group th { padding-top: 1rem; color: #0b4a75; border-bottom: 1px solid #0b4a75; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
tr.differs th:first-child::after { content: " \\2260"; color: #a33b00; }
sup a { text-decoration: none; }
ol { color: #333; }
@media (prefers-color-scheme: dark) {
  body { background: #14171a; color: #e6e6e6; }
  th, td { border-color: #3a3f44; } tr.group th { color: #7cc0ee; } ol, thead small { color: #bbb; }
  a { color: #7cc0ee; }
}
""".strip()


def render(answer: Answer, format: str) -> str:
    """A document with every page, or every table, and its sources."""
    if answer.pages:
        from llmnotes.export.page_html import render_pages

        title, tables = html(answer.pages[0].title), render_pages(answer.pages)
    else:
        tables = "\n".join(_table(number, table) for number, table in enumerate(answer.tables))
        title = html(answer.tables[0].caption or "llmnotes") if answer.tables else "llmnotes"
    style = _STYLE + (_ONE_SIDED if 'class="one-sided"' in tables else "")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}\n</style>\n</head>\n<body>\n{tables}\n"
        "</body>\n</html>\n"
    )


def _table(number: int, table: AnswerTable) -> str:
    prefix = f"t{number}-"
    lines = ["<table>"]
    if table.caption:
        lines.append(f"<caption>{html(table.caption)}</caption>")
    details = table.details or ("",) * len(table.columns)
    heads = "".join(
        f'<th scope="col">{html(name)}{f"<br><small>{html(detail)}</small>" if detail else ""}</th>'
        for name, detail in zip(table.columns, details, strict=True)
    )
    lines.append(f"<thead><tr>{heads}</tr></thead>\n<tbody>")
    for row in table.rows:
        if row.heading:
            lines.append(
                f'<tr class="group"><th colspan="{len(table.columns)}" scope="colgroup">'
                f"{html(row.heading)}</th></tr>"
            )
        lines.append(_row(row, table, prefix))
    lines.append("</tbody>\n</table>")
    if table.footnotes:
        lines += ["<ol>", *(footnote_html(note, prefix) for note in table.footnotes), "</ol>"]
    return "\n".join(lines)


def _row(row: Row, table: AnswerTable, prefix: str) -> str:
    first, *rest = row.cells
    differs = f' class="{_MARKS[first.mark]}"' if first.mark else ""
    cells = [f'<th scope="row">{_cell(first, prefix)}</th>']
    for index, cell in enumerate(rest, start=1):
        number = ' class="number"' if index in table.numeric else ""
        cells.append(f"<td{number}>{_cell(cell, prefix)}</td>")
    return f"<tr{differs}>{''.join(cells)}</tr>"


def _cell(cell: Cell, prefix: str) -> str:
    notes = ",".join(f'<a href="#{prefix}{note}">{note}</a>' for note in cell.notes)
    return html(cell.text) + (f" <sup>{notes}</sup>" if notes else "")
