"""Tables as a real LaTeX sets them, in two columns and in one: no error, nothing out of its box."""

import re
import shutil
import subprocess

import pytest

from llmnotes.export import render
from llmnotes.export.answer import Answer, AnswerTable, Cell, Row
from llmnotes.export.bibliography import bibtex
from llmnotes.export.footnote import Footnote
from llmnotes.export.typesetting import Typesetting
from llmnotes.knowledge.compare import compare
from llmnotes.views.comparison import ComparisonLayout, comparison_answer

NINE = ["bert", "t5", "gpt-1", "gpt-2", "gpt-3", "gpt-4", "palm", "llama", "llama-2"]
TWELVE = (
    "organization", "release_date", "architecture", "params_total", "training_data", "tokenizer",
    "positional_encoding", "attention", "activation", "context_length", "n_layers", "optimizer",
)  # fmt: skip
PACKAGES = r"\usepackage[T1]{fontenc}\usepackage{booktabs,tabularx,longtable,array,xurl}"
DOCUMENTS = {
    # As the style of the ACL: A4, two columns of Times, citations by author and year.
    "two columns": r"\documentclass[11pt,twocolumn,a4paper]{article}"
    r"\usepackage[margin=2.5cm,columnsep=0.6cm]{geometry}\usepackage{times}"
    rf"{PACKAGES}\usepackage{{natbib}}\bibliographystyle{{plainnat}}",
    "article": rf"\documentclass{{article}}{PACKAGES}\bibliographystyle{{plain}}",
}
WIDEST = 10.0
"""Points that a line may stand out of its box."""


@pytest.fixture
def compiled(tmp_path):
    """Sets a document, with its bibliography where there is one, and returns LaTeX's log."""
    if shutil.which("pdflatex") is None:
        pytest.skip("no LaTeX here: pdflatex is not installed")

    def call(document, body, bibliography=""):
        end = r"\bibliography{refs}" if bibliography else ""
        (tmp_path / "refs.bib").write_text(bibliography)
        (tmp_path / "paper.tex").write_text(
            f"{DOCUMENTS[document]}\n\\begin{{document}}\nText.\n\n{body}\n{end}\\end{{document}}\n"
        )
        runs = [["pdflatex", "-interaction=nonstopmode", "paper.tex"]]
        if bibliography and shutil.which("bibtex"):
            runs = [*runs, ["bibtex", "paper"], *runs, *runs]
        for run in runs:
            subprocess.run(run, cwd=tmp_path, capture_output=True, timeout=120, check=False)
        log = (tmp_path / "paper.log").read_text(errors="replace")
        if "not found" in log and ".sty" in log:
            pytest.skip("this LaTeX lacks a package of the document")
        return log

    return call


def faults(log):
    """Errors, floats that no page holds, and lines too far out of their boxes."""
    wide = [float(width) for width in re.findall(r"Overfull \\hbox \(([\d.]+)pt", log)]
    return [
        *re.findall(r"^!.*", log, re.M),
        *re.findall(r"Float too large.*", log),
        *re.findall(r"Citation `.*' .*undefined", log),
        *[width for width in wide if width > WIDEST],
    ]


def nine(connection, **how):
    found = compare(connection, NINE, attributes=TWELVE)
    style = Typesetting("tab:nine", long=how.pop("long", False), cites=how.pop("cites", ""))
    layout = ComparisonLayout(with_effects=False, caption="Nine & more", typesetting=style, **how)
    return render(comparison_answer(found, layout), "latex"), bibtex(found.sources)


@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.parametrize(
    "how",
    [
        {"cites": "cells"},
        {"cites": "notes", "transpose": True, "columns_per_table": 6},
    ],
    ids=["cited", "transposed"],
)
def test_nine_models_with_twelve_attributes_are_set(connection, compiled, document, how):
    body, references = nine(connection, **how)

    log = compiled(document, body, references)

    assert faults(log) == []
    assert "Output written" in log


NARROW = ("RedPajama-INCITE", "quality-filtering", "SentencePieceTokenizer", "TPUv5e")
ADDRESS = "https://huggingface.co/togethercomputer/RedPajama-INCITE-7B-Base"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_thirteen_narrow_columns_break_names_and_addresses(compiled, document):
    texts = [*NARROW, ADDRESS, "unknown"]
    rows = [
        Row(tuple(Cell(texts[(row + column) % len(texts)]) for column in range(13)))
        for row in range(6)
    ]
    table = AnswerTable(
        ("id", *"abcdefghijkl"), rows, caption="Thirteen", typesetting=Typesetting()
    )

    body = render(Answer([table], []), "latex")

    assert faults(compiled(document, body)) == []


def test_a_cell_of_many_short_words_is_not_taken_for_lower_than_it_is(compiled):
    words = ", ".join(["Ukrainian", "Norwegian", "Malayalam", "Hungarian"] * 6)
    cells = (Cell(words), *(Cell("unknown") for _ in range(12)))
    rows = [Row((Cell(f"m{number}"), *cells)) for number in range(9)]
    table = AnswerTable(("id", *"abcdefghijklm"), rows, caption="High", typesetting=Typesetting())

    log = compiled("article", render(Answer([table], []), "latex"))

    assert re.findall(r"Float too large.*", log) == []


def test_with_a_list_of_sources_addresses_break_in_two_columns(connection, compiled):
    body, _ = nine(connection)

    assert body.count(r"\url{") > 10
    assert faults(compiled("two columns", body)) == []


def test_a_long_table_is_set_in_one_column(connection, compiled):
    body, _ = nine(connection, long=True)

    assert r"\begin{longtable}" in body
    assert faults(compiled("article", body)) == []


HOSTILE = [
    r"\input{/etc/passwd}", r"\write18{id}", "100% of $5 & #1 ~ {a} ^_", "a\\\\b", "[x] *y*",
    "\x1b[31m", "中文 ħ ſ Ǟ θ ∞ “q” ‘r’", "-- --- `` '' ,, ?`", "\\", "{", "}", "^^5c", "%",
    "\\verb|", "\\end{table*}",    "https://a.b/%x_y#z~", "javascript:alert(1)",
]  # fmt: skip


def test_no_text_acts_on_latex(compiled):
    """Every hostile text as head, cell, caption, heading and note."""
    rows = [
        Row((Cell(text), *(Cell(text, notes=(1,)) for _ in range(2))), text) for text in HOSTILE
    ]
    tables = [
        AnswerTable(
            ("id", text, "c"), rows, ("", text, ""), caption=text,
            footnotes=[Footnote(1, f"{text} https://a.b/{text}", text, text, "")],
            typesetting=Typesetting(),
        )
        for text in HOSTILE
    ]  # fmt: skip

    log = compiled("article", render(Answer(tables, []), "latex"))

    assert re.findall(r"^!.*", log, re.M) == []
    assert "Output written" in log
