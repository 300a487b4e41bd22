"""The total and the active parameters in cells that give both."""

from __future__ import annotations

from decimal import Decimal

import pytest

from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.cells.sizes import BRACKETED

B = 10**9


def sizes(text, attribute="params_total", strict=False):
    return [int(value) for value in read_cell(text, attribute, strict=strict).values]


@pytest.mark.parametrize(
    ("text", "total", "active"),
    [
        ("47B (13B active)", [47 * B], [13 * B]),
        ("13B active, 47B total", [47 * B], [13 * B]),
        ("47B total, 13B activated", [47 * B], [13 * B]),
        ("13B of 47B", [47 * B], [13 * B]),
        ("13B active of 47B", [47 * B], [13 * B]),
        ("57B-A14B", [57 * B], [14 * B]),
        ("57B-A14.5B", [57 * B], [145 * B // 10]),
        ("总参数 47B，激活 13B", [47 * B], [13 * B]),
        ("47B (总), 13B (激活)", [47 * B], [13 * B]),
        ("47 mld (13 mld attivi)", [47 * B], [13 * B]),
        ("47 mld (13 mld aktywnych)", [47 * B], [13 * B]),
        ("47 milyar (13 milyar aktif)", [47 * B], [13 * B]),
        ("47 miliar, 13 miliar aktif", [47 * B], [13 * B]),
        ("47B tổng, 13B kích hoạt", [47 * B], [13 * B]),
        ("47 مليار (13 مليار نشط)", [47 * B], [13 * B]),
        ("47 miljard (13 miljard actief)", [47 * B], [13 * B]),
        ("47 mld. celkem / 13 mld. aktivních", [47 * B], [13 * B]),
        ("47 milliards (13 milliards actifs)", [47 * B], [13 * B]),
        ("47B總/13B啟動", [47 * B], [13 * B]),
        ("47B total", [47 * B], []),
        ("13B active", [], [13 * B]),
        ("13B per token", [], [13 * B]),
        ("47B", [47 * B], [47 * B]),
        ("47B, 13B", [47 * B, 13 * B], [47 * B, 13 * B]),
        ("8x7B", [56 * B], []),
        ("8 × 22B", [176 * B], []),
        ("8x7B (46.7B)", [46_700_000_000], [46_700_000_000]),
    ],
)
def test_what_is_called_active_is_no_total_and_the_reverse(text, total, active):
    assert (sizes(text), sizes(text, "params_active")) == (total, active)


@pytest.mark.parametrize(
    ("text", "total", "active"),
    [
        ("47B (13B active)", [47 * B], [13 * B]),
        ("57B-A14B", [], [14 * B]),
        ("16B (2.4B)", [], [2_400_000_000]),
        ("10B (7B)", [], [7 * B]),  # as much as seven tenths
        ("10B (7.1B)", [], []),
        ("16B", [], []),
        ("16B, 2.4B", [], []),
        ("16B (2.4B) (2)", [], []),
        ("16B (2.4B and 3B)", [], []),
        ("16B 8 (2.4B)", [], []),
        ("2000M (1B)", [], [1 * B]),
    ],
)
def test_below_another_header_only_what_is_called_so_is_taken(text, total, active):
    assert (sizes(text, strict=True), sizes(text, "params_active", strict=True)) == (total, active)


def test_experts_of_a_name_may_share_nearly_a_third_of_their_product():
    (item,) = read_cell("16x3.8B", "params_total").items
    assert item.low <= 41_873_153_344 <= item.high  # Phi-3.5-MoE
    assert not item.low <= 40_000_000_000 <= item.high


def test_a_mixture_is_named_by_its_product_and_has_fewer():
    (item,) = read_cell("8x7B", "params_total").items
    assert (item.low, item.high) == (Decimal("38.08") * B, Decimal("57.12") * B)
    assert (item.digits, item.scale, item.qualifier, item.approximate) == (2, "B", "name", True)
    assert item.text == "8x7B"


def test_an_active_size_in_a_name_is_as_exact_as_it_is_written():
    (item,) = read_cell("57B-A14B", "params_active").items
    assert (item.low, item.high) == (Decimal("13.5") * B, Decimal("14.5") * B)
    assert (item.text, item.digits, item.scale) == ("A14B", 2, "B")


@pytest.mark.parametrize("text", ["675B (41B aktiv)", "675B (41B active)", "675B (41B ativos)"])
def test_active_parameters_are_named_in_other_languages(text):
    assert [item.value for item in read_cell(text, "params_total").items] == [675 * 10**9]


@pytest.mark.parametrize(
    ("text", "active"), [("16B(2.4B)", 2.4e9), ("16B (2.4B)", 2.4e9), ("100B (69B)", 69e9)]
)
def test_a_much_smaller_size_in_brackets_may_be_the_active_one(text: str, active: float) -> None:
    reading = read_cell(text, "params_active", strict=True)

    assert [float(value) for value in reading.values] == pytest.approx([active])
    assert reading.items[0].qualifier == BRACKETED


@pytest.mark.parametrize(
    "text", ["100B (71B)", "16B (2.4)", "16 (2.4B)", "1B (1.23B)", "16B", "7B (13B)"]
)
def test_a_size_in_brackets_that_is_near_or_has_no_scale_is_not(text: str) -> None:
    assert read_cell(text, "params_active", strict=True).items == ()


def test_the_total_stands_outside_the_brackets() -> None:
    assert read_cell("16B (2.4B)", "params_total").values == (16 * 10**9,)


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("Mini (3.8B), Small (7B), Medium (14B)", [3_800_000_000, 7_000_000_000, 14_000_000_000]),
        ("Nano1(1.8B), Nano2(3.3B), Pro, Ultra", [1_800_000_000, 3_300_000_000]),
        ("the smallest of all models (3.8B)", []),
    ],
)
def test_sizes_in_brackets_behind_their_words_are_read(text, sizes):
    assert [item.value for item in read_cell(text, "params_total").items] == sizes


@pytest.mark.parametrize("text", ["132B Active 36B", "36B active 132B", "132B (36B active)"])
def test_the_smaller_of_two_is_the_active_one_on_either_side_of_the_word(text):
    assert [float(v) for v in read_cell(text, "params_total").values] == [132e9]
    assert [float(v) for v in read_cell(text, "params_active", strict=True).values] == [36e9]
