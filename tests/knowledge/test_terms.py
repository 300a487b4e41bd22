"""Operands that are words: terms, names and texts."""

import pytest

from llmnotes.errors import InputError
from llmnotes.knowledge.conditions import Comparison
from llmnotes.knowledge.terms import Term, term
from llmnotes.schema import ATTRIBUTES


def asked(connection, attribute, text, operator="=", quoted=False):
    return term(connection, Comparison(ATTRIBUTES[attribute], operator, text, quoted=quoted))


@pytest.mark.parametrize(
    ("attribute", "text", "expected"),
    [
        ("attention", "grouped query", Term(("GQA",), "exactly")),
        ("objective", "masked language modeling", Term(("MLM",), "exactly")),
        ("organization", "Facebook", Term(("meta",), "exactly")),
        ("based_on", "Llama-2 7B", Term(("llama-2-7b",), "exactly")),
        ("repository", "llama", Term(("llama",), "words")),
    ],
)
def test_a_word_means_a_term_an_entity_or_itself(connection, attribute, text, expected):
    assert asked(connection, attribute, text) == expected


def test_a_general_term_includes_its_special_ones_and_not_the_reverse(connection):
    general, special = (
        asked(connection, "post_training", "rlhf"),
        asked(connection, "post_training", "ppo"),
    )

    assert general.holds("RLHF")
    assert general.holds("RLHF-PPO")
    assert not general.holds("RL")
    assert not general.holds("DPO")
    assert special.holds("RLHF-PPO")
    assert not special.holds("RLHF")


def test_a_filter_finds_the_special_ones_and_leaves_them_out_where_the_general_is_refused(kb):
    def ids(condition):
        return {model.id for model in kb.filter(condition, variants="all")}

    rlhf, ppo = ids("post_training = RLHF"), ids("post_training = RLHF-PPO")
    assert ppo < rlhf < ids("post_training = RL")
    assert "gemma-2-9b-it" in rlhf - ppo
    assert not ids("post_training != RLHF") & rlhf


@pytest.mark.parametrize(
    ("attribute", "text", "named", "other"),
    [
        ("license", "apache", "Apache-2.0", "MIT"),
        ("license", "Apache License 2.0", "Apache-2.0", "Apache-2.0 with restrictions"),
        ("license", "mit", "MIT", "Modified MIT"),
        ("training_data", "Toronto Books Corpus", "BooksCorpus and English Wikipedia", "Books1"),
        ("training_data", "WebText", "WebText", "web text"),
        ("training_data", "wikipedia", "English Wikipedia", "Wiktionary"),
        ("training_data", "english wikipedia", "English Wikipedia", "Wikipedia"),
        ("hardware", "NVIDIA A100", "A100 80GB: 8 days", "8 H100"),
        ("hardware", "A100 80GB", "96 A100 80GB", "96 A100 40GB"),
        ("hardware", "gpu", "96 A100 80GB", "TPUv4"),
        ("evaluation", "MMLU", "MMLU", "MMLU-Pro"),
        ("evaluation", "HumanEval", "HumanEval", "HumanEval+"),
        ("evaluation", "mbpp+", "MBPP+", "MBPP"),
        ("evaluation", "RACE", "RACE-h", "TRACE"),
        ("evaluation", "HLE", "Humanity's Last Exam", "HELM"),
    ],
)
def test_an_entity_is_asked_for_by_any_of_its_names_and_found_with_its_parts(
    connection, attribute, text, named, other
):
    found = asked(connection, attribute, text)

    assert found.match == "names"
    assert (found.holds(named), found.holds(other)) == (True, False)


@pytest.mark.parametrize(
    ("attribute", "text", "nearest"),
    [
        ("training_data", "wikipdia", "Wikipedia"),
        ("license", "appache", "Apache"),
        ("hardware", "A1000", "A100"),
        ("evaluation", "MMUL", "MMLU"),
        ("tokenizer", "tiktokn", "tiktoken"),
        ("organization", "alibabba", "alibaba"),
    ],
)
def test_what_nothing_is_called_and_no_value_says_is_refused(connection, attribute, text, nearest):
    with pytest.raises(InputError, match=f"{text}.*[Nn]earest: .*{nearest}"):
        asked(connection, attribute, text)


def test_words_that_a_value_has_are_asked_for_though_nothing_is_called_so(connection):
    assert asked(connection, "training_data", "deduplicated").match == "words"
    assert asked(connection, "training_data", "Basque").match == "words"


def test_has_asks_a_text_for_a_part_of_a_word_and_a_vocabulary_for_the_term(connection):
    assert asked(connection, "license", "apa", "has") == Term(("apa",), "inside")
    assert asked(connection, "attention", "gqa", "has") == Term(("GQA",), "exactly")


def test_a_family_means_all_its_members_as_a_base(connection):
    found = asked(connection, "based_on", "llama-2").texts

    assert {"llama-2-7b", "llama-2-70b-chat"} <= set(found)


@pytest.mark.parametrize(
    "text", ["~GQA", "-GQA", "^GQA", "¬GQA", "≠GQA", "not GQA", "! GQA", "GQ*A", "G?"]
)
def test_a_sign_in_a_term_is_refused(connection, text):
    with pytest.raises(InputError, match="attention: "):
        asked(connection, "attention", text)


@pytest.mark.parametrize("text", ["~MIT", "-MIT", "not MIT", "  -MIT", "…"])
def test_a_sign_before_a_text_is_refused_but_not_in_quotes(connection, text):
    with pytest.raises(InputError, match="license: "):
        asked(connection, "license", text)
    if "MIT" in text:
        assert asked(connection, "repository", text, quoted=True).match == "words"


def test_a_sign_inside_a_text_is_part_of_it(connection):
    assert asked(connection, "repository", "Apache*2?").texts == ("Apache*2?",)
    assert asked(connection, "repository", "nothing").texts == ("nothing",)


@pytest.mark.parametrize(
    ("wanted", "value", "holds"),
    [
        (Term(("GQA", "MQA"), "exactly"), "MQA", True),
        (Term(("GQA",), "exactly"), "gqa", False),
        (Term(("apache",), "words"), "Apache-2.0", True),
        (Term(("apa",), "words"), "Apache-2.0", False),
        (Term(("APA",), "inside"), "Apache-2.0", True),
        (Term(("mit",), "inside"), "Apache-2.0", False),
    ],
)
def test_an_element_is_held_against_what_was_asked_for(wanted, value, holds):
    assert wanted.holds(value) is holds
