"""Markdown: pipe tables with what stands above them, code, quotes, lists and footnote marks."""

from __future__ import annotations

from llmnotes.tables import read
from tests.tables.reading import only, texts


def test_short_and_long_rows_stay_as_they_were_written() -> None:
    table = only("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n")

    assert texts(table) == [["a", "b"], ["1"], ["1", "2", "3"]]


def test_pipes_at_the_ends_are_optional() -> None:
    table = only("Model | Size\n---|---\nGPT-3 | 175B\n")

    assert texts(table) == [["Model", "Size"], ["GPT-3", "175B"]]


def test_an_escaped_pipe_parts_nothing_and_one_in_code_does() -> None:
    table = only("| a \\| b | `x|y` |\n|---|---|\n")

    assert texts(table) == [["a | b", "`x", "y`"]]


def test_a_blank_line_ends_a_table() -> None:
    assert len(only("| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4\n").rows) == 2


def test_code_holds_no_table() -> None:
    assert read("```\n| a | b |\n|---|---|\n```\n", "x.md") == []


def test_quoted_and_listed_tables_are_read() -> None:
    quoted = only("> | a | b |\n> |---|---|\n> | 1 | 2 |\n")
    listed = only("- x\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n", name="x.md")

    assert texts(quoted) == texts(listed) == [["a", "b"], ["1", "2"]]


def test_a_myst_directive_gives_its_table_a_caption() -> None:
    table = only("```{table} Sizes\n| a | b |\n|---|---|\n| 1 | 2 |\n```\n", name="x.md")

    assert table.caption == "Sizes"
    assert table.rows[1][0].place.line == 4


def test_markup_comments_and_footnote_marks_are_taken_off() -> None:
    text = "| a | b |\n|---|---|\n| **[GPT-3](u)**[^1] | 2023<!--13-->/03* |\n\n[^1]: said so\n"
    table = only(text)

    assert texts(table)[1] == ["GPT-3", "2023/03"]
    assert [cell.marks for cell in table.rows[1]] == [("[^1]",), ("*",)]
    assert table.notes == ("[^1]: said so",)


def test_a_raised_exponent_is_no_footnote_mark() -> None:
    table = only("| a | b |\n|---|---|\n| 1.2×10⁻⁴ | 4096¹ |\n")

    assert texts(table)[1] == ["1.2×10⁻⁴", "4096"]


def test_what_stands_above_a_table_is_known() -> None:
    table = only("# Notes\n\n## Llama 2\n\nThe sizes:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")

    assert (table.headings, table.caption) == (("Notes", "Llama 2"), "The sizes:")


def test_an_html_table_in_markdown_has_the_headings_above_it() -> None:
    table = only("# GPT-3\n\n<table><tr><td>a<td>b</table>\n", name="x.md")

    assert (table.format, table.headings, texts(table)) == ("html", ("GPT-3",), [["a", "b"]])
