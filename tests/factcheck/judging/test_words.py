"""Whether a word is the one the base has: dates, terms, licences, publishers, datasets."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging import words
from llmnotes.factcheck.judging.tolerance import SAME


@pytest.mark.parametrize(
    ("claimed", "value", "agrees"),
    [
        ("2022-04-05", "2022-04-04", True),
        ("2022-04-03", "2022-04-04", True),
        ("2022-04-06", "2022-04-04", False),
        ("2022-04-02", "2022-04-04", False),
        ("2022-03-31", "2022-04-01", True),
        ("2022", "2022-04-04", True),
        ("2023", "2022-04-04", False),
        ("2022-04", "2022-04-04", True),
        ("2022-05", "2022-04-30", False),  # a day of slack is for days alone
        ("2022-04-04", "2022-04", True),
        ("2022-05-04", "2022-04", False),
    ],
)
def test_a_date_agrees_at_the_coarser_precision_and_within_a_day(claimed, value, agrees):
    assert (words.same_date(claimed, value) is not None) is agrees


def test_a_term_agrees_with_a_more_special_one_and_not_the_reverse():
    assert words.same_term("tokenizer", "BPE", "BPE") == SAME
    assert words.same_term("tokenizer", "BPE", "byte-level BPE") not in {None, SAME}
    assert words.same_term("tokenizer", "byte-level BPE", "BPE") is None
    assert words.same_term("activation", "BPE", "byte-level BPE") is None


@pytest.mark.parametrize(
    ("text", "impossible"),
    [("2023-12", False), ("2023-13", True), ("2023-02-28", False), ("2023-02-30", True), ("2023", False)],
)  # fmt: skip
def test_a_date_that_no_calendar_has_is_impossible(text, impossible):
    assert words.impossible_date(text) is impossible


@pytest.mark.parametrize(
    ("claimed", "value", "agrees"),
    [
        ("Apache 2.0", "Apache-2.0", True),
        ("Apache License, Version 2.0", "Apache-2.0", True),
        ("MIT", "Apache-2.0", False),
        ("Llama 2", "Llama 2 Community License Agreement", True),
        ("Llama 3", "Llama 2 Community License Agreement", False),
    ],
)
def test_a_licence_agrees_by_its_telling_words(claimed, value, agrees):
    assert (words.same_licence(claimed, value) is not None) is agrees


@pytest.mark.parametrize(
    ("claimed", "value", "agrees"),
    [
        ("EnWiki", "English Wikipedia", True),
        ("BookCorpus", "BooksCorpus", True),
        ("C4", "The Pile", False),
        ("books", "Books1", True),  # five letters within the other name
        ("wiki", "WikiText", False),  # four are too few, and mean Wikipedia
    ],
)
def test_a_dataset_agrees_by_its_other_names_and_by_enough_letters(claimed, value, agrees):
    assert (words.same_dataset(claimed, value) is not None) is agrees


def test_a_number_is_mentioned_only_as_a_whole_one():
    assert words.mentioned("32", "batches of 16 or 32 sequences.")
    assert not words.mentioned("32", "batches of 320 or 1.32")
    assert words.mentioned("512", "a batch of 1,512") is False


@pytest.mark.parametrize(
    ("claimed", "ids", "remark"),
    [
        ("Google", ["deepmind"], "DeepMind: merged with Google"),
        ("Google Research", ["deepmind"], "DeepMind: merged with Google"),
        ("DeepMind", ["google"], "DeepMind: merged with Google"),
        ("OpenAI", ["deepmind"], None),
        ("Google", ["openai"], None),
    ],
)
def test_publisher_that_led_or_bought_another_is_close_to_it(claimed, ids, remark):
    aliases = {
        "google": "google",
        "googleresearch": "google",
        "deepmind": "deepmind",
        "openai": "openai",
    }
    remarks = {"deepmind": "DeepMind: merged with Google."}

    assert words.close_organization(claimed, ids, aliases, remarks) == remark
