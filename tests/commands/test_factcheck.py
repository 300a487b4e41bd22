"""`llmnotes factcheck` as a user runs it: files, exit codes, formats, corrections."""

from __future__ import annotations

import json
import re

import pytest

FALSE = (
    "| Model | Layers | Context |\n|---|---:|---|\n| LLaMA 65B | 60 | 2k |\n| T5-Base | 12 | |\n"
)
TRUE = FALSE.replace("| 60 |", "| 80 |")


@pytest.fixture
def notes(tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(f"# Notes\n\nSome words.\n\n{FALSE}\nMore words.\n", "utf-8")
    return path


def test_a_false_cell_ends_with_1_and_is_shown_where_it_stands(run, notes):
    result = run("factcheck", "notes.md")
    assert result.code == 1
    lines = result.out.splitlines()
    row = next(i for i, line in enumerate(lines) if "| LLaMA 65B | 60 | 2k |" in line)
    assert lines[row].lstrip().startswith("7 |")
    assert lines[row + 1].index("^^") == lines[row].index("60 |")
    assert "other-size" in result.out
    assert "touvron-2023-llama" in result.out


def test_a_true_table_ends_with_0(run, notes):
    notes.write_text(TRUE, "utf-8")
    assert run("factcheck", "notes.md").code == 0


def test_more_verdicts_may_end_with_1(run, notes):
    notes.write_text("| Model | Layers |\n|---|---|\n| GPT-4 | 120 |\n", "utf-8")
    assert run("factcheck", "notes.md").code == 0
    assert run("factcheck", "--fail-on", "partly-wrong,rumour", "notes.md").code == 1


def test_an_unknown_verdict_is_refused_with_the_known_ones(run, notes):
    result = run("factcheck", "--fail-on", "rumor", "notes.md")
    assert (result.code, result.out) == (2, "")
    assert "rumour" in result.err


def test_json_has_the_promised_shape(run, notes):
    found = run("factcheck", "notes.md", "-f", "json").json
    (table,) = found["tables"]
    assert (table["line"], table["orientation"], table["rows"]) == (5, "models-as-rows", [])
    cell = table["cells"][0]
    promised = {
        "row",
        "column",
        "text",
        "model",
        "attribute",
        "verdict",
        "cause",
        "expected",
        "reason",
        "sources",
    }
    assert promised <= set(cell)
    assert (cell["row"], cell["column"], cell["text"], cell["expected"]) == (1, 1, "60", "80")
    assert found["summary"]["wrong"] == 1
    assert found["summary"]["blank"] == 1


@pytest.mark.parametrize(
    "format", ["table", "markdown", "csv", "tsv", "json", "jsonl", "yaml", "latex", "html"]
)
def test_every_format_tells_of_the_false_cell(run, notes, format):
    result = run("factcheck", "notes.md", "-f", format)
    assert result.code == 1
    assert "other-size" in result.out


def test_sarif_names_rule_file_and_region(run, notes):
    log = json.loads(run("factcheck", "notes.md", "-f", "sarif").out)
    assert log["version"] == "2.1.0"
    (run_,) = log["runs"]
    (result,) = run_["results"]
    assert (result["ruleId"], result["level"]) == ("cell/wrong", "error")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "notes.md"
    assert place["region"] == {"startLine": 7, "startColumn": 15, "endLine": 7, "endColumn": 17}
    assert result["ruleId"] in {rule["id"] for rule in run_["tool"]["driver"]["rules"]}


def test_the_difference_is_shown_and_nothing_is_written(run, notes):
    before = notes.read_bytes()
    result = run("factcheck", "--diff", "notes.md")
    assert result.code == 1
    assert "-| LLaMA 65B | 60 | 2k |" in result.out
    assert "+| LLaMA 65B | 80[^source1] | 2k |" in result.out
    assert notes.read_bytes() == before


def test_a_correction_changes_only_the_false_cell_and_adds_a_footnote(run, notes):
    before = notes.read_text("utf-8").splitlines()
    assert run("factcheck", "--fix", "notes.md").code == 0
    after = notes.read_text("utf-8").splitlines()
    assert [line for line in before if line not in after] == ["| LLaMA 65B | 60 | 2k |"]
    assert any(line.startswith("[^source1]: Hugo Touvron") for line in after)
    assert run("factcheck", "notes.md").code == 0


def test_a_blank_is_filled_only_when_asked(run, notes):
    run("factcheck", "--fix", "notes.md")
    assert "| T5-Base | 12 | |" in notes.read_text("utf-8")
    run("factcheck", "--fix", "--fill", "notes.md")
    assert re.search(r"\| T5-Base \| 12 \| ?512\[\^source2\]", notes.read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "text", "fixed"),
    [
        ("t.csv", "Model,Layers\r\nLLaMA 65B,60\r\n", "Model,Layers\r\nLLaMA 65B,80\r\n"),
        ("t.tsv", "Model\tLayers\nLLaMA 65B\t60\n", "Model\tLayers\nLLaMA 65B\t80\n"),
        ("t.html", "<table><tr><th>Model<th>Layers<tr><td>LLaMA 65B<td>60</table>",
         "<table><tr><th>Model<th>Layers<tr><td>LLaMA 65B<td>80</table>"),
        ("t.tex",
         "\\begin{tabular}{lr}\nModel & Layers \\\\\n\\textbf{LLaMA} 65B & 60 \\\\\n\\end{tabular}\n",
         "\\begin{tabular}{lr}\nModel & Layers \\\\\n\\textbf{LLaMA} 65B & 80 \\\\\n\\end{tabular}\n"),
    ],
)  # fmt: skip
def test_a_file_is_corrected_in_its_own_format(run, tmp_path, name, text, fixed):
    path = tmp_path / name
    path.write_bytes(text.encode())
    assert run("factcheck", "--fix", name).code == 0
    assert path.read_bytes().decode() == fixed


