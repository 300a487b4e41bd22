"""`compare`: output for papers, and options refused where they do not apply."""

import re

import bibtexparser
import pytest

PAIR = (
    "compare",
    "llama",
    "llama-2",
    "--attributes",
    "params_total,attention,context,normalization",
)


def keys(text):
    return {key for found in re.findall(r"\\cite\{([^}]*)\}", text) for key in found.split(",")}


@pytest.mark.parametrize("how", ["--cite", "--cite-notes"])
def test_cited_keys_are_those_of_the_bibliography_and_of_cite(run, tmp_path, how):
    done = run(*PAIR, "-f", "latex", how, "--bib", "refs.bib")

    entries = bibtexparser.parse_file(str(tmp_path / "refs.bib")).entries
    whole = bibtexparser.parse_string(run("cite", "llama", "llama-2", "-f", "bibtex").out).entries
    assert (done.code, done.err) == (0, "wrote refs.bib\n")
    assert keys(done.out) == {entry.key for entry in entries}
    assert keys(done.out) <= {entry.key for entry in whole}
    assert len(entries) < len(whole)


def test_a_cited_table_lists_no_sources_and_explains_what_was_computed(run):
    cited, listed = run(*PAIR, "-f", "latex", "--cite").out, run(*PAIR, "-f", "latex").out

    assert r"\begin{enumerate}" in listed
    assert r"\begin{enumerate}" not in cited
    assert r"\textsuperscript{a}~computed (the sum of the sizes" in cited
    assert "parameters-from-shape" not in keys(cited)


def test_the_bibliography_comes_with_any_format_and_leaves_the_table_as_it_is(run, tmp_path):
    alone, both = run(*PAIR, "-f", "csv"), run(*PAIR, "-f", "csv", "--bib", "refs.bib")

    assert alone.out == both.out
    assert run(*PAIR, "--no-sources", "--bib", "bare.bib").code == 0
    assert (tmp_path / "bare.bib").read_text() == (tmp_path / "refs.bib").read_text()
    assert (tmp_path / "refs.bib").read_text().startswith("@")


def test_a_table_floats_with_caption_and_label_or_breaks_over_pages(run):
    floats = run(*PAIR, "-f", "latex", "--caption", "50 % of it", "--label", "tab:a").out
    long = run(*PAIR, "-f", "latex", "--caption", "x", "--label", "tab:a", "--longtable").out

    assert "\\caption{50 \\% of it}\n\\label{tab:a}\n\\begin{tabularx}{\\textwidth}" in floats
    assert floats.count(r"\begin{table*}") == floats.count(r"\end{table*}") == 1
    assert r"\begin{longtable}" in long
    assert r"\caption{x}\label{tab:a} \\" in long
    assert r"\begin{table*}" not in long


def test_models_become_rows_in_every_format_of_tables(run):
    for format in ("csv", "markdown", "html", "latex", "table"):
        plain = run(*PAIR, "-f", format, "--no-sources").out
        turned = run(*PAIR, "-f", format, "--no-sources", "--transpose").out
        assert plain != turned
        assert "2,048" in turned

    lines = run(*PAIR, "-f", "csv", "--transpose", "--no-sources").out.splitlines()
    assert lines[0] == "Model,Parameters ≠,Attention ≠,Context length ≠,Normalization ?"
    assert [line.split(",")[0] for line in lines[1:]] == [
        "LLaMA (7B · 13B · 33B · 65B)",
        "Llama 2 (7B · 13B · 34B · 70B)",
    ]


def test_a_wide_table_goes_on_in_further_ones(run):
    names = ["bert", "t5", "gpt-1", "gpt-2", "palm"]

    text = run(
        "compare", *names, "--attributes", "n_layers", "--columns-per-table", "2", "-f", "markdown"
    ).out

    headers = [line for line in text.splitlines() if line.startswith("| Attribute")]
    assert len(headers) == 3
    assert headers[2].count("|") == 3


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("-f", "html", "--cite"), "--cite is for latex only, not for html"),
        (("--cite-notes",), "--cite-notes is for latex only, not for table"),
        (("-f", "json", "--longtable"), "--longtable is for latex only, not for json"),
        (("-f", "csv", "--label", "x"), "--label is for latex only, not for csv"),
        (("-f", "csv", "--caption", "x"), "--caption is for printed tables only, not for csv"),
        (("-f", "yaml", "--transpose"), "--transpose is for tables only, not for yaml"),
        (
            ("-f", "jsonl", "--columns-per-table", "2"),
            "--columns-per-table is for printed tables only",
        ),
        (
            ("-f", "latex", "--columns-per-table", "0"),
            "--columns-per-table takes a number from 1, not 0",
        ),
        (("-f", "latex", "--columns-per-table", "x"), "--columns-per-table takes a whole number"),
        (("-f", "latex", "--label", "x"), "--label names a caption's number; give --caption too"),
        (
            ("-f", "latex", "--label", "a}b", "--caption", "x"),
            "--label takes letters, digits and :._/+-",
        ),
        (("-f", "latex", "--cite", "--cite-notes"), "two ways of citing; take one"),
        (("-f", "latex", "--cite", "--no-sources"), "--no-sources leaves nothing to cite"),
        (("--bib", "x", "-o", "x"), "--bib and --output are both x"),
        (("--unknown-too",), "--unknown-too adds to --only-differences"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_an_option_that_means_nothing_here_is_refused(run, tmp_path, arguments, complaint):
    done = run("compare", "llama", "llama-2", *arguments)

    assert (done.code, done.out) == (2, "")
    assert complaint in " ".join(done.err.split())
    assert not list(tmp_path.glob("x*"))


def test_what_is_said_of_one_only_has_its_own_mark(run):
    rows = {line.split("  ")[0] for line in run(*PAIR).out.splitlines()}

    assert {"Normalization ?", "Attention ≠", "Context length ≠"} <= rows
    known = run(*PAIR, "--only-differences").out
    more = run(*PAIR, "--only-differences", "--unknown-too").out
    assert "Normalization" not in known
    assert "Normalization ?" in more


def test_compare_llama_llama2_is_complete_and_cited(run):
    result = run("compare", "llama", "llama2")

    assert result.code == 0
    assert result.err == ""
    for text in (
        "7B · 13B · 33B · 65B",
        "7B · 13B · 34B · 70B",
        "2,048",
        "4,096",
        "1.0T–1.4T",
        "2.0T",
    ):
        assert text in result.out
    assert "MHA (7B, 13B) · GQA (34B, 70B)" in result.out
    assert "[1] Hugo Touvron et al. (2023)" in result.out


def test_the_json_of_a_comparison_has_the_promised_shape(run):
    found = run("compare", "llama", "llama2", "-f", "json").json

    assert set(found) == {"subjects", "rows", "effects", "sources"}
    assert found["subjects"][1]["models"] == [
        "llama-2-7b",
        "llama-2-13b",
        "llama-2-34b",
        "llama-2-70b",
    ]
    for row in found["rows"]:
        assert {"attribute", "label", "group", "unit", "differs", "cells"} <= set(row)
        for cell in row["cells"]:
            assert {"subject", "text", "values"} <= set(cell)
            for value in cell["values"]:
                assert {"models", "value", "status", "source", "locator"} <= set(value)


@pytest.mark.parametrize("columns", ["40", "1", "999"])
def test_a_pipe_is_never_fitted_or_cut(run, columns):
    result = run("compare", "llama", "llama2", COLUMNS=columns)

    assert "MHA (7B, 13B) · GQA (34B, 70B)" in result.out
    assert "…" not in result.out
