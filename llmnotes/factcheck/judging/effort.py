"""Limits on the work per file, against files made to exhaust the checker."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

from llmnotes.pattern import late

T = TypeVar("T")

_PIECE = late(r"\d[\d.,]{0,18}[A-Za-z]?|[A-Za-z]{1,20}|[^\W\d_]|[^\w\s]{4}")
"""A number, a word, or a run of signs: the unit of parsing work."""
_PIECES = 8_000
"""Limit on pieces per file beyond the first of each cell; real notes have a few hundred."""
_QUESTIONS = 5_000
"""Limit on queries per file; real notes need a few hundred."""
_SAMPLE = 25


class Effort:
    """The remaining pieces and queries of a file.

    A cell of one number or word is always judged, and true cells cost nothing. Without remaining pieces,
    longer cells are skipped; without remaining queries, wrong cells get no cause, and rows and columns are
    not compared with their neighbours.
    """

    def __init__(self, pieces: int = _PIECES, questions: int = _QUESTIONS) -> None:
        self._pieces, self._questions = pieces, questions
        self._read: dict[str, int] = {}

    def may_read(self, text: str) -> bool:
        """Whether a cell's text may be parsed; the same text is counted once."""
        if text not in self._read:
            pieces = max(0, len([*islice(_PIECE.finditer(text), self._pieces + 2)]) - 1)
            if pieces > self._pieces:
                return False
            self._pieces -= pieces
            self._read[text] = pieces
        return True

    def give_back(self, text: str) -> None:
        """Refund a text that was parsed and is true."""
        self._pieces += self._read.get(text, 0)
        self._read[text] = 0

    def may_ask(self, questions: int = 1) -> bool:
        """Whether this many more queries may be made."""
        self._questions -= questions
        return self._questions >= 0


def sample(found: Sequence[T]) -> Sequence[T]:
    """An evenly spaced sample of a long sequence; a short one as a whole."""
    return found[:: -(-len(found) // _SAMPLE)] if found else found
