"""Estimates the column widths and row heights of a LaTeX table."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from llmnotes.export.answer import AnswerTable, Cell, Row
from llmnotes.export.latex_cells import Marks
from llmnotes.export.typesetting import Typesetting

_ROOM = 345.0
"""Width in points of a line on the narrowest page of the standard classes."""


@dataclass(frozen=True, slots=True)
class _Type:
    """A font size: its command, the mean character width in points, lines of a page of 550 pt."""

    command: str
    character: float
    lines: int


_SIZES = (
    (4, 6.0, _Type("", 5.0, 42)),
    (7, 4.0, _Type(r"\footnotesize", 4.2, 52)),
    (10, 2.5, _Type(r"\scriptsize", 3.7, 62)),
    (10_000, 2.5, _Type(r"\tiny", 2.9, 84)),
)
"""The number of columns up to which a column distance in points and a font size are readable and fit."""

_CITED = {"": 1, "cells": 14, "notes": 1}
"""Characters of one citation in a cell, by the way of citing: `Meta AI [2023a]`."""

_JOINTS = re.compile(r"\s|(?<=[-/_])")
_HYPHENATED, _KEPT = 8, 16
"""Longest piece of a word that TeX hyphenates, and of any other."""


class Grid:
    """The columns and rows of a table."""

    def __init__(self, table: AnswerTable, style: Typesetting, marks: Marks) -> None:
        self._table, self._marks, self._cited = table, marks, _CITED[style.cites]
        count = len(table.columns)
        self.gap, self._type = next((gap, size) for limit, gap, size in _SIZES if count <= limit)
        self._room = (_ROOM - 2 * self.gap * (count - 1)) / self._type.character
        details = table.details or ("",) * count
        self._heads = [" ".join(pair) for pair in zip(table.columns, details, strict=True)]
        texts = [
            [name, *(row.cells[column].text for row in table.rows)]
            for column, name in enumerate(table.columns)
        ]
        self._pieces = [max(map(_longest_piece, column)) + 1.5 for column in texts]
        self._widths = self._shared_out(texts)

    def _shared_out(self, texts: list[list[str]]) -> list[float]:
        """Characters of each column: its longest piece, and a share of the rest by content."""
        wanted = [math.sqrt(sum(map(len, column)) / len(column)) for column in texts]
        rest = max(0.0, self._room - sum(self._pieces))
        widths = [
            piece + rest * want / sum(wanted)
            for piece, want in zip(self._pieces, wanted, strict=True)
        ]
        return [width * self._room / sum(widths) for width in widths]

    @property
    def shares(self) -> list[float]:
        """The share of the line width of each column; together 1."""
        return [width / self._room for width in self._widths]

    @property
    def lines(self) -> int:
        """Lines per page."""
        return self._type.lines

    def type_command(self) -> str:
        """The font size, one step smaller on pages where the longest words require it."""
        gaps = 2 * self.gap * (len(self._widths) - 1)
        needed = sum(self._pieces) * self._type.character + gaps
        if needed <= _ROOM or self._type is _SIZES[-1][2]:
            return self._type.command
        smaller = _SIZES[[size for *_, size in _SIZES].index(self._type) + 1][2].command
        return rf"\ifdim\textwidth<{needed:.0f}pt{smaller}\else{self._type.command}\fi"

    def height(self, rows: list[Row]) -> float:
        """Lines of the rows and of the notes below them."""
        notes = sum(map(len, self._marks.below(rows)))
        head = self._lines_of(Row(tuple(map(Cell, self._heads))))
        return head + sum(map(self._lines_of, rows)) + math.ceil(notes / (self._room * 0.9))

    def _lines_of(self, row: Row) -> float:
        longest = max(
            _lines(cell.text + "0" * (self._cited * len(cell.notes)), width * 0.9)
            for cell, width in zip(row.cells, self._widths, strict=True)
        )
        return longest + (2.5 if row.heading else 0.25)


def _lines(text: str, width: float) -> int:
    """Lines of a text at most `width` characters wide."""
    lines, left = 1, width
    for piece in _JOINTS.split(text):
        if len(piece) > left and left < width:
            lines, left = lines + 1, width
        more = max(0, math.ceil((len(piece) - left) / width))
        lines, left = lines + more, left + more * width - len(piece) - 1
    return lines


def _longest_piece(text: str) -> int:
    """Characters of the longest unbreakable part of a text; words of letters are hyphenated."""
    return max(
        min(len(piece), _HYPHENATED if re.search("[a-z]{6}", piece) else _KEPT)
        for piece in _JOINTS.split(text)
    )
