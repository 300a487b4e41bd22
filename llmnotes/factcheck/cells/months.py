"""Names of months in the languages of the headers."""

from __future__ import annotations

import unicodedata
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
    "italian": ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
                "settembre", "ottobre", "novembre", "dicembre"),
    "polish": ("styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień",
               "wrzesień", "październik", "listopad", "grudzień"),
    "polish dates": ("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia",
                     "września", "października", "listopada", "grudnia"),
    "turkish": ("Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül",
                "Ekim", "Kasım", "Aralık"),
    "indonesian": ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus",
                   "September", "Oktober", "November", "Desember"),
    "dutch": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
              "oktober", "november", "december"),
    "arabic": ("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر",
               "نوفمبر", "ديسمبر"),
    "czech": ("leden", "únor", "březen", "duben", "květen", "červen", "červenec", "srpen", "září",
              "říjen", "listopad", "prosinec"),
    "czech dates": ("ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září",
                    "října", "listopadu", "prosince"),
    "ukrainian": ("січень", "лютий", "березень", "квітень", "травень", "червень", "липень", "серпень",
                  "вересень", "жовтень", "листопад", "грудень"),
    "ukrainian dates": ("січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня",
                        "вересня", "жовтня", "листопада", "грудня"),
    "persian": ("ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر",
                "نوامبر", "دسامبر"),
    "greek": ("Ιανουάριος", "Φεβρουάριος", "Μάρτιος", "Απρίλιος", "Μάιος", "Ιούνιος", "Ιούλιος",
              "Αύγουστος", "Σεπτέμβριος", "Οκτώβριος", "Νοέμβριος", "Δεκέμβριος"),
    "greek dates": ("Ιανουαρίου", "Φεβρουαρίου", "Μαρτίου", "Απριλίου", "Μαΐου", "Ιουνίου", "Ιουλίου",
                    "Αυγούστου", "Σεπτεμβρίου", "Οκτωβρίου", "Νοεμβρίου", "Δεκεμβρίου"),
    "hungarian": ("január", "február", "március", "április", "május", "június", "július", "augusztus",
                  "szeptember", "október", "november", "december"),
    "romanian": ("ianuarie", "februarie", "martie", "aprilie", "mai", "iunie", "iulie", "august",
                 "septembrie", "octombrie", "noiembrie", "decembrie"),
    "swedish": ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
                "oktober", "november", "december"),
}  # fmt: skip
"""The twelve names by language, as written in dates; the earlier languages come first in a clash."""

_ALSO = {
    "setiembre": 9, "maerz": 3, "mrt": 3, "giu": 6, "lug": 7, "ott": 10, "ags": 8, "إبريل": 4,
    "ابريل": 4, "اغسطس": 8, "اكتوبر": 10, "جولای": 7, "می": 5, "čvn": 6, "čvc": 7,
}  # fmt: skip
"""Other names and short forms, each of one language."""
_SHORT = frozenset(
    ["english", "french", "german", "russian", "russian dates", "turkish", "indonesian", "dutch",
     "ukrainian", "swedish"]
)  # fmt: skip
"""Languages with three-letter abbreviations: `out` and `set` are also English words, `led` and `gen` too."""


@cache
def month(name: str) -> int | None:
    """The number of a month by its name or a unique prefix of it; else None.

    Accents are ignored.
    """
    return _beginnings().get(_plain(name))


def _plain(name: str) -> str:
    if name.isascii():
        return name.lower()
    letters = unicodedata.normalize("NFD", name.lower().replace("ı", "i"))
    return "".join(char for char in letters if not unicodedata.combining(char))


@cache
def _beginnings() -> dict[str, int]:
    """The months by their names, and by what begins the names of one month only.

    A whole name is that month even where a longer name of another begins so: Czech `červen` and `červenec`.
    """
    found: dict[str, set[int]] = {}
    whole: dict[str, int] = {_plain(word): number for word, number in _ALSO.items()}
    for language, names in MONTHS.items():
        for number, name in enumerate(names, start=1):
            word = _plain(name)
            whole.setdefault(word, number)
            for end in range(3 if language in _SHORT else 4, len(word)):
                found.setdefault(word[:end], set()).add(number)
    alone = {word: next(iter(numbers)) for word, numbers in found.items() if len(numbers) == 1}
    return alone | whole
