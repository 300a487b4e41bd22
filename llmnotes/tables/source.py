"""A text with conversion of offsets to lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from llmnotes.errors import InputError
from llmnotes.pattern import late
from llmnotes.tables.model import Place, TableCell
from llmnotes.tables.plain import Allowance, take_marks

_BREAK = late(r"\r\n|\r|\n")

LARGEST_FILE = 32 * 2**20
"""Size limit of a file in bytes: tables written by people are a thousand times smaller."""
MOST_CELLS = 1_000_000
MOST_COLUMNS = 10_000


def blanked(text: str, stretches: list[tuple[int, int]]) -> str:
    """A text with some stretches blanked, keeping line breaks and offsets."""
    parts: list[str] = []
    position = 0
    for start, end in sorted(stretches):
        if end > position:
            parts += [
                text[position:start],
                re.sub(r"[^\r\n]", " ", text[max(start, position) : end]),
            ]
            position = end
    return "".join([*parts, text[position:]])


def line_starts(text: str) -> list[int]:
    """The offsets at which the lines of a text begin, by `\\n`, `\\r\\n` or `\\r`."""
    if "\r" in text:
        return [0, *(match.end() for match in _BREAK.finditer(text))]
    return [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]


class SourceText:
    """A text with its name, its lines, and the number of cells made of it so far."""

    def __init__(self, text: str, name: str = "") -> None:
        self.text = text
        self.name = name
        self._starts = line_starts(text)
        self._cells = 0
        self.markup = Allowance()

    def line(self, offset: int) -> int:
        """The line, counted from 1, of an offset."""
        return bisect_right(self._starts, offset)

    def line_start(self, line: int) -> int:
        """The offset at which a line, counted from 1, begins."""
        return self._starts[line - 1] if line <= len(self._starts) else len(self.text)

    def place(self, start: int, end: int) -> Place:
        """The place of `text[start:end]`."""
        line = bisect_right(self._starts, start)
        return Place(line, start - self._starts[line - 1] + 1, start, end)

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """A stretch without the blanks around it."""
        raw = self.text[start:end]
        bare = raw.strip()
        if not bare:
            # One blank is kept before the text to be written into an empty cell.
            inside = start + 1 if len(raw) > 1 else start
            return inside, inside
        start += len(raw) - len(raw.lstrip())
        return start, start + len(bare)

    def cell(
        self,
        start: int,
        end: int,
        text: str,
        *,
        header: bool = False,
        colspan: int = 1,
        rowspan: int = 1,
        marks: tuple[str, ...] = (),
    ) -> TableCell:
        """A cell of this text without its footnote marks; raises `InputError` over the limit."""
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise self.refusal(start, f"more than {MOST_CELLS:,} cells; split the file")
        text, found = take_marks(text)
        place = self.place(start, end)
        raw = self.text[start:end]
        return TableCell(text, raw, place, header, colspan, rowspan, (*found, *marks))

    def refusal(self, offset: int, reason: str) -> InputError:
        """An error prefixed with the place."""
        where = self.place(offset, offset)
        named = f"{self.name}:" if self.name else "line "
        return InputError(f"{named}{where.line}:{where.column}: {reason}")
