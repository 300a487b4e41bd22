"""Tables of every format: displayed cells with their positions."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmnotes.errors import InputError
from llmnotes.tables import Place, read, read_file, replace
from tests.tables.reading import only, texts

WORD = st.text("abcXYZ0123456789.-+ ,;%&_#<>|é亿", min_size=1, max_size=8).map(
    lambda text: " ".join(text.split())
)
CELL = WORD.filter(lambda text: text and not set(text) <= set("-:|+ #") and text[-1] not in "*")
GRID = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELL, min_size=width, max_size=width), min_size=2, max_size=5
    )
)  # fmt: skip


def written(grid: list[list[str]], format: str) -> str:
    """A table in a format, its cells escaped by the code under test."""

    def cell(text: str) -> str:
        return replace("", [(Place(1, 1, 0, 0), text)], format)

    if format == "markdown":
        lines = ["| " + " | ".join(map(cell, row)) + " |" for row in grid]
        return "\n".join([lines[0], "|" + "---|" * len(grid[0]), *lines[1:]]) + "\n"
    if format == "html":
        rows = ("".join(f"<td>{cell(text)}</td>" for text in row) for row in grid)
        return "<table>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>"
    if format == "latex":
        rows = (" & ".join(map(cell, row)) + r" \\" for row in grid)
        return "\\begin{tabular}{ll}\n\\toprule\n" + "\n".join(rows) + "\n\\end{tabular}\n"
    delimiter = "," if format == "csv" else "\t"
    return "".join(delimiter.join(map(cell, row)) + "\n" for row in grid)


@pytest.mark.parametrize("format", ["markdown", "html", "latex", "csv", "tsv"])
@settings(deadline=None, max_examples=60)
@given(grid=GRID)
def test_a_written_table_is_read_back_cell_by_cell(format: str, grid: list[list[str]]) -> None:
    text = written(grid, format)

    assert texts(only(text, format)) == grid


@pytest.mark.parametrize("format", ["markdown", "html", "latex", "csv", "tsv"])
@settings(deadline=None, max_examples=60)
@given(grid=GRID, data=st.data())
def test_an_edit_changes_its_cell_and_nothing_else(
    format: str, grid: list[list[str]], data: st.DataObject
) -> None:
    text = written(grid, format)
    table = only(text, format)
    row = data.draw(st.integers(1, len(grid) - 1))
    column = data.draw(st.integers(0, len(grid[0]) - 1))
    place = table.rows[row][column].place

    changed = replace(text, [(place, "7B | & <x>")], format)

    grid[row][column] = "7B | & <x>"
    assert texts(only(changed, format)) == grid
    assert changed.startswith(text[: place.start])
    assert changed.endswith(text[place.end :])


@pytest.mark.parametrize("format", ["markdown", "html", "latex", "csv", "tsv"])
@settings(deadline=None, max_examples=40)
@given(grid=GRID, before=st.sampled_from(["", "Some words.\n\n", "# A\r\n\r\nb\r\n\r\n"]))
def test_offsets_lines_and_columns_point_at_the_cell(
    format: str, grid: list[list[str]], before: str
) -> None:
    text = ("" if format in {"csv", "tsv"} else before) + written(grid, format)

    for cell in (cell for row in only(text, format).rows for cell in row):
        assert text[cell.place.start : cell.place.end] == cell.raw
        lines = text.replace("\r\n", " \n").split("\n")
        assert lines[cell.place.line - 1].startswith(cell.raw, cell.place.column - 1)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(st.text('ab",\n x', max_size=5), min_size=2, max_size=4), min_size=1))
def test_delimited_text_is_cut_as_the_standard_reader_cuts_it(rows: list[list[str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)

    found = texts(only(buffer.getvalue(), "csv"))

    assert found == [[field.strip() for field in row] for row in csv.reader(buffer.getvalue().split("\n"))
                     if row] or any("\n" in field for row in rows for field in row)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.text("|-: ab\n#*`<>td/tr\\{}&$[]()!\r\t\"'~^_0:1,;", max_size=120))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    for name in ("", "x.md", "x.html", "x.tex", "x.csv"):
        for table in read(text, name):
            for cell in (cell for row in table.rows for cell in row):
                assert text[cell.place.start : cell.place.end] == cell.raw


class TestUselessInput:
    def test_a_directory_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="is a directory"):
            read_file(tmp_path)

    def test_a_binary_file_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "x.md"
        path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")

        with pytest.raises(InputError, match="not text"):
            read_file(path)

    def test_a_huge_file_is_refused_without_being_read(self, tmp_path: Path) -> None:
        path = tmp_path / "x.csv"
        with path.open("wb") as file:
            file.truncate(2 * 2**30)

        with pytest.raises(InputError, match="larger than"):
            read_file(path)

    @pytest.mark.parametrize("name", ["x.csv", "x.md", "x.html", "x.tex"])
    def test_a_row_of_a_million_columns_is_refused(self, name: str) -> None:
        row = {
            "x.csv": "a," * 1_000_000,
            "x.md": "|a" * 1_000_000 + "|\n" + "|-" * 1_000_000 + "|\n",
            "x.html": "<table><tr>" + "<td>" * 1_000_000,
            "x.tex": "\\begin{tabular}{l}" + "a&" * 1_000_000 + "\\end{tabular}",
        }[name]

        with pytest.raises(InputError, match="columns"):
            read(row, name)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Just a sentence.\n",
            ">" * 10_000 + "| a |",
            "<table>" * 10_000,
            "{" * 10_000,
            "<!--",
        ],
    )
    def test_a_text_without_a_table_has_none(self, text: str) -> None:
        assert read(text) == []
