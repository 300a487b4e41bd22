"""Word documents: merged cells, headings, and text that is not markup."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

pytest.importorskip("docx", reason="the extra `documents` is not installed")

import docx

from llmnotes.documents.word import read
from llmnotes.tables import read as tables
from tests.documents.conftest import GRID, _saved, word


@settings(deadline=None, max_examples=25)
@given(grid=GRID)
def test_a_written_table_is_read_back_cell_by_cell(grid):
    made = read(word(grid), "a.docx")
    (table,) = (t for t in tables(made.text, "a.docx", "markdown") if t.kind == "table")
    shown = [[cell.raw.replace("\\", "") for cell in row] for row in table.rows]
    assert shown == [[text.replace("\\", "") for text in row] for row in grid]


def test_merged_cells_reach_as_far_as_they_do():
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Sizes"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "LLaMA"
    table.cell(2, 2).text = "end"
    made = read(_saved(document.save), "a.docx")
    (found,) = tables(made.text, "a.docx", "markdown")
    assert [(cell.text, cell.colspan, cell.rowspan) for cell in found.rows[0]] == [
        ("", 1, 1),
        ("Sizes", 2, 1),
    ]
    assert (found.rows[1][0].text, found.rows[1][0].rowspan) == ("LLaMA", 2)
    assert [cell.text for cell in found.rows[2]] == ["", "end"]
    assert made.origin(found.rows[2][1].place).at(found.rows[2][1].place.column) == (
        "table 1, row 3, column 3"
    )


def test_headings_stand_above_the_tables_that_follow():
    document = docx.Document()
    document.add_heading("LLaMA 65B", 2)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for r in table.rows for c in r.cells), "abcd", strict=True):
        cell.text = text
    (found,) = tables(read(_saved(document.save), "a.docx").text, "a.docx", "markdown")
    assert found.headings == ("LLaMA 65B",)


def test_markup_in_words_is_no_markup():
    document = docx.Document()
    document.add_paragraph(
        "# no heading\n| no | table |\n|-|-|\n<table><tr><td>x</td></tr></table>"
    )
    assert tables(read(_saved(document.save), "a.docx").text, "a.docx", "markdown") == []
