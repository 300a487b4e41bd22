"""Languages by their names in other languages, codes and signs."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.cells.languages import read_languages


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("EN/ZH", ["English", "Chinese"]),
        ("中英", ["Chinese", "English"]),
        ("中文、英文", ["Chinese", "English"]),
        ("English and Chinese", ["English", "Chinese"]),
        ("bilingual (EN-ZH)", ["English", "Chinese"]),
        ("English only", ["English"]),
        ("Deutsch", ["German"]),
        ("English, Klingon", []),  # which is read as it stands
        ("中英等29种", []),
        ("multilingual", []),
        ("", []),
    ],
)
def test_languages_are_read_only_where_all_words_are_known(text, languages):
    assert [item.value for item in read_languages(text)] == languages


@pytest.mark.parametrize(
    ("text", "verdict"), [("中英双语", "agrees"), ("EN, ZH", "agrees"), ("日本語", "wrong")]
)
def test_a_cell_of_languages_is_held_against_the_base(cell, text, verdict):
    assert cell("ChatGLM2-6B", "Languages", text).verdict == verdict


def test_words_for_more_languages_name_none():
    found = read_languages("Mostly English (though multiple languages)")
    assert [item.value for item in found] == ["English"]