def test_standard_input_is_checked_and_corrected_to_standard_output(run):
    assert run("factcheck", "-", input=FALSE).code == 1
    fixed = run("factcheck", "--fix", "-", input=FALSE)
    assert fixed.code == 0
    assert fixed.out.startswith(
        "| Model | Layers | Context |\n|---|---:|---|\n| LLaMA 65B | 80[^source1] |"
    )


def test_many_files_and_folders_are_checked_together(run, tmp_path, notes):
    folder = tmp_path / "docs" / "deep"
    folder.mkdir(parents=True)
    (folder / "more.md").write_text(FALSE, "utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\x00")
    found = run("factcheck", "notes.md", "docs", "docs/deep/more.md", "-f", "json").json
    assert [table["file"] for table in found["tables"]] == ["notes.md", "docs/deep/more.md"]


@pytest.mark.parametrize(
    "text",
    [
        FALSE.replace("| 60 | 2k |", "| 60 | 2k | <!-- llmnotes-ignore -->"),
        FALSE.replace("| 60 | 2k |", "| 60 | 2k | <!-- llmnotes-ignore: n_layers -->"),
        f"<!-- llmnotes-ignore: wrong -->\n\n{FALSE}",
        f"<!-- llmnotes-ignore-file -->\n\n# A\n\n# B\n\n{FALSE}",
    ],
)
def test_comments_in_the_file_keep_cells_from_being_reported(run, notes, text):
    notes.write_text(text, "utf-8")
    assert run("factcheck", "notes.md").code == 0
    assert run("factcheck", "--no-ignore", "notes.md").code == 1


def test_a_comment_about_another_verdict_covers_nothing(run, notes):
    notes.write_text(f"<!-- llmnotes-ignore: rumour -->\n\n{FALSE}", "utf-8")
    assert run("factcheck", "notes.md").code == 1


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"no table here\n", 0, "no table found"),
        (b"| Model | Layers |\n|---|---|\n| Foo | 3 |\n", 0, "no table names a model"),
        (b"| LLaMA 7B |\n|---|\n|  |\n|  | GQA |\n", 0, "no table speaks of models"),
        (b"| Day | Weather |\n|---|---|\n| Monday | rain |\n", 0, "no table speaks of models"),
        (b"\x00\x01\xff\xfe", 2, "not"),
    ],
)
def test_a_file_with_nothing_to_check_gets_one_sentence(run, notes, content, code, words):
    notes.write_bytes(content)
    result = run("factcheck", "notes.md")
    assert (result.code, result.out) == (code, "")
    assert words in result.err
    assert len(result.err.strip().splitlines()) == 1


def test_a_missing_file_and_an_empty_folder_get_one_sentence(run, tmp_path):
    (tmp_path / "empty").mkdir()
    for name in ("missing.md", "empty"):
        result = run("factcheck", name)
        assert (result.code, result.out) == (2, "")
        assert name in result.err


def test_a_file_of_two_gigabytes_is_refused_at_once(run, tmp_path):
    with (tmp_path / "huge.csv").open("wb") as file:
        file.truncate(2 * 2**30)
    result = run("factcheck", "huge.csv")
    assert result.code == 2
    assert "larger than" in result.err


def test_control_characters_of_a_file_do_not_reach_the_terminal(run, notes):
    notes.write_text(FALSE.replace("60", "60 \x1b[31mred"), "utf-8")
    assert "\x1b" not in run("factcheck", "notes.md").out
