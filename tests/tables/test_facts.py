"""Bullets and lines of keys and values are read as a table of facts."""

from __future__ import annotations

from llmnotes.tables import read
from tests.tables.reading import texts


def test_bullets_under_a_heading_are_keys_and_values() -> None:
    text = "## GPT-3\n- context length 2k tokens\n- **Params**: 175B\n- uses Adam\n"
    [table] = read(text, "x.md")

    assert (table.kind, table.headings) == ("facts", ("GPT-3",))
    assert texts(table) == [["context length", "2k tokens"], ["Params", "175B"], ["uses Adam"]]


def test_a_bullet_above_bullets_says_whose_facts_they_are() -> None:
    [table] = read("# Models\n- GPT-3\n  - params: 175B\n", "x.md")

    assert table.headings == ("Models", "GPT-3")


def test_lines_of_keys_and_values_need_no_bullets() -> None:
    [table] = read("Model: GPT-3\nParameters: 175B\n")

    assert texts(table) == [["Model", "GPT-3"], ["Parameters", "175B"]]


def test_prose_is_no_fact() -> None:
    assert read("It is said: nothing follows.\nAnd so the text goes on.\n") == []
