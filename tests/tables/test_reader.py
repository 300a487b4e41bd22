"""Tables of every format: what a page shows is what is read, and where it stands is known."""

from __future__ import annotations

import csv
import html
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmnotes.errors import InputError
from llmnotes.tables import Place, Raw, Table, read, read_file, replace

WORD = st.text("abcXYZ0123456789.-+ ,;%&_#<>|é亿", min_size=1, max_size=8).map(
    lambda text: " ".join(text.split())
)
CELL = WORD.filter(lambda text: text and not set(text) <= set("-:|+ #") and text[-1] not in "*")
GRID = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELL, min_size=width, max_size=width), min_size=2, max_size=5
    )
)  # fmt: skip


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def only(text: str, format: str | None = None, name: str = "") -> Table:
    tables = [table for table in read(text, name, format) if table.kind == "table"]
    assert len(tables) == 1
    return tables[0]


def written(grid: list[list[str]], format: str) -> str:
    """A table in a format, its cells escaped by the writer under test."""

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


class TestMarkdown:
    def test_short_and_long_rows_stay_as_they_were_written(self) -> None:
        table = only("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n")

        assert texts(table) == [["a", "b"], ["1"], ["1", "2", "3"]]

    def test_pipes_at_the_ends_are_optional(self) -> None:
        table = only("Model | Size\n---|---\nGPT-3 | 175B\n")

        assert texts(table) == [["Model", "Size"], ["GPT-3", "175B"]]

    def test_an_escaped_pipe_parts_nothing_and_one_in_code_does(self) -> None:
        table = only("| a \\| b | `x|y` |\n|---|---|\n")

        assert texts(table) == [["a | b", "`x", "y`"]]

    def test_a_blank_line_ends_a_table(self) -> None:
        assert len(only("| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4\n").rows) == 2

    def test_code_holds_no_table(self) -> None:
        assert read("```\n| a | b |\n|---|---|\n```\n", "x.md") == []

    def test_quoted_and_listed_tables_are_read(self) -> None:
        quoted = only("> | a | b |\n> |---|---|\n> | 1 | 2 |\n")
        listed = only("- x\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n", name="x.md")

        assert texts(quoted) == texts(listed) == [["a", "b"], ["1", "2"]]

    def test_a_myst_directive_gives_its_table_a_caption(self) -> None:
        table = only("```{table} Sizes\n| a | b |\n|---|---|\n| 1 | 2 |\n```\n", name="x.md")

        assert table.caption == "Sizes"
        assert table.rows[1][0].place.line == 4

    def test_markup_comments_and_footnote_marks_are_taken_off(self) -> None:
        text = "| a | b |\n|---|---|\n| **[GPT-3](u)**[^1] | 2023<!--13-->/03* |\n\n[^1]: said so\n"
        table = only(text)

        assert texts(table)[1] == ["GPT-3", "2023/03"]
        assert [cell.marks for cell in table.rows[1]] == [("[^1]",), ("*",)]
        assert table.notes == ("[^1]: said so",)

    def test_a_raised_exponent_is_no_footnote_mark(self) -> None:
        table = only("| a | b |\n|---|---|\n| 1.2×10⁻⁴ | 4096¹ |\n")

        assert texts(table)[1] == ["1.2×10⁻⁴", "4096"]

    def test_what_stands_above_a_table_is_known(self) -> None:
        table = only("# Notes\n\n## Llama 2\n\nThe sizes:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")

        assert (table.headings, table.caption) == (("Notes", "Llama 2"), "The sizes:")

    def test_an_html_table_in_markdown_has_the_headings_above_it(self) -> None:
        table = only("# GPT-3\n\n<table><tr><td>a<td>b</table>\n", name="x.md")

        assert (table.format, table.headings, texts(table)) == ("html", ("GPT-3",), [["a", "b"]])


class TestFacts:
    def test_bullets_under_a_heading_are_keys_and_values(self) -> None:
        text = "## GPT-3\n- context length 2k tokens\n- **Params**: 175B\n- uses Adam\n"
        [table] = read(text, "x.md")

        assert (table.kind, table.headings) == ("facts", ("GPT-3",))
        assert texts(table) == [["context length", "2k tokens"], ["Params", "175B"], ["uses Adam"]]

    def test_a_bullet_above_bullets_says_whose_facts_they_are(self) -> None:
        [table] = read("# Models\n- GPT-3\n  - params: 175B\n", "x.md")

        assert table.headings == ("Models", "GPT-3")

    def test_lines_of_keys_and_values_need_no_bullets(self) -> None:
        [table] = read("Model: GPT-3\nParameters: 175B\n")

        assert texts(table) == [["Model", "GPT-3"], ["Parameters", "175B"]]

    def test_prose_is_no_fact(self) -> None:
        assert read("It is said: nothing follows.\nAnd so the text goes on.\n") == []


