"""Word documents: headings, paragraphs and tables in order, merged cells with their spans."""

from __future__ import annotations

import re
from typing import Any

from llmnotes.documents.archive import checked_archive
from llmnotes.documents.rendition import LineOrigin, RenderedCell, Rendition, plain_words

_HEADING = re.compile(r"(?:heading|überschrift|titre|título)\s*(\d)", re.IGNORECASE)


def read(data: bytes, name: str) -> Rendition:
    """The document's text; raises `InputError` where it is not a Word document."""
    import docx

    document = docx.Document(checked_archive(data, name, "Word document"))
    made, tables = Rendition(name), 0
    for number, block in enumerate(document.iter_inner_content(), start=1):
        if hasattr(block, "rows"):
            tables += 1
            _table(block, tables, made)
        elif block.text.strip():
            origin = LineOrigin(number, f"paragraph {number}")
            style = _style(block)
            if match := _HEADING.match(style):
                made.heading(block.text, int(match[1]), origin)
            elif style.lower() == "title":
                made.heading(block.text, 1, origin)
            elif style.lower().startswith("list"):
                made.paragraph(f"- {plain_words(' '.join(block.text.split()))}", origin)
            else:
                made.paragraph(plain_words(block.text), origin)
    return made


def _style(block: Any) -> str:
    style = block.style
    return str(style.name or "") if style is not None else ""


def _table(table: Any, number: int, made: Rendition) -> None:
    """Add one table; a merged cell is added once."""
    grid = [_row(row) for row in table.rows]
    rows, origins = [], []
    for at, row in enumerate(grid):
        cells = []
        for column, (cell, width, goes_on) in row.items():
            if goes_on:
                continue
            height = 1
            while at + height < len(grid) and grid[at + height].get(column, (0, 0, False))[2]:
                height += 1
            address = f", row {at + 1}, column {column + 1}"
            cells.append(RenderedCell(_text(cell), address, width, height))
        rows.append(cells)
        origins.append(LineOrigin(at + 1, f"table {number}"))
    if rows:
        made.table(rows, origins)


def _row(row: Any) -> dict[int, tuple[Any, int, bool]]:
    """The cells of a row by column: each with its width, and whether it continues the cell above."""
    from docx.oxml.ns import qn

    found: dict[int, tuple[Any, int, bool]] = {}
    column = int(row.grid_cols_before)
    for cell in row._tr.tc_lst:
        width = min(max(int(cell.grid_span), 1), 1_000)
        merge = cell.tcPr.find(qn("w:vMerge")) if cell.tcPr is not None else None
        goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
        found[column] = (cell, width, goes_on)
        column += width
    return found


def _text(cell: Any) -> str:
    from docx.oxml.ns import qn

    paragraphs = (
        "".join(part.text or "" for part in p.iter(qn("w:t"))) for p in cell.iter(qn("w:p"))
    )
    return " ".join(text for text in paragraphs if text)
