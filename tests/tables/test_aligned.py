"""Tables that are only aligned."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from llmnotes.tables import read, replace
from llmnotes.tables.aligned import AlignedTable, blocks

WORDS = st.text("abcXYZ0189.%()-", min_size=1, max_size=9).filter(lambda text: set(text) - set("-"))


def grids(width: int):
    return st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=2, max_size=6)


@settings(deadline=None)
@given(
    grid=st.integers(2, 5).flatmap(grids), gap=st.integers(2, 5), right=st.booleans(),
    indent=st.integers(0, 9),
)  # fmt: skip
def test_a_printed_table_is_read_back(grid, gap, right, indent):
    widths = [max(map(len, column)) for column in zip(*grid, strict=True)]
    lines = [
        " " * indent
        + (" " * gap).join(
            text.rjust(width) if right and at else text.ljust(width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in grid
    ]
    (found,) = blocks("\n".join(lines))
    assert isinstance(found, AlignedTable)
    assert [row.words for row in found.rows] == grid
    assert [row.line for row in found.rows] == list(range(1, len(grid) + 1))


def test_a_blank_cell_stays_blank():
    text = "Model      Layers  Heads\nLLaMA 65B          64\nBERT-Base  12      12\n"
    (found,) = blocks(text)
    assert found.rows[1].words == ["LLaMA 65B", "", "64"]


def test_a_heading_over_several_columns_does_not_join_them():
    text = (
        "             Architecture\nModel      Layers  Heads\nLLaMA 65B  80      64\n"
        "BERT-Base  12      12\nGPT-2 XL   48      25\nT5-Base    24      12\n"
    )
    *_, found = blocks(text)
    assert found.rows[-1].words == ["T5-Base", "24", "12"]


def test_rules_between_rows_are_no_rows():
    text = "Model      Layers\n---------  ------\nBERT-Base  12\n=================\n"
    (found,) = blocks(text)
    assert [row.words for row in found.rows] == [["Model", "Layers"], ["BERT-Base", "12"]]


def test_prose_is_no_table():
    text = (
        "We compare models.  They differ.\nThe table shows how. More words\n\nand more  words here"
    )
    assert not any(isinstance(item, AlignedTable) for item in blocks(text))


@given(st.text(" \t\nab-|+", max_size=300))
def test_no_line_is_lost_or_doubled(text):
    lines = [
        row.line
        for item in blocks(text)
        for row in (item.rows if isinstance(item, AlignedTable) else [item])
    ]
    assert lines == sorted(set(lines))


def test_a_text_without_other_tables_is_read_by_its_columns_and_written_in_place():
    text = "Table 2: models\n\n  Model        Layers   Heads\n  LLaMA 65B        60      64\n  BERT-Base               12\n"  # noqa: E501
    (table,) = read(text, "a.txt")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Model", "Layers", "Heads"], ["LLaMA 65B", "60", "64"], ["BERT-Base", "", "12"],
    ]  # fmt: skip
    assert table.caption == "Table 2: models"
    assert table.rows[1][1].place.line == 4
    assert replace(text, [(table.rows[1][1].place, "80")], "text") == text.replace("60", "80")


def test_pipes_are_read_as_pipes_where_there_are_some():
    text = "| Model      | Layers |\n|---|---|\n| BERT-Base  | 12  |\n\nWords  here\nand   there\n"
    (table,) = read(text, "a.txt")
    assert len(table.rows) == 2


@given(st.text(" \nab|-", max_size=300))
def test_any_text_is_read(text):
    for table in read(text, "a.txt"):
        for row in table.rows:
            for cell in row:
                assert text[cell.place.start : cell.place.end].strip() == cell.raw.strip()
