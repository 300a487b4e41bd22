"""Dates as people of several languages write them."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.cells.days import find_dates
from llmnotes.factcheck.cells.reader import read_cell


def dates(text: str) -> list[str]:
    return [item.value for _, _, item in find_dates(text)]


@pytest.mark.parametrize(
    ("date", "texts"),
    [
        ("2023-06-13", [
            "2023年6月13日", "2023 年 6 月 13 号", "2023-06-13", "2023/6/13", "2023.06.13", "2023–06–13",
            "20230613", "13/06/2023", "06/13/2023", "13.6.2023", "13 June 2023", "13th June 2023",
            "13-Jun-2023", "13 Jun. 2023", "13. Juni 2023",
            "13 de junio de 2023", "13er juin 2023", "June 13, 2023", "Jun 13th 2023",
            "June 13 2023", "23.6.13",
        ]),
        ("2023-06", [
            "2023年6月", "2023-06", "2023/6", "2023.06", "202306", "June 2023", "Jun. 2023", "June, 2023",
            "Jun-2023", "Jun'23", "Jun ’23", "Jun/23", "juin 2023", "2023 June", "2023, Jun", "2023-Jun",
            "06/2023", "6/2023",
        ]),
        ("2023", ["2023", "2023年", "’23", "'23", "in 2023", "(2023)"]),
        ("1997-11", ["1997-11", "November 1997", "Nov. 1997"]),
        ("2023-02", ["Feb 2023", "Fev. 2023", "fév 2023", "February 2023", "février 2023"]),
        ("2023-03", ["Mar 2023", "März 2023", "March 2023", "mars 2023", "marzo 2023", "março 2023",
                     "MÄR 2023"]),
        ("2023-05", ["May 2023", "Mai 2023"]),
        ("2023-07", ["Jul 2023", "juil. 2023", "juillet 2023", "July 2023"]),
        ("2023-08", ["Aug 2023", "août 2023", "August 2023", "agosto 2023"]),
        ("2023-09", ["Sept 2023", "Sept. 2023", "September 2023", "septembre 2023", "septiembre 2023",
                     "setembro 2023"]),
        ("2023-10", ["Oct 2023", "Okt. 2023", "October 2023", "Oktober 2023", "octobre 2023",
                     "outubro 2023"]),
        ("2023-12", ["Dec 2023", "déc. 2023", "Dez 2023", "December 2023", "Dezember 2023", "decembre 2023",
                     "diciembre 2023", "dezembro 2023", "dici. 2023"]),
        ("2023-01", ["Jan 2023", "January 2023", "Januar 2023", "janv. 2023", "enero 2023", "JAN 2023"]),
        ("2023-04", ["Apr 2023", "avril 2023", "April 2023"]),
        ("2023-11", ["Nov 2023", "November 2023", "novembre 2023"]),
    ],
)  # fmt: skip
def test_one_date_has_many_notations(date, texts):
    assert {text: dates(text) for text in texts} == {text: [date] for text in texts}


@pytest.mark.parametrize(
    "text",
    ["12345", "2023.5678", "Model 2023".lower()[:5], "20231301", "2023-13", "2023-02-30", "1899", "2050",
     "’14", "’3", "Marketing", "32.12.40", "7/1999", "1.2023.4567"],
)  # fmt: skip
def test_what_no_calendar_has_is_no_day(text):
    assert [date for date in dates(text) if len(date) > 4] == []


@pytest.mark.parametrize(
    "word",
    ["Decoder", "Octopus", "Junior", "Maybe", "Julia", "Marcos", "Marine", "Aprilia", "Ma", "Sep0", "jui",
     "out", "set", "ago", "Novel", "release"],
)  # fmt: skip
def test_a_word_that_begins_like_a_month_is_none(word):
    assert dates(f"{word} 2023") == ["2023"]


def test_a_day_and_a_month_that_may_be_exchanged_have_two_readings():
    ((_, _, item),) = find_dates("03/04/2023")
    assert (item.value, [other.value for other in item.others]) == ("2023-03-04", ["2023-04-03"])
    ((_, _, item),) = find_dates("04/04/2023")
    assert (item.value, item.others) == ("2023-04-04", ())
    ((_, _, item),) = find_dates("18/07/2023")
    assert (item.value, item.others) == ("2023-07-18", ())
    assert dates("18/17/2023") in ([], ["2023"])


def test_dates_are_found_in_the_order_of_the_text_with_their_places():
    found = find_dates("first 2022, then June 2023 and 2024-01-02")
    assert [item.value for _, _, item in found] == ["2022", "2023-06", "2024-01-02"]
    assert [(start, end) for start, end, _ in found] == [(6, 10), (17, 26), (31, 41)]
    assert [item.text for _, _, item in found] == ["2022", "June 2023", "2024-01-02"]


def test_a_part_of_a_date_is_no_other_one():
    assert dates("13 June 2023") == ["2023-06-13"]
    assert dates("June 2022, June 2023") == ["2022-06", "2023-06"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("July 18, 2023", "2023-07-18"),
        ("18 de julio de 2023", "2023-07-18"),
        ("julio del 2023", "2023-07"),
        ("18 de julho de 2023", "2023-07-18"),
        ("março de 2024", "2024-03"),
        ("1er juillet 2023", "2023-07-01"),
        ("août 2023", "2023-08"),
        ("18. Juli 2023", "2023-07-18"),
        ("Dez. 2023", "2023-12"),
        ("18 июля 2023 г.", "2023-07-18"),
        ("февраль 2023", "2023-02"),
        ("2023년 7월 18일", "2023-07-18"),
        ("2023년 7월", "2023-07"),
        ("2023年7月18號", "2023-07-18"),
        ("2023年", "2023"),
        ("1° luglio 2023", "2023-07-01"),
        ("18 lipca 2023 r.", "2023-07-18"),
        ("12 października 2023", "2023-10-12"),
        ("18 Temmuz 2023", "2023-07-18"),
        ("Agustus 2023", "2023-08"),
        ("18 augustus 2023", "2023-08-18"),
        ("18 tháng 7 năm 2023", "2023-07-18"),
        ("Tháng 7, 2023", "2023-07"),
        ("18 يوليو 2023", "2023-07-18"),
        ("يوليو ٢٠٢٣", "2023-07"),
        ("18. července 2023", "2023-07-18"),
        ("18 липня 2023 р.", "2023-07-18"),
        ("18 ژوئیه ۲۰۲۳", "2023-07-18"),
        ("18 Ιουλίου 2023", "2023-07-18"),
        ("2023. július 18.", "2023-07-18"),
        ("18 iulie 2023", "2023-07-18"),
        ("18 augusti 2023", "2023-08-18"),
        ("in 2023. May it be so", "2023"),
        ("purple 2023", "2023"),
    ],
)
def test_a_date_is_read_in_each_language(text, date):
    assert dates(text) == [date]


@pytest.mark.parametrize("text", ["Version 18", "31 de febrero", "токены", "13월"])
def test_what_is_no_date_is_none(text):
    assert dates(text) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("22/10", "2022-10"),
        ("22/13", None),
        ("see 22/10", None),
        ("11/23", "2023-11"),
        ("13/14", None),
    ],
)
def test_a_short_year_and_a_month_alone_are_a_date(text, date):
    assert [item.value for _, _, item in find_dates(text)] == ([date] if date else [])


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("03/16/23", ["2023-03-16"]),
        ("16/03/23", ["2023-03-16", "2016-03-23"]),
        ("23/03/16", ["2016-03-23", "2023-03-16"]),
        ("04/03/23", ["2023-04-03", "2023-03-04"]),
        ("03/16/27", []),  # no year of a model yet
        ("13/13/23", []),
        ("1/2/3", []),
        ("see 03/16/23", []),
    ],
)
def test_a_year_of_two_figures_may_stand_last_or_first(text, readings):
    found = [[item.value, *(one.value for one in item.others)] for _, _, item in find_dates(text)]
    assert found == ([readings] if readings else [])


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2018", ("2018",)), ("2019/10", ("2019-10",)), ("23.11.30", ("2023-11-30",)),
        ("Feb 2018", ("2018-02",)), ("Oct. 2022", ("2022-10",)), ("Fev. 2023", ("2023-02",)),
        ("December 2023", ("2023-12",)), ("2023年6月", ("2023-06",)), ("2023-06-15", ("2023-06-15",)),
        ("June 13, 2023", ("2023-06-13",)), ("13 June 2023", ("2023-06-13",)),
        ("202302", ("2023-02",)), ("20230718", ("2023-07-18",)),
        ("07/18/2023", ("2023-07-18",)), ("Jul-23", ("2023-07",)),
        ("(LLM) May 2020\n(Chatbot) Oct. 2022", ("2020-05", "2022-10")),
    ],
)  # fmt: skip
def test_dates_keep_their_precision(text: str, dates: tuple[str, ...]) -> None:
    assert read_cell(text, "release_date").values == dates


def test_a_label_says_which_date_it_is() -> None:
    reading = read_cell("(LLM) May 2020\n(Chatbot) Oct. 2022", "release_date")

    assert [item.qualifier for item in reading.items] == ["LLM", "Chatbot"]
