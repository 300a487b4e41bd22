"""The words around a model's name, and the sizes in it."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.layout.name_words import listed, spellings, versions, without_citations
from llmnotes.quantities.sizes import find_sizes
from llmnotes.vocabulary import fold


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Zorg 7B [3]", "Zorg 7B"),
        ("Zorg 7B (Miller et al., 2023)", "Zorg 7B"),
        ("Zorg 7B†", "Zorg 7B"),
        ("Zorg 7B (2.3B)", "Zorg 7B (2.3B)"),
    ],
)
def test_citations_and_marks_go_and_other_brackets_stay(text, plain):
    assert without_citations(text) == plain


def test_a_name_is_also_spelled_without_brackets_and_fillers():
    assert spellings("the Zorg (base) model") == [
        "the Zorg (base) model", "the Zorg base model", "the Zorg model", "Zorg ( )", "Zorg",
    ]  # fmt: skip


@pytest.mark.parametrize("inside", ["GGUF", "thinking", "VL"])
def test_brackets_that_name_another_model_are_kept(inside):
    assert "Zorg" not in spellings(f"Zorg ({inside})")
    assert "Zorg" in spellings("Zorg (Acme)")


def test_versions_are_the_names_in_brackets_that_run_on_from_that_before_them():
    assert versions("GPT-9 (gpt-9-1106-preview)") == [fold("gpt-9-1106-preview")]
    assert versions("GPT-9 (preview)") == []


@pytest.mark.parametrize(
    ("text", "are"), [("7B, 13B and 70B", True), ("7B-Instruct-1M", False), ("7B", True)]
)
def test_sizes_are_a_list_where_only_links_stand_between_them(text, are):
    assert listed(text, find_sizes(text)) is are
