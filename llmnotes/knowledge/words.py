"""Texts by the words they contain: `wikipedia` is in "English Wikipedia", `apache` in "Apache-2.0"."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from llmnotes.pattern import late

_WORD = late(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words and numbers of a text, in lower case, without punctuation."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def contains(text: str, phrase: str) -> bool:
    """Whether every word of `phrase` is a word of `text`, however it is parted into words.

    `common crawl` is in "CommonCrawl (filtered)" and the reverse; `mit` is not in "limited".
    """
    asked = _asked(phrase)
    if not asked:
        return False
    joined, starts, ends = _joined(text)
    return _stands(asked, joined, starts, ends) or all(
        _stands((word,), joined, starts, ends) for word in asked
    )


@lru_cache(maxsize=64)
def _asked(phrase: str) -> tuple[str, ...]:
    return tuple(words(phrase))


@lru_cache(maxsize=4096)
def _joined(text: str) -> tuple[str, frozenset[int], frozenset[int]]:
    """The words written together, with where each begins and ends."""
    found = words(text)
    starts, ends, at = set(), set(), 0
    for word in found:
        starts.add(at)
        at += len(word)
        ends.add(at)
    return "".join(found), frozenset(starts), frozenset(ends)


def _stands(
    asked: tuple[str, ...], joined: str, starts: frozenset[int], ends: frozenset[int]
) -> bool:
    """Whether these words, written together, stand in a text from a word's begin to a word's end."""
    wanted = "".join(asked)
    at = joined.find(wanted)
    while at >= 0:
        if at in starts and at + len(wanted) in ends:
            return True
        at = joined.find(wanted, at + 1)
    return False
