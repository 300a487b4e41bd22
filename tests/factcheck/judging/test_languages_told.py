"""Languages told by their number, or as several."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.judging.languages_told import told_otherwise


@pytest.mark.parametrize(
    ("text", "languages", "true"),
    [
        ("2", ["English", "Chinese"], True),
        ("3 languages", ["English", "Chinese"], False),
        ("2+", ["English", "Chinese", "French"], True),
        ("4+", ["English", "Chinese", "French"], False),
        ("140+", ["over 140 languages"], True),
        ("100+", ["over 140 languages"], False),
        ("multilingual", ["English", "Chinese"], True),
        ("多语", ["English", "Chinese"], True),
        ("multilingual", ["over 140 languages"], True),
        ("multilingual", ["English"], False),
        ("English", ["English"], False),  # which is compared by name
    ],
)
def test_languages_are_told_by_number_or_as_several(text, languages, true):
    assert (told_otherwise(Item(text, text), languages) is not None) is true


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("Baichuan-7B", "Chinese, English", "agrees"),
        ("BLOOM", "English", "agrees"),
        ("OPT-66B", "English/Chinese", "wrong"),  # which its publisher's country does not speak
    ],
)
def test_the_publishers_own_language_may_be_unsaid(cell, model, text, verdict):
    assert cell(model, "Languages", text).verdict == verdict
