"""Workbooks: sheets, blocks, merged cells, displayed numbers, and far-off cells."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("openpyxl", reason="the extra `documents` is not installed")

import openpyxl

from llmnotes.documents.workbook import _letters, _number, read
from llmnotes.tables import read as tables
from tests.documents.conftest import FALSE, GRID, _saved, workbook


def found(data: bytes):
    made = read(data, "a.xlsx")
    return made, [t for t in tables(made.text, "a.xlsx", "markdown") if t.kind == "table"]


@settings(deadline=None, max_examples=25)
@given(grid=GRID, row=st.integers(1, 40), column=st.integers(1, 60))
def test_a_written_table_is_read_back_and_each_cell_knows_its_address(grid, row, column):
    made, (table,) = found(workbook(grid, row, column))
    for number, (cells, texts) in enumerate(zip(table.rows, grid, strict=True)):
        for at, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            shown = str(int(text)) if text.isascii() and text.isdecimal() else text
            assert cell.raw.replace("\\", "") == shown.replace("\\", "")
            address = f"Models!{_letters(column - 1 + at)}{row + number}"
            assert made.origin(cell.place).at(cell.place.column) == address


@given(st.integers(0, 16_383))
def test_columns_are_counted_as_spreadsheets_do(column):
    assert _letters(column) == openpyxl.utils.get_column_letter(column + 1)
    assert _number(_letters(column)) == column


@pytest.mark.parametrize(
    ("value", "format", "shown"),
    [
        (32.0, None, "32"), (0.1, None, "0.1"), (0.5, "0%", "50 %"), (True, None, "yes"),
        (datetime.datetime(2023, 7, 18), None, "2023-07-18"), (13015864320, None, "13015864320"),
        ("a\nb|c", None, "a b|c"),
    ],
)  # fmt: skip
def test_a_value_is_read_as_it_is_shown(value, format, shown):
    book = openpyxl.Workbook()
    book.active.append(["Model", "x"])
    book.active.append(["BERT-Base", value])
    if format:
        book.active["B2"].number_format = format
    _, (table,) = found(_saved(book.save))
    assert table.rows[1][1].text == shown


def test_blocks_of_several_sheets_are_tables_of_their_own_under_their_titles():
    book = openpyxl.Workbook()
    book.active.title = "One"
    for row in (
        ["LLaMA"],
        ["Model", "Layers"],
        ["LLaMA 7B", 32],
        [],
        ["Model", "Heads"],
        ["T5-Base", 12],
    ):
        book.active.append(row)
    other = book.create_sheet("Two words")
    other["D7"], other["E7"], other["D8"], other["E8"] = "Model", "Layers", "BERT-Base", 12
    made, three = found(_saved(book.save))
    assert [table.rows[1][0].text for table in three] == ["LLaMA 7B", "T5-Base", "BERT-Base"]
    assert three[0].headings == ("LLaMA",)
    cell = three[2].rows[1][1]
    assert made.origin(cell.place).at(cell.place.column) == "Two words!E8"


def test_merged_cells_reach_as_far_as_they_do():
    book = openpyxl.Workbook()
    for row in (["Family", "Size", "Layers"], ["LLaMA", "7B", 32], [None, "13B", 40]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    _, (table,) = found(_saved(book.save))
    assert (table.rows[1][0].text, table.rows[1][0].rowspan) == ("LLaMA", 2)
    assert [cell.text for cell in table.rows[2]] == ["13B", "40"]


def test_the_values_of_formulas_are_read_and_not_the_formulas():
    book = openpyxl.Workbook()
    book.active.append(["Model", "Layers"])
    book.active.append(["BERT-Base", "=6*2"])
    _, tables_found = found(_saved(book.save))
    assert "=6" not in "".join(cell.text for t in tables_found for row in t.rows for cell in row)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<dimension ref=\"B4:D7\"", b"<dimension ref=\"A1:XFD1048576\""),
        (b"</sheetData>", b"</sheetData><mergeCells><mergeCell ref=\"B4:XFD1048576\"/></mergeCells>"),
        (b"<row r=\"7\"", b"<row r=\"1048576\""),
    ],
)  # fmt: skip
def test_what_a_file_claims_of_its_size_costs_nothing(old, new):
    source, target = zipfile.ZipFile(io.BytesIO(workbook(FALSE))), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part in source.namelist():
            data = source.read(part)
            if part.endswith("sheet1.xml"):
                assert old in data, data[:400]
                data = data.replace(old, new)
            archive.writestr(part, data)
    made, _ = found(target.getvalue())
    assert "LLaMA 65B" in made.text or "Model" in made.text
    assert len(made.text) < 10_000
