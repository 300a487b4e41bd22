"""Tables for a terminal: coloured and fitted to its width, split where they are too wide."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from llmnotes import console
from llmnotes.escapes import one_line, printable
from llmnotes.export.answer import Answer, AnswerTable, Cell
from llmnotes.export.footnote import footnote_text

if TYPE_CHECKING:
    from rich.console import Console

_GAP = 2
"""Spaces between columns."""

_LABEL_WIDTH, _LABEL_WIDEST, _COLUMN_WIDTH = 16, 30, 20
"""Minimum column widths; in a narrower terminal the table is split into parts of a few columns."""

_LONG = 40
"""Number of rows beyond which the parts of a table stand too far apart to be read together."""

_MOST_ROWS = 0.95
"""The part of the rows for which a column is wide enough to hold their texts on one line."""


def render(answer: Answer, format: str) -> str:
    """Every table, fitted to the terminal; for a pipe or a file in the form of `plain`."""
    if answer.pages:
        from llmnotes.export.page_text import render_pages

        return render_pages(answer.pages)
    if not console.is_terminal():
        from llmnotes.export.plain import render as render_plain

        return render_plain(answer)
    from rich.console import Console

    width = console.width()
    buffer = io.StringIO()
    out = Console(
        file=buffer,
        width=width,
        force_terminal=console.colour_allowed(),
        no_color=not console.colour_allowed(),
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        soft_wrap=False,
    )
    for number, table in enumerate(answer.tables):
        if number:
            out.print()
        draw(out, table, width)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def draw(out: Console, table: AnswerTable, width: int) -> None:
    """Print one table with its caption and footnotes, in as many parts as the width requires."""
    from rich.text import Text

    if table.caption:
        out.print(Text(printable(table.caption), style="bold"))
    fitted, left_out = _without_least(table, width)
    for number, part in enumerate(_parts(fitted, width)):
        if number:
            out.print()
        out.print(_grid(part, width))
    if left_out:
        out.print()
        told = f"not shown for want of room: {', '.join(left_out)} (-f csv shows all)"
        out.print(Text(told, style="dim"))
    if table.footnotes:
        out.print()
        for note in table.footnotes:
            line = Text(f"[{note.number}] ", style="cyan")
            line.append(footnote_text(note), style="default")
            out.print(line)


def _parts(table: AnswerTable, width: int) -> Iterator[AnswerTable]:
    """The table itself where it fits, else transposed where allowed, else in several parts."""
    from llmnotes.export.turning import stacked, transposed, with_columns

    if _fits(table, width):
        yield table
    elif not table.turnable:
        for chosen in _packed(table, width):
            yield with_columns(table, chosen)
    else:
        turned = transposed(table)
        yield turned if _fits(turned, width) else stacked(table)


def _without_least(table: AnswerTable, width: int) -> tuple[AnswerTable, list[str]]:
    """A long table without the dispensable columns for which there is no room, and their names."""
    from llmnotes.export.turning import with_columns

    left_out: list[str] = []
    if len(table.rows) <= _LONG or _needed(table) <= width:
        return table, left_out
    for name in table.dispensable:
        kept = [i for i, column in enumerate(table.columns) if column not in left_out]
        if len(_packed(with_columns(table, kept), width)) == 1:
            break
        left_out.append(name)
    kept = [i for i, column in enumerate(table.columns) if column not in left_out]
    return with_columns(table, kept) if left_out else table, left_out


def _packed(table: AnswerTable, width: int) -> list[list[int]]:
    """The columns of each part: the first one, and as many others as fit beside it."""
    first = min(_common(table, 0), max(width // 2, width - 2 * _COLUMN_WIDTH))
    parts: list[list[int]] = []
    left = 0
    for index in range(1, len(table.columns)):
        need = min(_common(table, index), _COLUMN_WIDTH + _COLUMN_WIDTH // 2)
        if not parts or need > left:
            parts.append([0])
            left = width + _GAP - first
        parts[-1].append(index)
        left -= need
    return parts or [[0]]


def _common(table: AnswerTable, index: int) -> int:
    """The width of a column, with the gap behind it, in which the texts of most rows fit on a line."""
    from rich.cells import cell_len

    found = sorted(_cell_width(row.cells[index]) for row in table.rows)
    most = found[int(len(found) * _MOST_ROWS) - 1] if len(found) > _LONG else max(found, default=0)
    return max(most, cell_len(table.columns[index])) + _GAP


def _fits(table: AnswerTable, width: int) -> bool:
    return _needed(table) <= width or len(table.columns) - 1 <= _room(table, width)


def _room(table: AnswerTable, width: int) -> int:
    """The number of columns that fit beside the first."""
    from rich.cells import cell_len

    first = max([_LABEL_WIDTH, *(cell_len(row.cells[0].text) for row in table.rows)])
    return max(1, (width - min(first, _LABEL_WIDEST)) // _COLUMN_WIDTH)


def _needed(table: AnswerTable) -> int:
    return sum(_natural(table, index) for index in range(len(table.columns))) - _GAP


def _natural(table: AnswerTable, index: int) -> int:
    from rich.cells import cell_len

    longest = max((_cell_width(row.cells[index]) for row in table.rows), default=0)
    return max(longest, cell_len(table.columns[index])) + _GAP


def _cell_width(cell: Cell) -> int:
    from rich.cells import cell_len

    return cell_len(cell.short or cell.text) + 4 * bool(cell.notes)


def _widest(table: AnswerTable, width: int) -> list[int | None]:
    """The maximum width of each column of a long table that does not fit: most texts have room, and what is
    left goes to those with more."""
    if len(table.rows) <= _LONG or _needed(table) <= width:
        return [None] * len(table.columns)
    found = [_common(table, index) for index in range(len(table.columns))]
    spare = width + _GAP - sum(found)
    for index, common in enumerate(found):
        more = max(0, min(spare, _natural(table, index) - common))
        found[index] += more
        spare -= more
    return [most - _GAP for most in found]


def _grid(table: AnswerTable, width: int) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(
        box=SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, _GAP - 1, 0, 0),  # the box itself draws the other space
        header_style="bold",
    )
    _add_columns(grid, table, width)
    blank = [""] * (len(table.columns) - 1)
    for number, row in enumerate(table.rows):
        if row.heading:
            if number:
                grid.add_row("", *blank)
            grid.add_row(Text(one_line(row.heading), style="bold blue"), *blank)
        cells = []
        for index, cell in enumerate(row.cells):
            text = Text(one_line(cell.short or cell.text))
            if cell.mark and not index:
                text.append(f" {cell.mark}", style="yellow")
            if cell.notes:
                text.append(f" [{','.join(map(str, cell.notes))}]", style="cyan")
            cells.append(text)
        grid.add_row(*cells)
    return grid


def _add_columns(grid: Any, table: AnswerTable, width: int) -> None:
    from rich.text import Text

    details = table.details or ("",) * len(table.columns)
    widest = _widest(table, width)
    for index, (name, detail) in enumerate(zip(table.columns, details, strict=True)):
        head = Text(one_line(name), style="bold")
        if detail:
            head.append("\n" + one_line(detail), style="not bold dim")
        grid.add_column(
            head,
            justify="right" if index in table.numeric else "left",
            overflow="fold",
            no_wrap=name == "id"
            and _natural(table, index) <= width // 2,  # so that it can be copied whole
            min_width=min(8, max(1, len(name))),
            max_width=widest[index],
        )
