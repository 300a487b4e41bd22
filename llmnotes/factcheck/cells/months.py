"""Names of months in the languages of the headers."""

from __future__ import annotations

from functools import cache

MONTHS: dict[str, tuple[str, ...]] = {
    "english": ("January", "February", "March", "April", "May", "June", "July", "August", "September",
                "October", "November", "December"),
    "spanish": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
                "octubre", "noviembre", "diciembre"),
    "portuguese": ("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto",
                   "setembro", "outubro", "novembro", "dezembro"),
    "french": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
               "octobre", "novembre", "décembre"),
    "german": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
               "Oktober", "November", "Dezember"),
    "russian": ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь",
                "октябрь", "ноябрь", "декабрь"),
    "russian dates": ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
                      "сентября", "октября", "ноября", "декабря"),
}  # fmt: skip
"""The twelve names by language, as written in dates."""

_PLAIN = str.maketrans("áàâäãéèêëíîïóôõöúùûüç", "aaaaaeeeeiiioooouuuuc")
_ALSO = {"setiembre": 9, "maerz": 3}
_SHORT = frozenset(MONTHS) - {"spanish", "portuguese"}
"""Languages with three-letter abbreviations: `out` and `set` are also English words."""


@cache
def month(name: str) -> int | None:
    """The number of a month by its name or a unique prefix of it; else None.

    Accents are ignored.
    """
    return _beginnings().get(name.lower().translate(_PLAIN))


@cache
def _beginnings() -> dict[str, int]:
    found: dict[str, set[int]] = {word: {number} for word, number in _ALSO.items()}
    for language, names in MONTHS.items():
        for number, name in enumerate(names, start=1):
            word = name.lower().translate(_PLAIN)
            for end in range(3 if language in _SHORT else 4, len(word) + 1):
                found.setdefault(word[:end], set()).add(number)
    whole = {word: numbers for word, numbers in found.items() if len(numbers) == 1}
    return {word: next(iter(numbers)) for word, numbers in whole.items()}
