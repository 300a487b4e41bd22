"""The plain text of a cell, and its footnote marks."""

from __future__ import annotations

import re

from llmnotes.pattern import late

_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
"""What the name of a month begins with: `(October 2024)` is a day, no citation."""
_MARK = late(
    rf"""\s{{0,9}}(?:
        (?P<note>\[\^?[0-9a-z]{{1,3}}\]|\[\d{{1,3}}(?:,\ ?\d{{1,3}})+\]|\[\^[^\]\s]{{1,20}}\])
      | (?P<sign>[*†‡§¶]{{1,3}})
      | (?P<raised>(?<![⁻⁺{_SUPERSCRIPT}])[{_SUPERSCRIPT}ᵃᵇᶜᵈᵉᶠ]{{1,2}})
      | (?P<cited>[\[(]\s*(?:[A-Z][^\[\]()]{{0,60}}?\s+et\ al\.?[^\[\]()]{{0,40}}
          | (?!(?:{_MONTHS})\w*\.?,?\s)[A-Z][\w'-]+(?:\s(?:and|&)\s[A-Z][\w'-]+)?,?
            \s(?:19|20)\d\d[a-z]?)[\])])
    )$""",
    re.VERBOSE,
)
_POWER = late(r"(?:(?:^|[^\d.,])(?:10|2)|relu)\s*$", re.IGNORECASE)
"""Matches before a superscript digit: the base of a power, or the one activation function that is squared."""
_BASE = late(r"(?:(?P<factor>[×x*·]\s*)|^|[^\d.,])(?:10|2)(?P<blank>\s*)$")
_MAY_END_IN_MARK = frozenset("])*†‡§¶ᵃᵇᶜᵈᵉᶠ" + _SUPERSCRIPT)


def take_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without the footnote marks and citations at its end, and those marks in order.

    A cell that consists of a mark keeps it: `*` and `[3]` may be its whole content.
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
    """A text with every run of blanks as one; explicit line breaks stay."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def superscript(before: str, raised: str) -> str:
    """Superscript characters in a line of text: an exponent of 10 or 2, else each mark in brackets.

    Behind a blank a number without a sign is an exponent only where the power is a factor: `2 <sup>8</sup>`
    is two with a footnote, `3 × 10 <sup>8</sup>` is not.
    """
    base = _BASE.search(before)
    signed = re.fullmatch(r"(?P<sign>[-−–+]?)\s*\d+", raised)
    if base and signed and (base["factor"] or not base["blank"] or signed["sign"]):
        return "^" + raised
    marks = re.split(r"\s{0,9}[,;–-]\s{0,9}", raised.rstrip(","))
    if all(re.fullmatch(r"[0-9a-z]{1,3}", mark) for mark in marks):
        return "".join(f"[{mark}]" for mark in marks)
    return raised


class Allowance:
    """The number of marks of one file that may still be parsed by the full Markdown parser.

    Its time is linear in their number, and quadratic in brackets; tables written by people have few.
    """

    def __init__(self, marks: int = 60_000) -> None:
        self.left = marks

    def covers(self, marks: int) -> bool:
        """Whether so many more marks may be parsed; they are subtracted."""
        if marks > min(self.left, MOST_MARKS):
            return False
        self.left -= marks
        return True


MOST_MARKS = 200
"""Number of marks beyond which a cell is read by simpler rules."""
