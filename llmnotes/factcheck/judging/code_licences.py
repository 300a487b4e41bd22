"""Licences written for a model that are nearly its own: that of its code, or one that its own modifies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.factcheck.base_claims import BaseClaims, Known
from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.judging.words import MODIFIED, telling
from llmnotes.pattern import late
from llmnotes.vocabulary import fold

_CODE = late(r"\bcode\b", re.IGNORECASE)
_WORD = late(r"\w[\w.-]*")


def of_code(base: BaseClaims, items: Sequence[Item], stated: Sequence[Known]) -> bool:
    """Whether the note on each model's licence gives every false one to its code."""
    told = [_of_code(claim.note or "") for known in stated for claim in known.claims]
    return bool(told) and all(
        _named(base, str(item.value), part) for item in items for part in told
    )


def unmodified(items: Sequence[Item], stated: Sequence[Known]) -> bool:
    """Whether every false licence is the one that each model's is a modified form of: `MIT License`."""
    told = [telling(str(claim.value)) for known in stated for claim in known.claims[:1]]
    return all(
        MODIFIED in one and telling(str(item.value)) == one - {MODIFIED}
        for item in items
        for one in told
    )


def _of_code(note: str) -> str:
    """The part of a note that speaks of the code: `Of the weights; the code is under MIT.`"""
    return " ".join(part for part in note.split(";") if _CODE.search(part))


def _named(base: BaseClaims, licence: str, text: str) -> bool:
    """Whether a text names a licence, by any of its names."""
    named = base.licences.get(fold(licence))
    words = [word.rstrip(".-") for word in _WORD.findall(text)]
    runs = (" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, i + _WORDS))
    return named is not None and any(base.licences.get(fold(run)) == named for run in runs)


_WORDS = 5
"""Words of a licence's name, at most, and one."""
