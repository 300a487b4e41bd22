"""LaTeX: commands, rules, comments, merged cells and long tables."""

from __future__ import annotations

import pytest

from llmnotes.tables import replace
from tests.tables.reading import only, texts


def test_commands_rules_and_comments_are_no_words() -> None:
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


def test_merged_cells_span_and_keep_their_command_when_written() -> None:
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


def test_the_repeated_head_of_a_long_table_is_read_once() -> None:
    text = (
        "\\begin{longtable}{ll}\na & b \\\\ \\endfirsthead\na & b (cont.) \\\\ \\endhead\n"
        "more & \\\\ \\endfoot\n1 & 2 \\\\\n\\end{longtable}"
    )

    assert texts(only(text)) == [["a", "b"], ["1", "2"]]


def test_a_rule_below_every_row_makes_no_row_a_header() -> None:
    body = r"A & B \\ \midrule x & 1 \\ \midrule y & 2 \\ \midrule"
    table = only(rf"\begin{{tabular}}{{ll}} {body} \end{{tabular}}", "latex")
    assert [row[0].header for row in table.rows] == [True, False, False]


def test_the_place_of_the_words_of_a_cell_is_no_text() -> None:
    table = only(
        r"\begin{tabular}{ll} A & B \\ \makecell[c]{7B / \\ 72B} & 1 \end{tabular}", "latex"
    )
    assert table.rows[1][0].text.split() == ["7B", "/", "72B"]


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("\\href{https://a.io}{CogAgent} \\githubicon{https://a.io/b}", "CogAgent"),
        ("\\url{https://a.io/b}", "https://a.io/b"),
        ("\\emph{see https://a.io/b}", "see https://a.io/b"),
    ],
)
def test_the_target_of_a_sign_is_no_word(tex: str, text: str) -> None:
    table = only(f"\\begin{{tabular}}{{ll}}Model & Size \\\\ A & {tex} \\\\\\end{{tabular}}")

    assert table.rows[1][1].text == text
