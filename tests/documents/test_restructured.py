"""reStructuredText: every kind of table with its line; nothing is included."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("docutils", reason="the extra `documents` is not installed")

from llmnotes.documents.restructured import read
from llmnotes.errors import InputError
from llmnotes.tables import read as tables

KINDS = {
    "grid": "+-----------+--------+\n| Model     | Layers |\n+===========+========+\n"
    "| BERT-Base | 12     |\n+-----------+--------+\n| GPT-2 XL  | 48     |\n+-----------+--------+\n",
    "simple": "=========  ======\nModel      Layers\n=========  ======\nBERT-Base  12\n"
    "GPT-2 XL   48\n=========  ======\n",
    "list": ".. list-table:: Sizes\n   :header-rows: 1\n\n   * - Model\n     - Layers\n"
    "   * - BERT-Base\n     - 12\n   * - GPT-2 XL\n     - 48\n",
    "csv": ".. csv-table:: Sizes\n   :header: Model, Layers\n\n   BERT-Base, 12\n   GPT-2 XL, 48\n",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table_is_read_with_the_lines_of_its_rows(kind):
    text = f"Title\n=====\n\nWords before it, of GPT-2 XL.\n\n{KINDS[kind]}\nWords behind it.\n"
    made = read(text.encode(), "a.rst")
    (table,) = (t for t in tables(made.text, "a.rst", "markdown") if t.kind == "table")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Model", "Layers"], ["BERT-Base", "12"], ["GPT-2 XL", "48"],
    ]  # fmt: skip
    lines = text.splitlines()
    for row in table.rows[1:]:
        line = made.origin(row[0].place).line
        assert line > 5
        assert row[0].text in lines[line - 1]
    if kind in {"list", "csv"}:
        assert "Sizes" in table.caption


def test_spans_are_kept():
    text = (
        "+-------+-----------------+\n| Model | Sizes           |\n+       +--------+--------+\n"
        "|       | Layers | Heads  |\n+=======+========+========+\n| BERT  | 12     | 12     |\n"
        "+-------+--------+--------+\n"
    )
    (table,) = tables(read(text.encode(), "a.rst").text, "a.rst", "markdown")
    assert [(c.text, c.colspan, c.rowspan) for c in table.rows[0]] == [
        ("Model", 1, 2),
        ("Sizes", 2, 1),
    ]


@pytest.mark.parametrize(
    "directive",
    [".. include:: {}", ".. raw:: html\n   :file: {}", ".. csv-table::\n   :file: {}",
     ".. literalinclude:: {}", ".. figure:: {}", ".. csv-table::\n   :url: file://{}"],
)  # fmt: skip
def test_no_other_file_is_read(directive, tmp_path):
    other = tmp_path / "secret.txt"
    other.write_text("secret words")
    assert "secret words" not in read(directive.format(other).encode(), "a.rst").text


def test_a_heading_below_another_is_of_a_lower_level():
    text = "Models\n======\n\nLLaMA 65B\n---------\n\n" + KINDS["simple"]
    (table,) = tables(read(text.encode(), "a.rst").text, "a.rst", "markdown")
    assert table.headings[-1] == "LLaMA 65B"


def test_code_and_comments_are_not_read():
    text = "::\n\n   | Model | Layers |\n   |-|-|\n   | BERT | 13 |\n\n.. a comment of BERT\n"
    assert "BERT" not in read(text.encode(), "a.rst").text


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(InputError, match="larger than 2 MiB"):
        read(b"a\n" * (2**20 + 1), "a.rst")


@pytest.mark.parametrize("length", [50_000, 50_001])
def test_a_line_that_is_too_long_is_refused_with_its_number(length):
    text = f"a\n{'x' * length}\n"
    if length <= 50_000:
        assert "xxx" in read(text.encode(), "a.rst").text
    else:
        with pytest.raises(InputError, match="a.rst:2: a line of more than 50,000 characters"):
            read(text.encode(), "a.rst")


LINES = st.lists(
    st.sampled_from(
        ("=====", "-----", "+---+---+", "| a | b |", "+===+===+", ".. table:: x", "   ", ".. csv-table::",
         "   :header: a, b", "   x, y", "* - a", "  - b", "::", ":a: b", "- x", "1. y", "``", "|x|_", "")
    ),
    max_size=25,
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(lines=LINES, words=st.text(max_size=40))
def test_any_lines_are_read(lines, words):
    text = "\n".join([*lines, words, *lines])
    made = read(text.encode("utf-8", "replace").replace(b"\0", b""), "a.rst")
    last = max(len(text.splitlines()), 1)
    assert all(1 <= origin.line <= last for origin in made.origins)
    tables(made.text, "a.rst", "markdown")
