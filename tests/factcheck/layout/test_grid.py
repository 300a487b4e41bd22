"""Merged cells laid out over the columns and rows that they span."""

from __future__ import annotations

from llmnotes.factcheck.layout.grid import grid, text_of
from llmnotes.tables.model import Place, Table, TableCell

PLACE = Place(1, 1, 0, 0)


def cell(text, colspan=1, rowspan=1):
    return TableCell(text, text, PLACE, colspan=colspan, rowspan=rowspan)


def laid(*rows):
    found = grid(Table("html", "table", PLACE, [list(row) for row in rows]))
    return ["".join(one.text if one else "-" for one in row) for row in found]


def test_plain_rows_stay_as_they_are_and_short_ones_short():
    assert laid([cell("a"), cell("b")], [cell("c")], []) == ["ab", "c", ""]


def test_a_wide_cell_stands_in_every_column_it_spans():
    assert laid([cell("a", 3), cell("b")], [cell("c"), cell("d")]) == ["aaab", "cd"]


def test_a_high_cell_stands_in_every_row_it_spans():
    assert laid([cell("a", rowspan=3), cell("b")], [cell("c")], [cell("d")], [cell("e")]) == [
        "ab", "ac", "ad", "e",
    ]  # fmt: skip


def test_a_cell_that_hangs_in_from_above_moves_those_of_its_row():
    high = cell("b", rowspan=2)
    assert laid([cell("a"), high, cell("c")], [cell("d"), cell("e")]) == ["abc", "dbe"]
    assert laid([cell("a"), cell("c"), cell("b", rowspan=2)], [cell("d"), cell("e")]) == [
        "acb", "deb",
    ]  # fmt: skip


def test_a_cell_may_span_rows_and_columns_at_once():
    assert laid([cell("a", 2, 2), cell("b")], [cell("c")], [cell("d"), cell("e")]) == [
        "aab", "aac", "de",
    ]  # fmt: skip
    assert laid([cell("a", rowspan=2), cell("b", rowspan=3)], [], [cell("c")]) == ["ab", "ab", "cb"]


def test_a_cell_is_wide_for_two_thousand_columns_at_most():
    assert list(map(len, laid([cell("a"), cell("b", 2_500)]))) == [2_000]
    assert list(map(len, laid([cell("b", 1_999)]))) == [1_999]


def test_the_text_beyond_a_row_or_of_a_hole_is_empty():
    row = [cell("a"), None]
    assert [text_of(row, index) for index in range(3)] == ["a", "", ""]
