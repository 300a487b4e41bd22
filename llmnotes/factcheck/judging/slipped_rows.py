"""Ragged and shifted rows: the best alignment of a row's cells with the columns, if it is unique."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import NamedTuple

from llmnotes.factcheck.cells.flags import is_yes_or_no
from llmnotes.factcheck.judging.effort import Effort
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.layout.alignment import NOWHERE, best_columns, best_sums
from llmnotes.factcheck.layout.headers import REMARKS
from llmnotes.factcheck.layout.lines import Line, Spot
from llmnotes.factcheck.layout.table_subject import TableSubject

Ask = Callable[[str, Spot, TableSubject | None], Judgement]
May = Callable[[str, Spot, TableSubject | None], bool]
"""A fast predicate: whether a text may be true at a spot, before it is judged there."""

_FITS = {
    "agrees": 4, "agrees-normalised": 4, "misspelt": 4, "disputed": 3, "partly-wrong": 2,
    "unsupported": 0, "blank": 0, "rumour": -1, "unreadable": -2, "misplaced": -4, "wrong": -4,
}  # fmt: skip
_WITHHELD = -1
_CLEAR = 4
"""Minimum advantage in score of another alignment over the row as written."""
_WIDEST = 60


class RowFinding(NamedTuple):
    """A finding on a row as a whole.

    `moves` maps the position of a cell to the column it fits, where the whole row can be repaired by
    moving; `missing` gives before which cells how many are missing. Both are empty where nothing was
    decided.
    """

    row: int
    label: str
    finding: str
    cause: str | None
    text: str
    moves: tuple[tuple[int, int], ...] = ()
    missing: tuple[tuple[int, int], ...] = ()

    @property
    def undecided(self) -> bool:
        """Whether cells of the row are in the wrong place without a unique alignment."""
        return self.finding in {"ragged", "shifted"} and not self.moves and not self.missing


def align(
    line: Line, judged_cells: Sequence[JudgedCell], ask: Ask, may: May, effort: Effort
) -> RowFinding | None:
    """The finding on a row's cells and columns; moved cells get their cause."""
    wide = max(len(line.cells), len(line.spots)) > _WIDEST or len(line.spots) < 2
    if line.ragged:
        places = len(line.cells) * (line.ragged + 1)
        decidable = not wide and line.ragged > 0 and effort.may_ask(places)
        return _ragged(line, judged_cells, ask) if decidable else _counted(line)
    false = sum(judged.judgement.is_false for judged in judged_cells)
    if not wide and false >= 2 and effort.may_ask(2 * false):
        return _shifted(line, judged_cells, ask, may)
    return None


def _counted(line: Line) -> RowFinding:
    return RowFinding(line.number, line.label, "ragged", None, _count_text(line))


def _count_text(line: Line) -> str:
    missing = abs(line.ragged)
    cells = "one cell" if missing == 1 else f"{missing} cells"
    return f"the row is {cells} {'short' if line.ragged > 0 else 'too long'}"


class _Fit:
    """The score of each cell of a line at each of its spots."""

    def __init__(self, line: Line, ask: Ask) -> None:
        self._line, self._ask = line, ask
        self._known: dict[tuple[int, int], int] = {}

    def __call__(self, position: int, column: int) -> int:
        key = (position, column)
        if key not in self._known:
            self._known[key] = self._score(position, column)
        return self._known[key]

    def _score(self, position: int, column: int) -> int:
        cell, spot = self._line.cells[position], self._line.spots[column]
        if cell is None or not cell.text.strip():
            return 0
        if cell is self._line.head:
            return 0 if position == column else NOWHERE
        if not spot.headers or spot.headers[0].term == REMARKS:
            return 0 if position == column else -2
        if is_yes_or_no(cell.text):
            return 0  # true of every other model, and so no evidence of a shift
        found = self._ask(cell.text, spot, spot.subject)
        return _WITHHELD if found.cause == "undisclosed" else _FITS[found.verdict]


def _ragged(line: Line, judged_cells: Sequence[JudgedCell], ask: Ask) -> RowFinding:
    fit = _Fit(line, ask)
    cells, spots = len(line.cells), len(line.spots)
    ahead = best_sums(fit, cells, spots)
    standing = sum(fit(i, i) for i in range(cells))
    if ahead[0][0] < standing + _CLEAR:
        if all(fit(i, i) >= 0 for i in range(cells)) and any(fit(i, i) > 0 for i in range(cells)):
            return _counted(line)._replace(
                text=f"{_count_text(line)}; every cell fits where it stands"
            )
        text = f"{_count_text(line)}; where the gap is cannot be decided from the values"
        return _counted(line)._replace(text=text)
    places = best_columns(fit, ahead, cells, spots)
    filled = [i for i in range(cells) if _filled(line, i)]
    moved = [i for i in filled if i not in places[i]]
    certain = all(len(places[i]) == 1 for i in moved)
    moves = {i: next(iter(places[i])) for i in moved if len(places[i]) == 1}
    _blame(line, judged_cells, moves, fit)
    first = line.spots[moved[0]].name.strip()
    text = f"{_count_text(line)}; its cells from {first!r} on fit one or more columns further right"
    if not certain:
        text += "; where exactly cannot be decided"
    return RowFinding(
        line.number, line.label, "ragged", "shifted-row", text,
        missing=_missing(moves) if certain else (),
    )  # fmt: skip


