"""Delimited text: delimiters, quotes, byte-order marks and file names."""

from __future__ import annotations

from pathlib import Path

from llmnotes.tables import read_file
from tests.tables.reading import only, texts


def test_semicolons_byte_order_marks_and_ragged_rows_are_read() -> None:
    table = only('\ufeffmodel;params\r\nGPT-3;"175;B"\r\nT5\r\n')

    assert texts(table) == [["model", "params"], ["GPT-3", "175;B"], ["T5"]]


def test_another_delimiter_inside_quoted_fields_does_not_cut_them() -> None:
    assert texts(only('"0|",";;"\n0,"7B | x"\n', "csv")) == [["0|", ";;"], ["0", "7B | x"]]


def test_a_file_name_says_what_a_text_is(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("a\tb\n1\t2, 3\n", encoding="utf-8")

    [table] = read_file(path)

    assert (table.format, texts(table)) == ("tsv", [["a", "b"], ["1", "2, 3"]])


def test_the_tags_of_a_page_in_a_field_are_no_text() -> None:
    table = only("Model,Weights\nT0,<a href='https://x.org/T0'>Model</a>\n", "csv")
    assert [cell.text for cell in table.rows[1]] == ["T0", "Model"]
