"""Near misses: which known names a word that is none of them may be meant for."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 100
"""Characters of a word that are compared; comparing takes time that grows with their square."""


def nearest(
    word: str, candidates: Iterable[str], limit: int = 3, *, cutoff: float = 0.5
) -> list[str]:
    """The candidates most like `word`, best first, for "did you mean" sentences.

    Names that contain the word follow those spelt nearly like it.
    """
    by_folded: dict[str, str] = {}
    for candidate in candidates:
        by_folded.setdefault(candidate.lower(), candidate)
    close = _close(word.lower(), by_folded, limit, cutoff)
    if len(close) < limit and len(word) > 2:
        close += [key for key in by_folded if word.lower() in key and key not in close]
    return [by_folded[key] for key in close[:limit]]


def meant(folded: str, candidates: Iterable[str], *, cutoff: float, shortest: int) -> str | None:
    """The one folded candidate that a word is taken for; a word below `shortest` letters for none.

    `cutoff` is the share of letters in common, 1 for equal words.
    """
    if len(folded) < shortest:
        return None
    return next(iter(_close(folded, candidates, 1, cutoff)), None)


def _close(word: str, candidates: Iterable[str], limit: int, cutoff: float) -> list[str]:
    import difflib

    return difflib.get_close_matches(word[:_LONGEST], candidates, n=limit, cutoff=cutoff)


def is_slip(first: str, second: str) -> bool:
    """Whether two words differ as by one slip of a pen: two letters exchanged, one changed or lost.

    The first letter is never the slip; one changed letter counts only in words of eight letters, one
    lost only of six, as real names differ by one letter (`PReLU`, `Adan`) or a plural s.
    """
    if first == second or abs(len(first) - len(second)) > 1 or first[:1] != second[:1]:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    a, b = first[start:], second[start:]
    if len(a) == len(b):
        exchanged = len(a) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
        return exchanged or (len(first) >= 8 and a[1:] == b[1:])
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    plural = shorter == "" and longer == "s"
    return min(len(first), len(second)) >= 6 and longer[1:] == shorter and not plural
