"""Cuts answers to a size limit: whole rows and items, with the number left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from llmnotes.export.answer import Answer, AnswerTable, Cell, Row
from llmnotes.export.footnote import Footnote
from llmnotes.export.markdown import brief
from llmnotes.export.page import Block, Items, Page

LARGEST = 10_000
"""Size limit of an answer in bytes."""
_FOR_REMARKS = 1_000
"""Bytes of an answer that are kept for remarks."""
_LONGEST_CELL, _LONGEST_REMARK = 600, 400
"""Characters that are shown of a cell and of a remark."""


def fitted(answer: Answer, hint: str, remarks: list[str] | None = None, more: int = 0) -> str:
    """The answer as Markdown of at most `LARGEST` bytes.

    Rows that do not fit are counted, and `hint` says how to see them; `more` is the number of rows left out
    earlier. A long cell is cut between words with its full length given.
    """
    said = _said(remarks or [])
    room = LARGEST - len(said.encode()) - _FOR_REMARKS // 2
    shown, left = answer, 0
    if _size(shown) > room:
        shown = _with_short_cells(answer)
    most = max(_rows(shown), default=0)
    if _size(shown) > room:
        shown, left = _first_rows(shown, most, room)
    left += more
    lines = [brief(shown).rstrip("\n")]
    if left:
        lines.append(f"\n{left:,} more; {hint}")
    return _cut("\n".join(lines), LARGEST - len(said.encode())) + said


def led_by(sentences: list[str], text: str) -> str:
    """An answer after some sentences, which are kept where both do not fit."""
    if not sentences:
        return text
    return _cut("\n".join([*_said(sentences).strip("\n").splitlines(), "", text]), LARGEST)


def _first_rows(answer: Answer, most: int, room: int) -> tuple[Answer, int]:
    """As many rows as fit, found by bisection, and the number of those that do not."""
    fits, over = 0, most
    while over - fits > 1:
        middle = (fits + over) // 2
        fits, over = (middle, over) if _size(_at_most(answer, middle)) <= room else (fits, middle)
    kept = _at_most(answer, fits)
    return kept, sum(_rows(answer)) - sum(_rows(kept))


def _rows(answer: Answer) -> list[int]:
    """The number of rows of each table, or of items of each block of a page."""
    if answer.pages:
        return [
            len(block.items) for page in answer.pages for block in page.blocks
            if isinstance(block, Items)
        ]  # fmt: skip
    return [len(table.rows) for table in answer.tables]


def _size(answer: Answer) -> int:
    return len(brief(answer).encode())


def _at_most(answer: Answer, most: int) -> Answer:
    return answer._replace(
        tables=[_table(table, table.rows[:most]) for table in answer.tables],
        pages=[_page(page, most) for page in answer.pages],
    )


def _table(table: AnswerTable, rows: Sequence[Row]) -> AnswerTable:
    used = {number for row in rows for cell in row.cells for number in cell.notes}
    return table._replace(rows=rows, footnotes=_used(table.footnotes, used))


def _page(page: Page, most: int) -> Page:
    blocks: list[Block] = [
        replace(block, items=block.items[:most]) if isinstance(block, Items) else block
        for block in page.blocks
    ]
    items = [item for block in blocks if isinstance(block, Items) for item in block.items]
    used = {number for item in items for number in item.notes}
    return replace(page, blocks=blocks, footnotes=_used(page.footnotes, used))


def _used(notes: Sequence[Footnote], numbers: set[int]) -> list[Footnote]:
    return [note for note in notes if note.number in numbers]


def _with_short_cells(answer: Answer) -> Answer:
    tables = []
    for table in answer.tables:
        rows = [row._replace(cells=tuple(map(_short, row.cells))) for row in table.rows]
        tables.append(_table(table, rows))
    return answer._replace(tables=tables)


def _short(cell: Cell) -> Cell:
    if len(cell.text) <= _LONGEST_CELL:
        return cell
    if cell.short and len(cell.short) <= _LONGEST_CELL:
        return cell._replace(text=f"{cell.short} … ({len(cell.text):,} characters in all)")
    kept = cell.text[:_LONGEST_CELL].rpartition(" ")[0] or cell.text[:_LONGEST_CELL]
    return cell._replace(text=f"{kept} … ({len(cell.text):,} characters in all)")


def _said(remarks: list[str]) -> str:
    """Remarks below the answer, in order, as far as they fit."""
    said = ""
    for number, remark in enumerate(remarks):
        cut = remark if len(remark) <= _LONGEST_REMARK else remark[:_LONGEST_REMARK] + "…"
        line = f"\n{cut}"
        if len((said + line).encode()) > _FOR_REMARKS:
            return f"{said}\n{len(remarks) - number} more remarks"
        said += line
    return f"\n{said}" if said else ""


def _cut(text: str, most: int) -> str:
    """A text with a single overlong line or row, cut as a last resort."""
    raw = text.encode("utf-8", "replace")
    if len(raw) <= most:
        return text
    return raw[: most - 40].decode("utf-8", "ignore") + "\n… (cut: too long)"
