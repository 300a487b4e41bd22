"""Amounts of data against the sizes of datasets."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging.data_amounts import (
    cannot_be,
    corpus_sizes,
    same_amount,
    times_seen,
)

WEBTEXT = [{"name": "WebText", "size": 40_000_000_000, "unit": "bytes"}]
MIX = [
    {"name": "Books", "size": 16_000_000_000, "unit": "bytes"},
    {"name": "News", "size": 76_000_000_000, "unit": "bytes"},
]


@pytest.mark.parametrize("text", ["40GB", "~40 GB", "40 GiB of text", "0.04TB", "40,000 MB"])
def test_the_size_of_the_data_is_that_of_its_datasets(text):
    assert same_amount(text, WEBTEXT, None) == "by the size of the data"


@pytest.mark.parametrize(
    ("text", "true"), [("92GB", True), ("93GB", True), ("95GB", False), ("76 GB", True)]
)
def test_the_size_of_several_is_the_sum_or_one_of_them(text, true):
    assert (same_amount(text, MIX, None) is not None) is true


@pytest.mark.parametrize(
    ("text", "datasets", "note"),
    [
        ("41GB", WEBTEXT, None),
        ("40GB", [{"name": "WebText", "size": 40_000_000_000, "unit": "tokens"}], None),
        ("92GB", [*MIX, {"name": "Code"}], None),  # whose size is not known
        ("40GB", [{"name": "WebText"}], "140 GB of text"),
        ("WebText", WEBTEXT, None),
    ],
)
def test_other_amounts_are_not(text, datasets, note):
    assert same_amount(text, datasets, note) is None


def test_a_note_may_tell_the_amount():
    assert (
        same_amount("40GB", [{"name": "WebText"}], "About 40 GB of text.") == "as a note on it says"
    )


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("40GB", "agrees-normalised"), ("45GB", "unreadable"), ("WebText, 40GB", "agrees")],
)
def test_an_amount_below_training_data_is_judged(cell, text, verdict):
    assert cell("GPT-2", "Training data", text).verdict == verdict


CODE = {"name": "Code", "size": 175 * 10**9, "unit": "tokens"}
TEXT = {"name": "Text", "size": 25 * 10**9, "unit": "tokens"}


@pytest.mark.parametrize(
    ("datasets", "sizes"),
    [
        ([CODE], [(175 * 10**9, "tokens")]),
        ([CODE, TEXT], [(200 * 10**9, "tokens")]),
        ([{**CODE, "unit": "words"}], [(175 * 10**9, "words")]),
        ([CODE, {**TEXT, "unit": "words"}], []),  # which do not add up
        ([CODE, {"name": "Text"}], []),  # a part of unknown size
        ([{**CODE, "unit": "bytes"}], []),
        ([{"name": "Code"}], []),
    ],
)
def test_the_size_of_a_corpus_is_the_sum_of_its_parts(datasets, sizes):
    assert list(corpus_sizes(datasets, None)) == sizes


def test_the_size_of_a_whole_may_be_known_without_that_of_its_parts():
    parts = [{"name": "Code"}, {"name": "Text"}]
    assert list(corpus_sizes(parts, {"words": 180})) == [(180, "words")]
    assert list(corpus_sizes(parts, {"words": 180, "tokens": 240})) == [
        (240, "tokens"), (180, "words"),
    ]  # fmt: skip
    assert list(corpus_sizes([{"name": "Code", "size": 90, "unit": "words"}], {"tokens": 240})) == [
        (240, "tokens"), (90, "words"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "seen", "remark"),
    [
        ("tokens", 525 * 10**9, "the size of the corpus, which was seen 3 times"),
        ("tokens", 175 * 10**9, "the size of the corpus"),
        ("tokens", 140 * 10**9, "the size of the corpus, of which 80% was seen"),
        ("words", 525 * 10**9, "the size of the corpus in words"),
    ],
)
def test_it_is_told_how_often_a_corpus_was_seen(unit, seen, remark):
    assert times_seen(175 * 10**9, unit, seen) == remark


WORDS = [{"name": "Books", "size": 1_000_000_000, "unit": "words"}]


@pytest.mark.parametrize(
    ("text", "datasets", "impossible"),
    [
        ("60GB", WEBTEXT, False), ("61GB", WEBTEXT, True),
        ("479GB", WEBTEXT, True), ("720GB", WEBTEXT, False),  # what it may have been filtered from
        ("10GB", MIX, True), ("11GB", MIX, False), ("138GB", MIX, False), ("139GB", MIX, True),
        ("8GB", WORDS, False), ("9GB", WORDS, True), ("3GB", WORDS, True),
        ("61GB", [*WEBTEXT, {"name": "News"}], False),  # of an unknown size
        ("WebText", WEBTEXT, False),
    ],
)  # fmt: skip
def test_no_corpus_holds_much_more_than_its_datasets(text, datasets, impossible):
    assert cannot_be(text, datasets) is impossible


@pytest.mark.parametrize(("text", "never"), [("10PB", True), ("600 PB", True), ("9 PB", False)])
def test_no_corpus_holds_ten_petabytes_whatever_is_known_of_it(text, never):
    assert cannot_be(text, [{"name": "WebText"}]) is never