class TestHtml:
    def test_cells_that_are_never_closed_end_where_the_next_begins(self) -> None:
        table = only("<TABLE><tr><th>a<th>b\n<tr><td>1 <td> 2\n</table>")

        assert texts(table) == [["a", "b"], ["1", "2"]]
        assert [cell.header for cell in table.rows[0]] == [True, True]

    def test_spans_entities_and_breaks_are_read(self) -> None:
        text = "<table><tr><td rowspan='2' colspan=3>a &amp; b<br/>c</td></tr></table>"
        cell = only(text).rows[0][0]

        assert (cell.text, cell.rowspan, cell.colspan) == ("a & b\nc", 2, 3)

    def test_an_exponent_is_no_footnote(self) -> None:
        [row] = only("<table><tr><td>10<sup>-4</sup><td>4096<sup>1</sup></table>").rows

        assert [(cell.text, cell.marks) for cell in row] == [("10^-4", ()), ("4096", ("[1]",))]

    def test_a_table_in_a_cell_is_a_table_of_its_own(self) -> None:
        inner = "<table><tr><td>x<td>y</table>"
        tables = read(f"<table><tr><td>a{inner}<td>b</table>", "x.html")

        assert [texts(table) for table in tables] == [[["a", "b"]], [["x", "y"]]]

    def test_scripts_and_comments_hold_no_table(self) -> None:
        inner = "<table><tr><td>x<td>y</table>"
        assert read(f"<script>'{inner}'</script><!-- {inner} -->", "x.html") == []


class TestLatex:
    def test_commands_rules_and_comments_are_no_words(self) -> None:
        text = (
            "\\section{Models}\n\\begin{table}\\caption{The \\textbf{sizes}~\\cite{x}}\n"
            "\\begin{tabular*}{\\textwidth}{@{}l|r@{}}\\toprule\n"
            "Model & $d_{\\text{model}}$ \\\\ % a & b\n\\midrule\n"
            "GPT-3~\\cite{b} & $1.2 \\times 10^{-4}$ \\\\[2pt] \\hline\n"
            "A \\& B & 50\\% \\\\ \\bottomrule\n\\end{tabular*}\\end{table}\n"
        )
        table = only(text)

        assert texts(table) == [["Model", "d_model"], ["GPT-3", "1.2 ×10^-4"], ["A & B", "50%"]]
        assert (table.headings, table.caption) == (("Models",), "The sizes")
        assert [row[0].header for row in table.rows] == [True, False, False]

    def test_merged_cells_span_and_keep_their_command_when_written(self) -> None:
        text = (
            "\\begin{tabular}{lll}\\multicolumn{2}{c}{Params} & x \\\\\n"
            "\\multirow{2}{*}{Llama} & 7B & 1 \\\\\n & 13B & 2 \\\\\\end{tabular}"
        )
        table = only(text)

        assert [(cell.text, cell.colspan) for cell in table.rows[0]] == [("Params", 2), ("x", 1)]
        assert [cell.text for cell in table.rows[2]] == ["13B", "2"]
        assert table.rows[1][0].rowspan == 2
        changed = replace(text, [(table.rows[1][0].place, "50%")], "latex")
        assert "\\multirow{2}{*}{50\\%}" in changed

    def test_the_repeated_head_of_a_long_table_is_read_once(self) -> None:
        text = (
            "\\begin{longtable}{ll}\na & b \\\\ \\endfirsthead\na & b (cont.) \\\\ \\endhead\n"
            "more & \\\\ \\endfoot\n1 & 2 \\\\\n\\end{longtable}"
        )

        assert texts(only(text)) == [["a", "b"], ["1", "2"]]


class TestDelimited:
    def test_semicolons_byte_order_marks_and_ragged_rows_are_read(self) -> None:
        table = only('\ufeffmodel;params\r\nGPT-3;"175;B"\r\nT5\r\n')

        assert texts(table) == [["model", "params"], ["GPT-3", "175;B"], ["T5"]]

    def test_another_delimiter_inside_quoted_fields_does_not_cut_them(self) -> None:
        assert texts(only('"0|",";;"\n0,"7B | x"\n', "csv")) == [["0|", ";;"], ["0", "7B | x"]]

    def test_a_file_name_says_what_a_text_is(self, tmp_path: Path) -> None:
        path = tmp_path / "x.tsv"
        path.write_text("a\tb\n1\t2, 3\n", encoding="utf-8")

        [table] = read_file(path)

        assert (table.format, texts(table)) == ("tsv", [["a", "b"], ["1", "2, 3"]])


class TestWriting:
    def test_core_leaves_bold_links_and_marks_alone(self) -> None:
        text = "| a | b |\n|---|---|\n| 1 | **[2048](u)**[^1] |\n"
        cell = only(text).rows[1][1]

        changed = replace(text, [(cell.core, "4096")], "markdown")

        assert changed == text.replace("2048", "4096")

    def test_raw_words_are_written_as_they_are(self) -> None:
        place = only("| a | b |\n|---|---|\n| 1 | 2 |\n").rows[1][1].place

        assert replace(" " * 40, [(place, Raw("2[^1]"))], "markdown").strip() == "2[^1]"

    def test_overlapping_edits_are_refused(self) -> None:
        with pytest.raises(InputError, match="two edits"):
            replace("abcd", [(Place(1, 1, 0, 3), "x"), (Place(1, 2, 1, 4), "y")], "markdown")

    def test_markup_in_words_is_shown_not_obeyed(self) -> None:
        words = "<b> & *x* | y_"
        [row] = only(f"<table><tr><td>{html.escape(words)}<td>1</table>").rows

        assert row[0].text == words


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
