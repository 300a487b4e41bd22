"""How much of one file is read and looked into: a bound against files made to keep the checker busy."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

from llmnotes.pattern import late

T = TypeVar("T")

_PIECE = late(r"\d[\d.,]{0,18}[A-Za-z]?|[A-Za-z]{1,20}|[^\W\d_]|[^\w\s]{4}")
"""A number, a word, or a run of signs: what reading a cell takes time for."""
_PIECES = 8_000
"""Pieces in one file beyond the first of each cell; notes that people wrote have a few hundred."""
_QUESTIONS = 5_000
"""Questions asked of one file; one that people wrote asks a few hundred."""
_SAMPLE = 25


class Effort:
    """What is left of the pieces that may be read, and of the questions that may be asked, in a file.

    A cell of one number or word is always judged, and what turns out true costs nothing. Where the
    pieces are used up, longer cells are passed over; where the questions are, false cells have no
    cause, and rows and columns are not held against their neighbours.
    """

    def __init__(self, pieces: int = _PIECES, questions: int = _QUESTIONS) -> None:
        self._pieces, self._questions = pieces, questions
        self._read: dict[str, int] = {}

    def may_read(self, text: str) -> bool:
        """Whether a cell's text may be read; the same text is counted once."""
        if text not in self._read:
            pieces = max(0, len([*islice(_PIECE.finditer(text), self._pieces + 2)]) - 1)
            if pieces > self._pieces:
                return False
            self._pieces -= pieces
            self._read[text] = pieces
        return True

    def give_back(self, text: str) -> None:
        """Count a text no more that was read and is true."""
        self._pieces += self._read.get(text, 0)
        self._read[text] = 0

    def may_ask(self, questions: int = 1) -> bool:
        """Whether so many more questions may be asked."""
        self._questions -= questions
        return self._questions >= 0


def sample(found: Sequence[T]) -> Sequence[T]:
    """Some of many things, spread evenly; all of a few."""
    return found[:: -(-len(found) // _SAMPLE)] if found else found
