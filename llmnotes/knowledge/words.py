"""Matches texts by words: `wikipedia` is in "English Wikipedia", `apache` in "Apache-2.0"."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from llmnotes.pattern import late

_WORD = late(r"[^\W_]+(?:\++(?!\w))?")


def words(text: str) -> list[str]:
    """Tokenization into words and numbers, in lower case, without punctuation but a final plus."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def contains(text: str, phrase: str) -> bool:
    """Whether every word of `phrase` is a word of `text`, whatever the word boundaries within.

    `common crawl` is in "CommonCrawl (filtered)" and the reverse; `mit` is not in "limited".
    """
    asked = _asked(phrase)
    if not asked:
        return False
    whole, starts, ends = joined(text)
    return _stands(asked, whole, starts, ends) or all(
        _stands((word,), whole, starts, ends) for word in asked
    )


@lru_cache(maxsize=64)
def _asked(phrase: str) -> tuple[str, ...]:
    return tuple(words(phrase))


@lru_cache(maxsize=4096)
def joined(text: str) -> tuple[str, frozenset[int], frozenset[int]]:
    """The words of a text concatenated, with the offsets where words begin and end."""
    found = words(text)
    starts, ends, at = set(), set(), 0
    for word in found:
        starts.add(at)
        at += len(word)
        ends.add(at)
    return "".join(found), frozenset(starts), frozenset(ends)


def _stands(
    asked: tuple[str, ...], whole: str, starts: frozenset[int], ends: frozenset[int]
) -> bool:
    """Whether these words, concatenated, occur in a text between two word boundaries."""
    wanted = "".join(asked)
    at = whole.find(wanted)
    while at >= 0:
        if at in starts and at + len(wanted) in ends:
            return True
        at = whole.find(wanted, at + 1)
    return False