def _missing(moves: dict[int, int]) -> tuple[tuple[int, int], ...]:
    """Before which cells how many are missing, from the column of each cell."""
    found, before = [], 0
    for position in sorted(moves):
        missing = moves[position] - position
        if missing > before:
            found.append((position, missing - before))
        before = missing
    return tuple(found)


def _filled(line: Line, position: int) -> bool:
    cell = line.cells[position]
    return cell is not None and bool(cell.text.strip())


def _shifted(
    line: Line, judged_cells: Sequence[JudgedCell], ask: Ask, may: May
) -> RowFinding | None:
    """A run of cells that all fit better one column to the left or to the right."""
    fit = _Fit(line, ask)
    false = {judged.column for judged in judged_cells if judged.judgement.is_false}
    best: tuple[int, int, list[int]] = (0, 0, [])
    for step in (1, -1):
        if not _several_may_fit(line, may, false, step):
            continue
        run: list[int] = []
        gain = 0
        for i in range(len(line.cells)):
            inside = 0 <= i + step < len(line.spots)
            better = fit(i, i + step) - fit(i, i) if inside and _filled(line, i) else 0
            if better < 0 or not inside:
                run, gain = [], 0
            elif better > 0:
                run, gain = [*run, i], gain + better
                if gain > best[0]:
                    best = (gain, step, run)
    gain, step, run = best
    truly = [i for i in run if fit(i, i + step) > 0 and line.spots[i].column in false]
    if len(truly) < 2:
        return None
    _blame(line, judged_cells, {i: i + step for i in truly}, fit)
    side = "right" if step > 0 else "left"
    first, last = line.spots[truly[0]].name.strip(), line.spots[truly[-1]].name.strip()
    return RowFinding(
        line.number, line.label, "shifted", "shifted-row",
        f"{len(truly)} cells from {first!r} to {last!r} fit one column further {side}",
        _block(line, truly[0], truly[-1], step),
    )  # fmt: skip


def _block(line: Line, first: int, last: int, step: int) -> tuple[tuple[int, int], ...]:
    """The moves of a run of cells by one column; none where another cell is in the way."""
    beyond = last + 1 if step > 0 else first - 1
    free = 0 <= beyond < len(line.cells) and not _filled(line, beyond)
    if not free or line.cells[beyond] is line.head or not line.spots[beyond].headers:
        return ()
    return tuple((i, i + step) for i in range(first, last + 1))


def _several_may_fit(line: Line, may: May, false: Container[int], step: int) -> bool:
    """Whether at least two wrong cells of a row may be true one column further."""
    found = 0
    for i, (cell, spot) in enumerate(zip(line.cells, line.spots, strict=True)):
        if spot.column not in false or cell is None or not 0 <= i + step < len(line.spots):
            continue
        there = line.spots[i + step]
        found += bool(there.headers) and may(cell.text, there, there.subject)
        if found >= 2:
            return True
    return False


def _blame(
    line: Line, judged_cells: Sequence[JudgedCell], moves: dict[int, int], fit: _Fit
) -> None:
    """Give the cells that are wrong in place and fit after a move the cause `shifted-row`."""
    by_cell = {id(judged.cell): judged for judged in judged_cells}
    slipped: set[str] = set()
    for position, column in moves.items():
        judged = by_cell.get(id(line.cells[position]))
        if judged is None or fit(position, column) <= 0:
            continue
        judgement = judged.judgement
        if (
            judgement.is_false
            or judgement.verdict in {"rumour", "unreadable"}
            or (judgement.cause == "undisclosed")
        ):
            where = _title(line.spots[column], line)
            judged.judgement = judgement._replace(
                verdict="misplaced", cause="shifted-row",
                reason=f"fits {where}; the row has slipped; {judgement.reason}",
            )  # fmt: skip
            slipped.add(judged.cell.text.strip())
    for judged in judged_cells:  # the same text in two columns has one explanation
        judgement = judged.judgement
        if judged.cell.text.strip() in slipped and judgement.is_false:
            judged.judgement = judgement._replace(verdict="misplaced", cause="shifted-row")


def _title(spot: Spot, line: Line) -> str:
    names = {other.name for other in line.spots}
    return spot.name.strip() if len(names) > 1 else (spot.headers[0].text if spot.headers else "")
