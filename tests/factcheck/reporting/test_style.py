"""How a value is written where others of its kind stand."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.layout.headers import read_header
from llmnotes.factcheck.reporting.style import writings
from llmnotes.schema import ATTRIBUTES


def first(attribute: str, values: list[object], own: str = "", others: tuple[str, ...] = ()) -> str:
    return next(writings(ATTRIBUTES[attribute], values, own, others, None))


@pytest.mark.parametrize(
    ("own", "others", "written"),
    [
        ("1,234", (), "4,096"),
        ("1234", (), "4096"),
        ("2k", (), "4k"),
        ("2 k", (), "4 k"),
        ("", ("2k", "1,024"), "4k"),  # the nearest cell shows the way where the own one does not
        ("1234 tokens", (), "4096 tokens"),
        ("none at all", (), "4096"),
        ("1 234", (), "4 096"),
        ("1\u202f234", (), "4\u202f096"),
        ("1'234", (), "4'096"),
        ("12개", (), "4096개"),
    ],
)
def test_a_number_is_written_as_the_cell_or_its_neighbours_are(own, others, written):
    assert first("context_length", [4096], own, others) == written


@pytest.mark.parametrize(
    ("own", "written"),
    [
        ("2021", "2023"),
        ("2021-05", "2023-07"),
        ("2021/05", "2023/07"),
        ("May 2021", "Jul 2023"),
        ("March 2021", "July 2023"),
        ("2021年5月", "2023年7月"),
        ("2021-05-03", "2023-07-18"),
        ("some day", "2023-07-18"),
        ("mayo de 2021", "julio de 2023"),
        ("3. Mai 2021", "18. Juli 2023"),
        ("3 мая 2021 г.", "18 июля 2023 г."),
        ("2021년 5월", "2023년 7월"),
        ("2021年5月3日", "2023年7月18日"),
    ],
)
def test_a_date_is_written_in_the_format_of_its_cell(own, written):
    assert first("release_date", ["2023-07-18"], own) == written


def test_a_date_is_not_written_more_exactly_than_it_is_known():
    assert first("release_date", ["2023-07"], "2021-05-03") == "2023-07"


def test_the_scale_of_the_column_holds_for_numbers():
    scale = read_header("Params (B)").scale
    assert next(writings(ATTRIBUTES["params_total"], [6_738_415_616], "7.5", (), scale)) == "6.738"


@pytest.mark.parametrize(
    ("own", "written"),
    [("56,2 Mrd.", "65,3 Mrd."), ("56,2 mil millones", "65,3 mil millones"), ("562억", "653억"),
     ("562 亿", "653 亿"), ("56.2 billion", "65.3 billion"), ("56,2 млрд", "65,3 млрд")],
)  # fmt: skip
def test_a_count_keeps_the_scale_word_of_its_cell(own, written):
    assert first("params_total", [65_285_660_672], own) == written


def test_a_scaled_column_of_whole_numbers_gets_a_whole_number():
    scale = read_header("参数量（亿）").scale
    ways = writings(ATTRIBUTES["params_total"], [13_015_864_320], "13", ("652", "67"), scale)
    assert next(ways) == "130"


def test_values_of_several_sizes_stand_side_by_side_each_once():
    assert first("n_layers", [32, 40, 40, 80], "12, 24") == "32, 40, 80"


def test_a_list_is_as_long_as_the_lists_around_it():
    results = [{"benchmark": f"B{n}", "score": 1.0} for n in range(30)]
    ways = list(writings(ATTRIBUTES["evaluation"], [results], "x", ("GLUE, SQuAD", "MMLU"), None))
    assert ways[0] == "B0, B1"
    assert all(len(way) <= 60 for way in ways)
