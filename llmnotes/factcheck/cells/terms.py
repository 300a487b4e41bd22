"""Finds terms of a vocabulary in free text, including misspelt ones."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice
from typing import Any, NamedTuple

from llmnotes.data_files import DATA, load
from llmnotes.pattern import late
from llmnotes.schema import ATTRIBUTES
from llmnotes.spelling import is_slip
from llmnotes.vocabulary import VOCABULARIES, fold, spellings

_WORD = late(r"[A-Za-z0-9]+|[^\W\d_A-Za-z]")
_MOST_WORDS = 400


class PlacedTerm(NamedTuple):
    """A term with its offsets; `spelled` is its misspelling, if any."""

    term: str
    start: int
    end: int
    spelled: str = ""


@cache
def _data() -> dict[str, Any]:
    path = DATA / "spellings.toml"
    return load(path)


def broken_words() -> dict[str, str]:
    """Words of the field that are often misspelt, with their corrections."""
    words: dict[str, str] = _data()["broken"]["words"]
    return words


@cache
def too_loose() -> frozenset[str]:
    """Folded spellings that name a term only under the term's own header."""
    return frozenset(_data()["too_loose"]["words"])


@cache
def spellings_of(attribute: str) -> dict[str, str]:
    """Every folded spelling of an attribute's terms, ambiguous ones included."""
    vocabulary = ATTRIBUTES[attribute].vocabulary
    if vocabulary is None:
        return {}
    found = {
        fold(word): term
        for group in _data()["loose"] if group["vocabulary"] == vocabulary
        for term, words in group["terms"].items()
        for word in words
    }  # fmt: skip
    found.update(spellings(vocabulary))
    for spelling, term in list(found.items()):  # some are listed by their misspelling alone
        for word, right in broken_words().items():
            if word in spelling:
                found.setdefault(spelling.replace(word, right), term)
    return found


@cache
def _beginnings(attribute: str) -> frozenset[str]:
    """Every prefix of a spelling: other words cannot begin a longer one."""
    return frozenset(
        spelling[:end]
        for spelling in spellings_of(attribute)
        for end in range(1, len(spelling) + 1)
    )


@cache
def _every_spelling() -> frozenset[str]:
    return frozenset(folded for name in VOCABULARIES for folded in spellings(name))


def find_terms(attribute: str, text: str) -> list[PlacedTerm]:
    """The terms of an attribute's vocabulary in a text; the longest match counts."""
    if not spellings_of(attribute):
        return []
    words = list(islice(_WORD.finditer(text), _MOST_WORDS))
    lowered = [word[0].lower() for word in words]
    found, position = list[PlacedTerm](), 0
    while position < len(words):
        term, count = _longest(attribute, text, words, lowered, position)
        if term is not None and term.term:
            found.append(term)
        position += count
    return _once(found)


def _longest(
    attribute: str, text: str, words: list[re.Match[str]], lowered: list[str], position: int
) -> tuple[PlacedTerm | None, int]:
    """The term spelled by the most words from `position` on, and their number; 1 where there is none.

    The term is empty where no words match, in which case nothing may be found inside them.
    """
    known, beginnings = spellings_of(attribute), _beginnings(attribute)
    best, most = None, 1
    folded = mended = ""
    start = words[position].start()
    for count, (word, lower) in enumerate(
        zip(words[position:], lowered[position:], strict=True), 1
    ):
        folded += lower
        mended += broken_words().get(lower, lower)
        end = word.end()
        near = count <= _MOST_BROKEN and folded.isalpha() and folded.isascii()
        term = known.get(mended, known.get(folded))
        if term is not None:
            best, most = (
                PlacedTerm(term, start, end, text[start:end] if mended != folded else ""),
                count,
            )
        elif near and (close := _nearest(folded, attribute)):
            best, most = PlacedTerm(known[close], start, end, text[start:end]), count
        if not near and folded not in beginnings and mended not in beginnings:
            break
    return best, most


_MOST_BROKEN = 4
"""Maximum number of words in a misspelling."""


@lru_cache(maxsize=20_000)
def _nearest(folded: str, attribute: str) -> str | None:
    """The only spelling that a misspelt word is similar to.

    Short words match only with two letters exchanged (`GLEU`), since real names differ by one letter
    (`PReLU`, `Adan`). A spelling of any other vocabulary is not a misspelling.
    """
    if len(folded) < 4 or folded in _every_spelling() or any(char.isdigit() for char in folded):
        return None
    known = spellings_of(attribute)
    close = {
        known[word]: word
        for word in known
        if len(word) >= 4 and word.isascii() and is_slip(folded, word)
    }
    return next(iter(close.values())) if len(close) == 1 else None


def _once(terms: list[PlacedTerm]) -> list[PlacedTerm]:
    seen: dict[str, PlacedTerm] = {}
    for term in terms:
        if term.term not in seen or (seen[term.term].spelled and not term.spelled):
            seen[term.term] = term
    return sorted(seen.values(), key=lambda term: term.start)
