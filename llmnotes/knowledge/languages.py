"""Languages by their codes and by their names in other languages: `de`, `Deutsch`, `德语` for German."""

from __future__ import annotations

from functools import cache

from llmnotes.data_files import DATA, load
from llmnotes.vocabulary import fold


@cache
def _names() -> dict[str, str]:
    found = load(DATA / "languages.toml")
    return {
        fold(word): language
        for language, words in found.items()
        if isinstance(words, list)  # the tables tell of signs and of countries
        for word in words
    }


def english_name(text: str) -> str:
    """The name by which the base has a language; a text that is no other name of one stays as it is."""
    return _names().get(fold(text), text)
