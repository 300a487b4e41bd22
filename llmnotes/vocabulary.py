"""Lookup of terms in the controlled vocabularies, and the key by which names are compared.

Matching ignores case, spaces and punctuation, so `byte level bpe` finds `byte-level BPE`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from llmnotes.errors import unknown
from llmnotes.pattern import late
from llmnotes.terms import INCLUDED, VOCABULARIES

__all__ = ["INCLUDED", "VOCABULARIES", "canonical", "fold", "included", "spellings"]


def fold(text: str) -> str:
    """The key by which names are compared: the letters and digits of `text` in lower case.

    Adjacent numbers are kept apart: a point between two digits stays, so that `1.3B` differs from `13B`, and
    any other sign between two digits becomes `-`, so that `llama-2-7b` differs from `llama-27b`. A plus
    at the end of a word becomes `plus`: `HumanEval+` equals `HumanEval Plus`. Full-width, superscript and
    subscript characters are replaced by plain ones (NFKC), and the multiplication sign by x.
    """
    if text.isalnum() and text.isascii():
        return text.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("×", "x")
    return _SIGNS.sub(_joint, text.lower())


_SIGNS = late(r"(?P<number>(?<=\d)[\W_]+(?=\d))|(?P<plus>(?<=\w)\++(?!\w))|[\W_]+")


def _joint(signs: re.Match[str]) -> str:
    if signs["number"] is None:
        return "plus" * len(signs["plus"] or "")
    return "." if signs["number"] == "." else "-"


def spellings(vocabulary: str) -> dict[str, str]:
    """The term of each folded spelling of a vocabulary."""
    return dict(_spellings(vocabulary))


@cache
def _spellings(vocabulary: str) -> dict[str, str]:
    found = {
        fold(synonym): term
        for term, synonyms in VOCABULARIES[vocabulary].items()
        for synonym in synonyms
    }
    found.update({fold(term): term for term in VOCABULARIES[vocabulary]})
    return found


def included(vocabulary: str, term: str) -> tuple[str, ...]:
    """The special terms that a general one includes; none for most terms."""
    return INCLUDED.get(vocabulary, {}).get(term, ())


def canonical(vocabulary: str, text: str, place: str = "") -> str:
    """The term that `text` spells in `vocabulary`.

    Raises `InputError` with the nearest terms when there is none.
    """
    term = _spellings(vocabulary).get(fold(text))
    if term is None:
        what = vocabulary.replace("_", " ")
        raise unknown(f"{what} value", text, VOCABULARIES[vocabulary], place)
    return term
