"""Lookup of terms by their spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.errors import InputError
from llmnotes.schema import ATTRIBUTES
from llmnotes.vocabulary import INCLUDED, VOCABULARIES, canonical, fold, included, spellings


@pytest.mark.parametrize(
    ("vocabulary", "text", "term"),
    [
        ("architecture", "casual-decoder", "causal-decoder"),
        ("architecture", "enc-dec", "encoder-decoder"),
        ("architecture", "encoder", "encoder-only"),
        ("activation", "GLEU", "GELU"),
        ("activation", "gelu", "GELU"),
        ("attention", "GroupQueryAttention", "GQA"),
        ("positional_encoding", "ROPE", "RoPE"),
        ("positional_encoding", "ROPE(variant)", "RoPE"),
        ("tokenizer", "wordpiece", "WordPiece"),
        ("tokenizer", "Byte-Level bpe", "byte-level BPE"),
        ("optimizer", "AdaFactor", "Adafactor"),
        ("objective", "CLM (Casual lang model)", "CLM"),
        ("post_training", "rlhf", "RLHF"),
        ("post_training", "PPO", "RLHF-PPO"),
    ],
)
def test_the_notes_and_everyday_spellings_are_understood(vocabulary, text, term):
    assert canonical(vocabulary, text) == term


def test_an_unknown_term_is_refused_with_the_nearest_one():
    with pytest.raises(InputError, match="unknown attention value 'GQX'. Nearest: GQA"):
        canonical("attention", "GQX")


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_no_spelling_stands_for_two_terms(vocabulary):
    seen: dict[str, str] = {}
    for term, synonyms in VOCABULARIES[vocabulary].items():
        for text in (term, *synonyms):
            assert seen.setdefault(fold(text), term) == term
    assert spellings(vocabulary) == seen


def test_every_vocabulary_belongs_to_something():
    used = {item.vocabulary for item in ATTRIBUTES.values()} | {"batch_unit", "data_unit"}

    assert set(VOCABULARIES) <= used


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OPT 1.3B", "OPT 13B"),
        ("llama-2-7b", "llama-27b"),
        ("llama-2-7b", "LLaMA 2.7B"),
        ("v0.1", "v01"),
        ("12+12", "1212"),
        ("１.３B", "13B"),
    ],
)
def test_numbers_in_names_stay_apart(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("llama2", "LLaMA 2"),
        ("GPT3", "gpt-3"),
        ("Llama-3.1 8b", "llama 3.1-8B"),
        ("llama3.1:8b", "Llama 3.1 8B"),
        ("OPT-1.3B", "opt 1.3 b"),
        ("phi_3_mini", "Phi-3 Mini."),
        ("8×7B", "8x7b"),
    ],
)
def test_case_and_punctuation_of_names_do_not_matter(one, other):
    assert fold(one) == fold(other)


def test_a_plus_that_ends_a_word_is_the_word():
    assert fold("HumanEval+") == fold("HumanEval Plus") != fold("HumanEval")
    assert fold("Command R+") == fold("command-r+") != fold("Command R")
    assert fold("WMT24++") == "wmt24plusplus"
    assert fold("SFT + RLHF") == fold("SFT+RLHF") == "sftrlhf"


@given(st.text(alphabet="aB1２.-_ ×²(+", max_size=12))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("vocabulary", INCLUDED)
def test_what_a_general_term_includes_is_listed_to_every_depth(vocabulary):
    for general, special in INCLUDED[vocabulary].items():
        assert {general, *special} <= set(VOCABULARIES[vocabulary])
        assert general not in special
        for term in special:
            assert set(included(vocabulary, term)) <= set(special)


def test_a_term_that_is_not_general_includes_nothing():
    assert included("post_training", "DPO") == ()
    assert included("attention", "GQA") == ()
