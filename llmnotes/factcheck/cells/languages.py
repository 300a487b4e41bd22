"""Parses languages in a cell: `EN/ZH`, `中英`, `English and Chinese`."""

from __future__ import annotations

import re
from functools import cache

from llmnotes.data_files import DATA, load
from llmnotes.factcheck.cells.reading import Item
from llmnotes.pattern import late
from llmnotes.vocabulary import fold

_APART = late(
    r"(?:(?<!\s)\s+)?(?:[,;/、，；&+|\n()]|\b(?:and|und|et|y|e|и|or)\b|[和与及])\s*", re.IGNORECASE
)
_REMARK = late(
    r"\b(?:bilingual|only|mainly|primarily|mostly|languages?|though|multiple|many|several|others?|etc)\b\.?|双语|等$|[-–](?=[A-Za-z]{2}\b)",
    re.IGNORECASE,
)
"""Words beside the names that name no language, and the hyphen of `EN-ZH`."""


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """The English name of a language by its folded other names, and by its sign."""
    found = load(DATA / "languages.toml")
    signs: dict[str, str] = found["signs"]
    names = {
        fold(word): language
        for language, words in found.items()
        if language not in {"signs", "spoken"}
        for word in (language, *words)
    }
    return names, signs


def read_languages(text: str) -> tuple[Item, ...]:
    """The languages of a cell; empty where any word of it is no language that tables name otherwise."""
    names, signs = _names()
    items: list[Item] = []
    for part in _APART.split(_REMARK.sub(" , ", text)):
        word = part.strip(" .:*-–")
        if not word:
            continue
        if (named := names.get(fold(word))) is not None:
            items.append(Item(named, word))
        elif all(sign in signs for sign in word):
            items += [Item(signs[sign], sign) for sign in word]
        else:
            return ()
    return tuple({item.value: item for item in items}.values())


@cache
def spoken_in() -> dict[str, str]:
    """The language of the publishers of a country, by its ISO 3166 code."""
    return dict(load(DATA / "languages.toml")["spoken"])
