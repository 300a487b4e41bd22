"""The cells of the tables of a copy, each with the row and the column that it stands in.

Markdown, HTML and LaTeX tables are read as such. In text converted from a PDF a table is lines that end in
the same number of figures, below a line with as many headings; a line that fits no heading is no table, so
that nothing is concluded from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from llmnotes import tables
from llmnotes.errors import InputError
from llmnotes.evidence.texts import plain
from llmnotes.tables import Table

_FIGURE = re.compile(r"[(~≈<>]?[-+]?\d[\d,]*(?:\.\d+)?%?[)∗*†‡⋄a-d]?|[-/]|n/a|N/A")
"""A cell of a line: a figure with its mark, or what stands for a missing one."""
_NUMBER = re.compile(r"(?<![\d.])\d+(?:,\d{3})*(?:\.\d+)?(?![\d])")
_LETTER = re.compile(r"[^\W\d_]")
_SHOT_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip
_SHOT_NUMBER = re.compile(rf"\d+|{'|'.join(_SHOT_WORDS)}")
_NUMBER_OF_SHOTS = rf"(?:\d+|{'|'.join(_SHOT_WORDS)})"
SHOTS = re.compile(
    rf"((?<![\w.]){_NUMBER_OF_SHOTS}(?:-?\s*(?:,|/|-|and|or|to)\s*{_NUMBER_OF_SHOTS})*)\s*-?\s*shots?\b"
)
"""The numbers of examples in a text in lower case."""
_OF_SHOTS = re.compile(r"\bshots?\b|\bn-shot\b", re.IGNORECASE)
_CAPTION = re.compile(r"[^\w\n]*(?:Table|Figure)\s*[\w.]+\s*[:.|]", re.IGNORECASE)
_HEADS_NO_COLUMN = frozenset(
    {"benchmark", "benchmarks", "metric", "(metric)", "model", "models", "task", "tasks", "dataset",
     "datasets", "category", "name", "evaluation", "domain", "test", "#", "shots", "#shots", "setting"}
)  # fmt: skip
"""Words at the beginning of a line of headings that stand above the names of the rows."""
_PARTS_OF_NAMES = re.compile(
    r"base|instruct|chat|it|pt|thinking|pretrained|\(.*\)|\d+(?:\.\d+)?[bm]", re.IGNORECASE
)
_LINES_ABOVE = 60
_CAPTION_LINES = 4
_MOST_WORDS_OF_A_NAME = 4
_MOST_BEFORE = 4
_LONGEST_SHOTS = 12
_LONGEST_LABEL = 60
_LONGEST_ROW = 400


class HeadedCell(NamedTuple):
    """A cell: its plain text, what its row begins with, the headings above it, and the figures in it.

    `shots` are the numbers of examples that its row, its column or a column of the row states.
    """

    text: str
    label: tuple[str, ...]
    head: tuple[str, ...]
    figures: frozenset[str]
    shots: frozenset[int] = frozenset()


class HeadedTable(NamedTuple):
    """The cells of a table, and its caption with the headings above it."""

    cells: tuple[HeadedCell, ...]
    caption: str


class ReadTables(NamedTuple):
    """The tables of a text, and the lines that are part of none, by the figures in them."""

    tables: tuple[HeadedTable, ...]
    beside: Mapping[str, Sequence[str]]


def figures_in(text: str) -> frozenset[str]:
    """The figures of a plain text as they are printed, without the commas of thousands."""
    return frozenset(found.replace(",", "") for found in _NUMBER.findall(text))


def _by_figure(lines: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        for figure in figures_in(line):
            found.setdefault(figure, []).append(line)
    return found


def shots_in(text: str) -> frozenset[int]:
    """The numbers of examples that a text states: `5-shot`, `zero-shot`, `3 shots`."""
    return frozenset(
        _SHOT_WORDS[found] if found in _SHOT_WORDS else int(found)
        for match in SHOTS.finditer(text.lower())
        for found in _SHOT_NUMBER.findall(match[1])
    )


def marked_up(text: str, name: str) -> ReadTables:
    """The tables of a Markdown, HTML or LaTeX text; none where it exceeds the limits of the reader."""
    try:
        found = [table for table in tables.read(text, name) if table.kind == "table"]
    except InputError:
        found = []
    rest, end = [], 0
    for table in found:
        rest.append(text[end : table.place.start])
        end = max(end, table.place.end)
    rest.append(text[end:])
    return ReadTables(
        tuple(filter(None, map(_grid, found))), _by_figure(plain("\n".join(rest)).split("\n"))
    )


def _grid(table: Table) -> HeadedTable | None:
    rows = [[plain(cell.text).replace("\n", " ").strip() for cell in row] for row in _spread(table)]
    below = next((n for n, row in enumerate(rows) if any(map(_is_figure, row[1:]))), None)
    if not below:  # no line of headings, or no figures
        return None
    headings = [row for row in rows[:below] if len(set(row)) > 1]  # others head a part of the rows
    cells = []
    for row in rows[below:]:
        first = next((n for n, text in enumerate(row) if n and _is_figure(text)), len(row))
        label = tuple(dict.fromkeys(text for text in row[:first] if text))
        stated = _stated_shots(row, headings) | shots_in(" ".join(label))
        for column, text in enumerate(row):
            heads = dict.fromkeys(above[column] for above in headings if column < len(above))
            head = tuple(name for name in heads if name)
            shots = stated | shots_in(" ".join(head))
            cells.append(HeadedCell(text, label, head, figures_in(text), shots))
    return HeadedTable(tuple(cells), plain("\n".join([*table.headings, table.caption])))


def _stated_shots(row: list[str], headings: list[list[str]]) -> frozenset[int]:
    """The numbers in the columns of a row that are headed as those of shots."""
    return frozenset(
        int(number)
        for column, text in enumerate(row)
        if any(column < len(above) and _OF_SHOTS.search(above[column]) for above in headings)
        and len(text) <= _LONGEST_SHOTS
        for number in re.findall(r"(?<![\w.])\d+(?![\w.%])", text)
    )


def _spread(table: Table) -> Iterator[list[tables.TableCell]]:
    """The rows, with a cell that spans several columns or rows in each of them."""
    hanging: dict[int, tuple[int, tables.TableCell]] = {}
    for row in table.rows:
        made: list[tables.TableCell] = []
        kept: dict[int, tuple[int, tables.TableCell]] = {}
        waiting = iter(row)
        while True:
            if len(made) in hanging:
                left, cell = hanging.pop(len(made))
                if left > 1:
                    kept[len(made)] = (left - 1, cell)
                made.append(cell)
                continue
            following = next(waiting, None)
            if following is None:
                break
            cell = following
            for _ in range(cell.colspan):
                if cell.rowspan > 1:
                    kept[len(made)] = (cell.rowspan - 1, cell)
                made.append(cell)
        hanging |= kept
        yield made


def _is_figure(text: str) -> bool:
    return any(sign.isdigit() for sign in text) and bool(
        re.fullmatch(r"[^\w\s]?[\d.,]+\s*%?[^\w\s]*(?:\s*[(±/][^a-zA-Z]*)?", text)
    )


def lined(text: str, is_name: Callable[[str], bool]) -> ReadTables:
    """The tables of a plain text in lines; `is_name` tells whether a heading names a model."""
    return _TableLines(text.split("\n"), is_name).read()


class _TableLines:
    """The lines of a text while its tables are read."""

    def __init__(self, lines: list[str], is_name: Callable[[str], bool]) -> None:
        self._lines = lines
        self._is_name = cache(is_name)
        self._rows = [_row(line) for line in lines]
        self._captions = [bool(_CAPTION.match(line)) for line in lines]
        self._found: dict[tuple[int, int], list[str] | None] = {}

    def read(self) -> ReadTables:
        """The tables, divided by the captions, and what stands beside them."""
        found: list[HeadedTable] = []
        beside: list[str] = []
        cells: list[HeadedCell] = []
        before = ""
        for number, line in enumerate(self._lines):
            if self._captions[number]:
                caption = "\n".join(self._lines[number : number + _CAPTION_LINES])
                if cells:
                    found.append(HeadedTable(tuple(cells), f"{before}\n{caption}"))
                cells, before = [], caption
            label, figures = self._rows[number]
            above = self._heads(number, len(figures)) if figures else None
            if above is None and not (figures and self._is_name(label)):
                beside.append(line)
                continue
            for at, figure in enumerate(figures):
                head = above[at] if above else ()
                shots = shots_in(label)
                cells.append(HeadedCell(figure, (label,), head, figures_in(figure), shots))
        if cells:
            found.append(HeadedTable(tuple(cells), before))
        return ReadTables(tuple(found), _by_figure(beside))

    def _heads(self, row: int, width: int) -> list[tuple[str, ...]] | None:
        """The headings above a row: the nearest line with as many that names models."""
        for number in range(row - 1, max(row - _LINES_ABOVE, -1), -1):
            if found := self._headings(number, width):
                below = self._lines[number + 1].split() if number + 1 < row else []
                if len(below) == width and all(map(_PARTS_OF_NAMES.fullmatch, below)):
                    return list(zip(found, below, strict=True))
                return [(name,) for name in found]
            if self._captions[number]:
                return None
        return None

    def _headings(self, number: int, width: int) -> list[str] | None:
        key = (number, width)
        if key not in self._found:
            self._found[key] = self._read_headings(number, width)
        return self._found[key]

    def _read_headings(self, number: int, width: int) -> list[str] | None:
        words = self._lines[number].split()
        if not width <= len(words) <= width * _MOST_WORDS_OF_A_NAME + _MOST_BEFORE:
            return None
        if self._rows[number][1]:
            return None
        for size in range(1, _MOST_WORDS_OF_A_NAME + 1):
            before = len(words) - size * width
            if before < 0:
                break
            if not all(word.lower() in _HEADS_NO_COLUMN for word in words[:before]):
                continue
            found = [" ".join(words[at : at + size]) for at in range(before, len(words), size)]
            named = sum(map(self._is_name, found))
            if named == len(found) or (size == 1 and named * 2 > len(found) and named > 1):
                return found
        return None


def _row(line: str) -> tuple[str, list[str]]:
    """The name of a row and its figures; no figures where the line is no row."""
    words = line.split() if len(line) < _LONGEST_ROW else []
    first = len(words)
    while first and _FIGURE.fullmatch(words[first - 1]):
        first -= 1
    label, figures = " ".join(words[:first]), words[first:]
    digits = sum(any(sign.isdigit() for sign in word) for word in figures)
    if digits < 2 or len(label) > _LONGEST_LABEL or not _LETTER.search(label):
        return label, []
    return label, figures
