"""Cells know their row, their column and the shots that either states."""

import pytest

from llmnotes.evidence.grids import figures_in, lined, marked_up, shots_in

MARKDOWN = """
# Results

| Benchmark | # Shots | Toy 1B | Toy 13B |
| --- | --- | --- | --- |
| **Language** | | | |
| MMLU | 5 | 40.5 | 55.0 |
| GSM8K (8-shot) | | 12.1 | 44.0 |

On MMLU 61.2 would be human.
"""
HTML = """
<table><tr><th rowspan="2">Benchmark</th><th colspan="2">Toy</th></tr>
<tr><th>1B</th><th>13B</th></tr>
<tr><td>MMLU</td><td>40.5</td><td>55.0</td></tr></table>
"""
PDF = """\
Table 2: Results.
Toy-1B Toy-13B Rival-7B
Base Base Base
MMLU 5-shot 40.5 55.0 61.2
GSM8K 12.1 44.0 -
The human score is 89.8.
Table 3: Others.
MMLU 1.0 2.0
"""


def cell(grids, figure):
    (found,) = [item for table in grids.tables for item in table.cells if figure in item.figures]
    return found


def is_name(text: str) -> bool:
    return text.startswith(("Toy", "Rival"))


def test_a_cell_of_markdown_has_row_column_and_shots():
    found = cell(marked_up(MARKDOWN, "README.md"), "55.0")

    assert found.label[0] == "MMLU"
    assert found.head == ("Toy 13B",)
    assert found.shots == {5}


def test_shots_beside_the_name_of_the_row_count_too():
    assert cell(marked_up(MARKDOWN, "README.md"), "44.0").shots == {8}


def test_what_stands_beside_the_table_is_kept_by_its_figures():
    beside = marked_up(MARKDOWN, "README.md").beside

    assert [line.strip() for line in beside["61.2"]] == ["On MMLU 61.2 would be human."]
    assert "40.5" not in beside


def test_a_cell_below_headings_that_span_has_all_of_them():
    assert cell(marked_up(HTML, "README.md"), "55.0").head == ("Toy", "13B")


def test_lines_below_as_many_names_are_a_table():
    found = cell(lined(PDF, is_name), "55.0")

    assert found.label == ("MMLU 5-shot",)
    assert found.head == ("Toy-13B", "Base")
    assert found.shots == {5}


def test_lines_without_headings_of_their_own_are_none():
    grids = lined(PDF, is_name)

    assert "89.8" in grids.beside
    assert "2.0" in grids.beside  # the names are those of the table before


@pytest.mark.parametrize(
    ("text", "shots"),
    [
        ("5-shot", {5}), ("zero-shot CoT", {0}), ("0- and 1-shot", {0, 1}), ("3-5-shot", {3, 5}),
        ("few-shot", set()), ("5 shots", {5}), ("gunshot", set()), ("MMLU 5", set()),
    ],
)  # fmt: skip
def test_shots_are_read_from_words_and_figures(text, shots):
    assert shots_in(text) == shots


def test_figures_are_whole_and_without_commas():
    assert figures_in("1,024 of 40.5% and v2.1") == {"1024", "40.5", "2.1"}
