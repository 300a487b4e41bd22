"""The full-text index has the words of values, each once in an entry, and no numbers and common notes."""

import sqlite3
from contextlib import closing

import pytest

from llmnotes.store.texts import words


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("GQA", ["GQA"]),
        (4096, []),
        (0.1, []),
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


def test_a_note_of_more_than_two_models_is_left_out(small_base):
    with closing(sqlite3.connect(small_base)) as store:
        models = {
            note: set(keys.split())
            for note, keys in store.execute(
                "SELECT note, group_concat(subject, ' ') FROM claim "
                "WHERE subject_kind = 'model' AND note IS NOT NULL GROUP BY note"
            )
        }
        bodies = dict(store.execute("SELECT id, body FROM text_index WHERE kind = 'model'"))

    assert {len(keys) > 2 for keys in models.values()} == {True, False}
    for note, keys in models.items():
        assert all((note in bodies[key].split(" · ")) is (len(keys) <= 2) for key in keys)
