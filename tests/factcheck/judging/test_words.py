"""Whether a word is the one the base has: dates, terms, licences, publishers, datasets."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging import words
from llmnotes.factcheck.judging.tolerance import SAME
from llmnotes.schema import ATTRIBUTES


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


def test_how_a_date_agrees_is_said():
    assert words.same_date("2022-04", "2022-04-04") == SAME
    assert words.same_date("2022-04-04", "2022-04") == "more precise than the base"
    assert words.same_date("2022-04-05", "2022-04-04") == "a day apart, as time zones make it"


def test_a_term_agrees_with_a_more_special_one_and_not_the_reverse():
    assert words.same_term("tokenizer", "BPE", "BPE") == SAME
    assert words.same_term("tokenizer", "BPE", "byte-level BPE") not in {None, SAME}
    assert words.same_term("tokenizer", "byte-level BPE", "BPE") is None
    assert words.same_term("activation", "BPE", "byte-level BPE") is None


def test_a_term_agrees_with_those_it_includes():
    assert (
        words.same_term("post_training", "RLHF", "RLHF-PPO")
        == "the base says it more closely: RLHF-PPO"
    )
    assert words.same_term("post_training", "RLHF-PPO", "RLHF") is None
    assert words.same_term("post_training", "RL", "GRPO") is not None
    assert words.same_term("post_training", "RLHF", "GRPO") is None


def test_every_general_word_and_what_it_may_mean_are_terms_of_its_attribute():
    for (attribute, general), special in words.GENERAL.items():
        assert {general, *special} <= set(ATTRIBUTES[attribute].terms), attribute
        assert general not in special


@pytest.mark.parametrize(
    ("attribute", "claimed", "values", "how"),
    [
        ("optimizer", "Adam", ["AdamW", "Adam"], SAME),
        ("optimizer", "Adam", ["AdamW", "SGD"], "the base says it more closely: AdamW"),
        ("optimizer", "Adam", ["SGD"], None),
        ("bias", "all", ["attention"], SAME),
        ("bias", "all", ["none"], None),
        ("bias", "norm", ["attention"], None),
        ("objective", "all", ["CLM"], None),
        (
            "positional_encoding",
            "relative-bias",
            ["Transformer-XL"],
            "a kind of relative positions",
        ),
        ("positional_encoding", "relative-bias", ["RoPE"], None),
        ("positional_encoding", "RoPE", ["Transformer-XL"], None),
        ("normalization", "relative-bias", ["Transformer-XL"], None),
    ],
)
def test_a_term_agrees_with_one_of_several(attribute, claimed, values, how):
    assert words.same_terms(attribute, claimed, values) == how


@pytest.mark.parametrize(
    ("claimed", "value", "agrees"),
    [
        ("Apache 2.0", "Apache-2.0", True),
        ("Apache License, Version 2.0", "Apache-2.0", True),
        ("MIT", "Apache-2.0", False),
        ("Llama 2", "Llama 2 Community License Agreement", True),
        ("Llama 3", "Llama 2 Community License Agreement", False),
        ("Llama 3", "Llama 3.3 Community License", False),
        ("Llama 3/3.3", "Llama 3.3 Community License", True),
        ("Gemma 2 license", "Gemma Terms of Use", True),
        ("research only", "Llama research license", True),
        ("non-commercial terms", "Noncommercial use", True),
        ("open terms", "Llama open license", False),
        ("non-commercial terms", "research terms", False),  # what they share tells nothing
        ("Tongyi Qianwen", "Qwen License Agreement", True),
        ("MIT", "Modified MIT", False),
        ("Modified MIT", "MIT", False),
        ("Open RAIL-M", "BigScience RAIL 1.0", True),
        ("the license", "MIT", False),
        ("Google Gemma", "Gemma Terms of Use", True),
        ("non-commercial", "CC-BY-NC-SA-4.0", True),
        ("non-commercial", "CC-BY-SA-4.0", False),
        ("Meta", "Llama 3.1 Community License", False),
        ("Apache v2", "Apache-2.0", True),
    ],
)
def test_a_licence_agrees_by_its_telling_words(claimed, value, agrees):
    how = words.same_licence(claimed, value)
    assert (how is not None) is agrees
    assert how in {None, SAME, "another form of the same licence's name"}


PUBLISHERS = {
    "tii": "tii", "meta": "meta", "facebookai": "meta", "tiimeta": "joint", "deepmind": "deepmind",
    "ai2": "ai2", "abcdef": "six", "abcdefg": "seven",
}  # fmt: skip


@pytest.mark.parametrize(
    ("claimed", "ids", "how"),
    [
        ("Meta", ["meta"], SAME),
        ("Facebook AI", ["meta", "tii"], SAME),
        ("TII, Abu Dhabi", ["tii"], "a part or a former name of the same publisher"),
        ("Meta", ["tii"], None),
        ("Google", ["tii"], None),
        ("TII Meta", ["tii"], None),  # which is the name of another one
    ],
)
def test_a_publisher_agrees_by_any_of_its_names(claimed, ids, how):
    assert words.same_organization(claimed, ids, PUBLISHERS) == how


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Facebook AI, with TII", {"meta", "tii"}),
        ("A B C D E F, TII", {"six", "tii"}),  # six words make one name, seven do not
        ("A B C D E F G, TII", {"six", "tii"}),
        ("B C D E F G, TII", {"tii"}),
        ("GoogleDeepMind", {"deepmind"}),  # a name within a word, where no word is a name
        ("Xai2x", set()),  # of more than three letters
        ("deepmind" + "x" * 72, {"deepmind"}),
        ("deepmind" + "x" * 73, set()),
        ("nobody", set()),
    ],
)
def test_publishers_are_found_among_the_words_of_a_text(text, ids):
    assert words.organizations_in(text, PUBLISHERS) == ids


@pytest.mark.parametrize(
    ("claimed", "value", "agrees"),
    [
        ("EnWiki", "English Wikipedia", True),
        ("BookCorpus", "BooksCorpus", True),
        ("C4", "The Pile", False),
        ("books", "Books1", True),  # five letters within the other name
        ("wiki", "WikiText", False),  # four are too few, and mean Wikipedia
        ("ArXiv", "The Pile/ArXiv", True),
        ("The Pile/ArXiv", "ArXiv", True),
        ("publicly available text", "public web pages", True),
        ("publicly available text", "books", False),
        ("CC", "Common Crawl", True),
        ("GitHub code", "GitHub", True),
        ("Toronto Books Corpus", "BookCorpus", True),
        ("C4 (filtered)", "C4 dataset", True),
        ("the", "data", False),
    ],
)
def test_a_dataset_agrees_by_its_other_names_and_by_enough_letters(claimed, value, agrees):
    assert (words.same_dataset(claimed, value) is not None) is agrees
    assert words.is_any_dataset(claimed, ("nothing like it", value)) is agrees
    assert words.same_dataset(value, value) == SAME


def test_how_a_dataset_agrees_is_said():
    assert words.same_dataset("ArXiv", "The Pile/ArXiv") == "a part of it"
    assert words.same_dataset("EnWiki", "Wikipedia") == "another name of the same data"


def test_a_number_is_mentioned_only_as_a_whole_one():
    assert words.mentioned("32", "batches of 16 or 32 sequences.")
    assert not words.mentioned("32", "batches of 320 or 1.32")
    assert words.mentioned("512", "a batch of 1,512") is False
    assert words.mentioned("1512", "a batch of 1,512")
    assert words.mentioned("1,512", "a batch of 1,512")
    assert not words.mentioned("", "a batch of 1,512")
    assert not words.mentioned("1512", None)


def test_the_dates_of_a_note_are_found_in_order_of_their_writing():
    note = "From 2023-07 to 2023-08-01; again in July 2024, not in Model 2024 nor 3023-01."
    assert words.dates_in(note) == ["2023-07", "2023-08-01", "2024-07"]
    assert words.dates_in(None) == []


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
