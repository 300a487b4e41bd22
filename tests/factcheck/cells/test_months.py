"""Months by their names in the languages of the headers."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.cells.months import MONTHS, month


@pytest.mark.parametrize("language", MONTHS)
def test_every_name_is_its_month_with_accents_and_without(language):
    plain = str.maketrans("áéíóúâêôãõàèùäöüûçńśźřěýčĺ", "aeiouaeoaoaeuaouucnszreycl")
    for number, name in enumerate(MONTHS[language], start=1):
        assert month(name) == month(name.upper()) == month(name.translate(plain)) == number


@pytest.mark.parametrize(
    ("name", "number"),
    [("Jan", 1), ("sept", 9), ("agos", 8), ("ago", None), ("set", None),
     ("févr", 2), ("dez", 12), ("окт", 10), ("ju", None),
     ("jui", None), ("lipca", 7), ("rujna", None), ("červen", 6), ("červenec", 7),
     ("Tem", 7), ("ags", 8),
     ("pro", None), ("led", None),
     ("gen", None), ("Zorg", None), ("token", None), ("marching", None), ("年", None)],
)  # fmt: skip
def test_the_first_letters_count_where_they_name_one_month(name, number):
    assert month(name) == number
