"""Org files: read where they stand, and written in place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from llmnotes.tables import read, replace
from llmnotes.tables.org import as_markdown

TEXT = """#+TITLE: Notes
* Models
:PROPERTIES:
:ID: 7
:END:
** LLaMA
#+CAPTION: Sizes of models
| Model     | Layers |
|-----------+--------|
| LLaMA 65B |     60 |
#+begin_src python
| Model | Layers |
| BERT  |     99 |
#+end_src
"""


def test_a_table_is_read_with_its_headings_and_caption_and_code_is_not():
    (table,) = read(TEXT, "a.org")
    assert table.format == "org"
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Model", "Layers"], ["LLaMA 65B", "60"],
    ]  # fmt: skip
    assert table.headings == ("Models", "LLaMA")
    assert table.caption == "Sizes of models"


def test_a_cell_is_written_where_it_stands():
    (table,) = read(TEXT, "a.org")
    place = table.rows[1][1].place
    assert replace(TEXT, [(place, "80")], "org") == TEXT.replace("60", "80")
    assert r"a \vert{} b" in replace(TEXT, [(place, "a | b")], "org")


def test_a_corrected_file_is_right(run, tmp_path):
    (tmp_path / "a.org").write_text(TEXT, "utf-8")
    assert run("factcheck", "a.org", "--fix").code == 0
    assert (tmp_path / "a.org").read_text("utf-8") == TEXT.replace("60", "80")


def test_a_comment_of_the_file_keeps_a_table_from_being_reported(run, tmp_path):
    (tmp_path / "a.org").write_text(
        TEXT.replace("| Model     ", "# llmnotes-ignore\n| Model     ", 1)
    )
    assert run("factcheck", "a.org").code == 0


@given(st.lists(st.sampled_from(
    ("* a", "** b", "| a | b |", "|---+---|", "#+begin_src x", "#+end_src", ":A:", ":END:", "#+caption: c",
     "# x", "#+x: y", "- a :: b", "", "words")), max_size=30))  # fmt: skip
def test_every_character_stays_in_its_place(lines):
    text = "\n".join(lines)
    shown = as_markdown(text)
    assert len(shown) == len(text)
    assert [n for n, c in enumerate(shown) if c == "\n"] == [
        n for n, c in enumerate(text) if c == "\n"
    ]
    read(text, "a.org")
