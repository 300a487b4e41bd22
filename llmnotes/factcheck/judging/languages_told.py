"""Compares the languages of a cell with the base's: by name, by number, or as several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.factcheck.base_claims import BaseClaims, Known
from llmnotes.factcheck.cells.languages import spoken_in
from llmnotes.factcheck.cells.reading import Item
from llmnotes.pattern import late

_NUMBER = late(
    r"\W*(?P<count>\d{1,4})\s*(?P<more>\+)?\s*(?:languages|langs|种(?:语言)?|言語|언어|языков)?\W*",
    re.I,
)
_MULTILINGUAL = late(
    r"multi-?lingual|multi|(?:many|multiple|several|various)\slanguages"
    r"|多语言?|多言語|다국어|multilingüe|multilíngue|multilingue",
    re.I,
)


def unsaid(base: BaseClaims, items: Sequence[Item], stated: Sequence[Known]) -> str:
    """Why languages that no source names are not held to be false: those that every publisher's data has.

    These are English and the language of the publisher's country; Chinese is false of OPT.
    """
    publishers = {
        one
        for known in stated
        for claim in base.known(known.model, "organization").claims
        for one in claim.value
    }
    seats = {base.countries.get(one) or "" for one in publishers}
    own = {"English", *(spoken_in()[seat] for seat in seats if seat in spoken_in())}
    if not all(item.value in own for item in items):
        return ""
    return "the base need not know that the data holds English or the publisher's own language"


def told_otherwise(item: Item, languages: Sequence[str]) -> str | None:
    """How a cell agrees that names no language: `140+`, `multilingual`."""
    if (count := _NUMBER.fullmatch(item.text)) is not None:
        return _counted(int(count["count"]), bool(count["more"]), languages)
    several = len(languages) > 1 or any(char.isdigit() for char in str(languages))
    if several and _MULTILINGUAL.fullmatch(item.text.strip()):
        return "several languages"
    return None


def _counted(count: int, more: bool, languages: Sequence[str]) -> str | None:
    """How a number of languages agrees with a list of them, or with a number that stands in it."""
    told = [int(number) for one in languages for number in re.findall(r"\d{1,4}", one)]
    if count in told or count == len(languages) or (more and 1 < count <= len(languages)):
        return "by their number"
    return None
