"""Corrected files: slipped rows moved, values written as those around them, and a second run idle."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmnotes.factcheck.reporting.fix import fix
from llmnotes.factcheck.reporting.report import check_text
from tests.curated import checker

CHECKER = checker()
FAILING = ("wrong", "misplaced")


def rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [
        [re.sub(r"\[\^.*?\]", "", c).strip() for c in line.strip()[1:-1].split("|")]
        for line in lines
    ]


def twice(text: str, name: str, fill: bool = False) -> None:
    """A second run finds nothing to do in what the first one made."""
    file = check_text(CHECKER, name, text)
    first = fix(CHECKER, file, FAILING, str, fill=fill, heed=True)
    second = fix(CHECKER, first.checked, FAILING, str, fill=fill, heed=True)
    assert [str(change) for change in second.changes] == []
    assert second.text == first.text


def test_a_missing_cell_is_put_in_and_every_value_kept(corrected):
    found = corrected(
        "| | BERT | GPT-2 XL | PaLM 540B | LLaMA 65B |\n|---|---|---|---|---|\n"
        "| Vocabulary | 30522 | 256000 | 32000 |\n"
    )
    assert rows(found.text)[-1] == ["Vocabulary", "30522", "", "256000", "32000"]
    assert all(change.moved for change in found.changes)


@pytest.mark.parametrize(
    ("name", "text", "after"),
    [
        ("t.csv", "x,BERT,GPT-2 XL,PaLM 540B,LLaMA 65B\nVocabulary,30522,256000,32000\n",
         "Vocabulary,30522,,256000,32000"),
        ("t.tsv", "x\tBERT\tGPT-2 XL\tPaLM 540B\tLLaMA 65B\nVocabulary\t30522\t256000\t32000\n",
         "Vocabulary\t30522\t\t256000\t32000"),
        ("t.html", "<table><tr><th>x<th>BERT<th>GPT-2 XL<th>PaLM 540B<th>LLaMA 65B"
                   "<tr><td>Vocabulary<td>30522<td>256000<td>32000</table>",
         "<td>30522<td></td><td>256000<td>32000"),
        ("t.tex", "\\begin{tabular}{lllll}\nx & BERT & GPT-2 XL & PaLM 540B & LLaMA 65B \\\\\n"
                  "Vocabulary & 30522 & 256000 & 32000 \\\\\n\\end{tabular}\n",
         "Vocabulary & 30522 & & 256000 & 32000"),
    ],
)  # fmt: skip
def test_a_missing_cell_is_put_in_by_the_marks_of_each_format(corrected, name, text, after):
    found = corrected(text, name)
    assert after in found.text


def test_cells_of_a_full_row_move_by_one_column_where_a_blank_takes_them(corrected):
    found = corrected(
        "| Model | Layers | d_model | Heads | Vocabulary |\n|---|---|---|---|---|\n"
        "| LLaMA 65B | | 80 | 8192 | 64 |\n"
    )
    assert rows(found.text)[-1] == ["LLaMA 65B", "80", "8192", "64", ""]


def test_a_row_whose_gap_cannot_be_found_is_left(corrected):
    text = "| | BERT | GPT-1 | LLaMA 65B | LLaMA 7B |\n|---|---|---|---|---|\n| Layers | 96 | 95 | 94 |\n"
    found = corrected(text)
    assert (found.text, found.changes) == (text, [])
    assert any(finding.undecided for finding in found.checked.tables[0].findings)


def test_a_misplaced_value_moves_to_the_blank_it_is_true_of(corrected):
    found = corrected(
        "| Model | d_ff | d_model |\n|---|---|---|\n| LLaMA 65B | 8192 | |\n| LLaMA 7B | 11008 | 4096 |\n"
    )
    assert rows(found.text)[2] == ["LLaMA 65B", "22016", "8192"]


@pytest.mark.parametrize(
    ("header", "good", "bad", "after"),
    [
        ("Released", "2023", "2021", "2022"),
        ("Released", "Feb 2023", "May 2021", "Apr 2022"),
        ("Released", "2023/02", "2021/05", "2022/04"),
        ("Context", "2k", "9k", "2k"),
        ("Context", "2,048", "9,048", "2,048"),
        ("Params (B)", "65.2", "250", "540.4"),
        ("Norm", "RMSNorm", "RMSNorm", "LayerNorm"),
        ("MQA", "✗", "✗", "✓"),
        ("MQA", "no", "no", "yes"),
        ("Evaluation", "BoolQ", "training loss", "TriviaQA"),
    ],
)
def test_a_correction_is_written_as_the_cells_around_it(corrected, header, good, bad, after):
    found = corrected(
        f"| Model | {header} |\n|---|---|\n| LLaMA 65B | {good} |\n| PaLM 540B | {bad} |\n"
    )
    assert rows(found.text)[2:] == [["LLaMA 65B", good], ["PaLM 540B", after]]


def test_only_the_false_part_of_a_cell_is_replaced(corrected):
    found = corrected("| Model | Norm |\n|---|---|\n| PaLM 540B | Pre-LN (RMSNorm), own code |\n")
    assert rows(found.text)[-1] == ["PaLM 540B", "Pre-LN (LayerNorm), own code"]


def test_what_was_removed_is_listed_and_kept_in_the_footnote(corrected):
    found = corrected("| Model | Context |\n|---|---|\n| GPT-2 XL | 1,600 |\n")
    assert [str(change) for change in found.changes] == ["GPT-2 XL, Context: 1,600 → 1,024"]
    assert "Instead of 1,600 (GPT-2 XL, Context)." in found.text


def test_a_source_that_the_file_cites_already_is_not_cited_twice(corrected):
    first = corrected("| Model | Layers |\n|---|---|\n| LLaMA 65B | 60 |\n").text
    again = corrected(first.replace("| 80[^source1] |", "| 60 |")).text
    assert again.count("[^source1]: ") == 1
    assert "80[^source1]" in again


@pytest.mark.thorough
def test_every_table_there_is_comes_to_rest_after_one_run(reference):
    for path in sorted((reference / "tables").glob("*/table.*")):
        text = path.read_text("utf-8", errors="replace")
        for fill in (False, True):
            twice(text, path.name, fill)


def test_planted_errors_come_to_rest_after_one_run(planting):
    names = dict(
        CHECKER.base.connection.execute("SELECT id, name FROM models WHERE variant = 'base'")
    )
    draw = random.Random(11)
    for across in (True, False) * 6:
        sheet = planting.draw_sheet(CHECKER, names, draw)
        planting.plant(CHECKER, sheet, draw, across)
        twice(planting.markdown(sheet, across), "sheet.md")
        twice(planting.csv_text(sheet, across), "sheet.csv")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["LLaMA 7B", "PaLM", "T5", "Layers", "Time", "Heads", "7B", "4k", "", "—",
                             "12+12", "GQA", "2023", "casual decoder", "GLEU", "32", "64", "✓", "RLHF"]),
            min_size=1, max_size=6,
        ),
        min_size=2, max_size=6,
    )
)  # fmt: skip
def test_any_table_comes_to_rest_after_one_run(cells):
    lines = [f"| {' | '.join(row)} |" for row in cells]
    lines.insert(1, "|" + "---|" * len(cells[0]))
    twice("\n".join(lines) + "\n", "t.md")


def test_of_two_numbers_in_a_cell_the_true_one_is_kept(corrected):
    found = corrected(
        "| Model | Params (active/total) | RoPE base |\n|---|---|---|\n"
        "| Mixtral 8x22B | 39B / 161B | 1,000,000 |\n| LLaMA 65B | 65B | 1,000,000 |\n"
    )

    assert rows(found.text)[1:] == [
        ["---", "---", "---"],
        ["Mixtral 8x22B", "39B / 141B", "1,000,000"],
        ["LLaMA 65B", "65B", "10,000"],
    ]


def test_a_term_is_written_in_the_words_of_its_column(corrected):
    head = "| Modelo | Arquitectura |\n|---|---|\n| GPT-2 XL | solo decodificador |\n"
    found = corrected(f"{head}| BERT-base | codificador |\n| LLaMA 7B | codificador |\n")
    assert rows(found.text)[-1] == ["LLaMA 7B", "solo decodificador"]


def test_a_value_of_a_companion_is_replaced_by_its_own_kind(corrected):
    head = "| Model | Training data |\n|---|---|\n| Llama 2 70B | 2T tokens |\n"
    found = corrected(f"{head}| LLaMA 65B | 1.9T tokens |\n")
    assert rows(found.text)[-1] == ["LLaMA 65B", "1.4T tokens"]


def test_cells_that_are_moved_back_are_told_of_one_by_one(corrected):
    head = "| Model | Layers | Heads | d_model | Context |\n|---|---|---|---|---|\n"
    found = corrected(f"{head}| GPT-2 XL | | 48 | 25 | 1600 |\n")
    assert rows(found.text)[-1] == ["GPT-2 XL", "48", "25", "1600", ""]
    assert [str(change).split(": ", 1)[1] for change in found.changes] == [
        "(blank) → 48, moved", "48 → 25, moved", "25 → 1600, moved", "1600 → (blank), moved",
    ]  # fmt: skip


def test_thousands_are_parted_in_latex_as_its_author_parts_them(corrected):
    lines = ["Model & d_model", "LLaMA 65B & 8\\,192", "OPT-66B & 9\\,261", "\\end{tabular}\n"]
    text = "\\begin{tabular}{lr}\n" + " \\\\\n".join(lines)
    assert "OPT-66B & 9\\,216 " in corrected(text, "t.tex").text


def test_a_size_behind_a_name_is_told_and_left_as_it_is(corrected):
    text = "| Model | Layers |\n|---|---|\n| Llama 2 (65B) | 80 |\n| Llama 2 7B | 33 |\n"
    found = corrected(text)

    assert rows(found.text)[-2:] == [["Llama 2 (65B)", "80"], ["Llama 2 7B", "32"]]
