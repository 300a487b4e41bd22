"""Entries of BibTeX files and the lines of their fields."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("bibtexparser", reason="the extra `documents` is not installed")

from llmnotes.documents.bibtex import read_entries

TEXT = """@string{acl = "ACL"}

@Article{one,
  Title = {A {T}itle},
  year  = 2023,
  booktitle = acl,
}
@misc{broken, title = {never closed
@misc{two, title = "Other"}
"""


def test_fields_know_their_lines_and_what_is_broken_is_passed_over():
    one, two = read_entries(TEXT, "a.bib")
    assert (one.key, one.kind, one.line) == ("one", "article", 3)
    assert {name: (field.text, field.line) for name, field in one.fields.items()} == {
        "title": ("A {T}itle", 4), "year": ("2023", 5), "booktitle": ("ACL", 6),
    }  # fmt: skip
    assert (two.key, two.line, two.fields["title"].text) == ("two", 9, "Other")


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(
    ("@misc", "@", "{", "}", '"', "=", ",", "\n", "a", "title", "year", "2023", "@string", "@comment", "\\",
     "#", " ")), max_size=60))  # fmt: skip
def test_any_text_is_read(parts):
    read_entries("".join(parts), "a.bib")
