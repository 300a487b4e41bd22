"""The words of a cell without its markup, and the footnote marks that hang on them."""

from __future__ import annotations

import re

from llmnotes.pattern import late

_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MARK = late(
    rf"""\s{{0,9}}(?:
        (?P<note>\[\^?[0-9a-z]{{1,3}}\]|\[\^[^\]\s]{{1,20}}\])
      | (?P<sign>[*†‡§¶]{{1,3}})
      | (?P<raised>(?<![⁻⁺{_SUPERSCRIPT}])[{_SUPERSCRIPT}ᵃᵇᶜᵈᵉᶠ]{{1,2}})
      | (?P<cited>[\[(]\s*(?:[A-Z][^\[\]()]{{0,60}}?\s+et\ al\.?[^\[\]()]{{0,40}}
          | [A-Z][\w'-]+(?:\s(?:and|&)\s[A-Z][\w'-]+)?,?\s(?:19|20)\d\d[a-z]?)[\])])
    )$""",
    re.VERBOSE,
)
_POWER = late(r"(?:(?:^|[^\d.,])(?:10|2)|relu)\s*$", re.IGNORECASE)
"""Before a raised digit: the base of a power, or the one activation function that is squared."""
_MAY_END_IN_MARK = frozenset("])*†‡§¶ᵃᵇᶜᵈᵉᶠ" + _SUPERSCRIPT)


def take_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without the footnote marks and citations at its end, and those marks in order.

    A cell that holds nothing but a mark keeps it: `*` and `[3]` may be all that somebody wrote.
    """
    text = text.strip()
    marks: list[str] = []
    while text and text[-1] in _MAY_END_IN_MARK:
        match = _MARK.search(text[-120:])
        if match is None:
            break
        rest = text[: len(text) - len(match[0])]
        if not rest or (match["raised"] and _POWER.search(rest)):
            break
        marks.insert(0, match[0].strip())
        text = rest
    return text, tuple(marks)


def squeeze(text: str) -> str:
    """A text with every run of blanks as one; line breaks that were asked for stay."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def superscript(before: str, raised: str) -> str:
    """Raised characters in a line of text: an exponent after 10 or 2, else a mark in brackets."""
    if re.search(r"(?:^|[^\d.,])(?:10|2)\s*$", before) and re.fullmatch(r"[-−–+]?\s*\d+", raised):
        return "^" + raised
    return f"[{raised}]" if re.fullmatch(r"[0-9a-z]{1,3}", raised) else raised


class Allowance:
    """How many marks of one file may still be given to a whole Markdown parser.

    Its time grows with their number, in brackets with its square; people who write tables need few.
    """

    def __init__(self, marks: int = 60_000) -> None:
        self.left = marks

    def covers(self, marks: int) -> bool:
        """Whether so many more may be parsed; they are taken off."""
        if marks > min(self.left, MOST_MARKS):
            return False
        self.left -= marks
        return True


MOST_MARKS = 200
"""Marks of one cell beyond which it is read by the plainest of rules."""
