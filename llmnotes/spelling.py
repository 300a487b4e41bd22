"""Approximate string matching: known names that a misspelt word may stand for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_LONGEST = 100
"""Characters of a word that are compared; comparison takes quadratic time."""


def nearest(
    word: str, candidates: Iterable[str], limit: int = 3, *, cutoff: float = 0.5
) -> list[str]:
    """The candidates most similar to `word`, best first, for "did you mean" suggestions.

    Names that contain the word follow those with a similar spelling.
    """
    by_folded: dict[str, str] = {}
    for candidate in candidates:
        by_folded.setdefault(candidate.lower(), candidate)
    close = _close(word.lower(), by_folded, limit, cutoff)
    if len(close) < limit and len(word) > 2:
        close += [key for key in by_folded if word.lower() in key and key not in close]
    return [by_folded[key] for key in close[:limit]]


def likeness(first: str, second: str) -> float:
    """The similarity of two words, ignoring case: the share of matching letters in order, 0 to 1."""
    import difflib

    one, other = first[:_LONGEST].lower(), second[:_LONGEST].lower()
    return difflib.SequenceMatcher(None, one, other).ratio()


def meant(folded: str, candidates: Iterable[str], *, cutoff: float, shortest: int) -> str | None:
    """The folded candidate that a misspelt word stands for; None for words below `shortest` letters.

    `cutoff` is the least similarity, 1 for equal words.
    """
    if len(folded) < shortest or len(folded) > _LONGEST:
        return None
    shorter, longer = cutoff / (2 - cutoff), (2 - cutoff) / cutoff
    lengths = range(int(len(folded) * shorter), int(len(folded) * longer) + 2)
    alike = [
        one for one in candidates if len(one) in lengths and _may_be_close(folded, one, cutoff)
    ]
    return next(iter(_close(folded, alike, 1, cutoff)), None) if alike else None


def _may_be_close(first: str, second: str, cutoff: float) -> bool:
    """Whether two words share enough letters to reach a similarity of `cutoff`: a cheap upper bound."""
    together = len(first) + len(second)
    apart = (1 - cutoff) * together
    return (
        abs(len(first) - len(second)) <= apart
        and (_letters(first) ^ _letters(second)).bit_count() <= apart
    )


@lru_cache(maxsize=8192)
def _letters(word: str) -> int:
    """The letters of a word as a bit set."""
    found = 0
    for letter in set(word):
        found |= 1 << (ord(letter) % 64)
    return found


def _close(word: str, candidates: Iterable[str], limit: int, cutoff: float) -> list[str]:
    import difflib

    return difflib.get_close_matches(word[:_LONGEST], candidates, n=limit, cutoff=cutoff)


def one_edit(first: str, second: str) -> bool:
    """Whether the strings are one edit apart: a digit changed, lost, added or swapped with its neighbour."""
    if first == second or abs(len(first) - len(second)) > 1 or min(len(first), len(second)) < 2:
        return False
    if len(first) == len(second):
        apart = [i for i, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
        if len(apart) == 1:
            return True
        return (
            len(apart) == 2 and apart[1] == apart[0] + 1
            and first[apart[0]] == second[apart[1]] and first[apart[1]] == second[apart[0]]
        )  # fmt: skip
    short, long = sorted((first, second), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def is_slip(first: str, second: str) -> bool:
    """Whether two words differ by one typing error: two letters exchanged, one changed or one lost.

    The first letter must agree; a changed letter counts only in words of at least eight letters, a lost one
    of at least six, as real names differ by one letter (`PReLU`, `Adan`) or a plural s.
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
