"""The full-text index holds the words of values, each once in an entry, and not the scores of results."""

import sqlite3
from contextlib import closing

import pytest

from llmnotes.store.texts import words


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("GQA", ["GQA"]),
        (4096, ["4096"]),
        (0.1, ["0.1"]),
        (False, []),
        (None, []),
        (["English", "Chinese"], ["English", "Chinese"]),
        ({"value": 0.1, "unit": "tokens"}, ["tokens"]),
        (
            [{"benchmark": "MMLU", "setting": "5-shot", "score": 68.9, "languages": ["French"]}],
            ["MMLU", "5-shot", "French"],
        ),
    ],
)
def test_the_words_of_a_value(value, expected):
    assert list(words(value)) == expected


def test_an_entry_says_each_text_once_and_without_the_signs_of_json(small_base):
    with closing(sqlite3.connect(small_base)) as store:
        bodies = [
            row[0] for row in store.execute("SELECT body FROM text_index WHERE kind = 'model'")
        ]

    for body in bodies:
        parts = body.split(" · ")
        assert len(parts) == len(set(parts))
        assert '{"' not in body
    assert any("MMLU · 5-shot" in body for body in bodies)
