"""What is said of a filter that finds nothing, or leaves out nothing."""

import pytest

from llmnotes.knowledge.emptiness import remarks
from llmnotes.knowledge.filtering import Query, select
from llmnotes.vocabulary import VOCABULARIES


def said(connection, **query):
    asked = Query(**query)
    return remarks(connection, asked, found=bool(select(connection, asked, ["id"])))


@pytest.mark.parametrize(
    ("name", "text", "meant"),
    [
        ("params_total", "7..70", "7B..70B"),
        ("params_total", "7", "7B"),
        ("params_total", "..7", "..7B"),
        ("params_total", "<7", "<7B"),
        ("training_tokens", "1..2", "1T..2T"),
        ("context_length", "4..8", "4k..8k"),
    ],
)
def test_a_missing_scale_is_asked_for(connection, name, text, meant):
    (sentence,) = said(connection, options={name: [text]})

    assert f"no model has {text[0]} '7'" in sentence if text[0] == "<" else repr(text) in sentence
    assert sentence.endswith(f"did you mean {meant}?")


@pytest.mark.parametrize(("text", "meant"), [("7..", "7B.."), (">7", ">7B"), ("7..70B", "7B..70B")])
def test_a_bound_that_leaves_out_nothing_for_want_of_a_scale_is_told(connection, text, meant):
    (sentence,) = said(connection, options={"params_total": [text]})

    assert "a bound of 7 leaves out no model" in sentence
    assert sentence.endswith(f"did you mean {meant}?")


@pytest.mark.parametrize("text", ["7B..", "100M..", "12..", "1000000.."])
def test_of_a_bound_that_means_what_it_says_nothing_is_told(connection, text):
    name = "n_layers" if text == "12.." else "params_total"

    assert said(connection, options={name: [text]}) == []


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ({"options": {"languages": ["germn"]}}, ["'germn'; nearest: German"]),
        ({"options": {"repository": ["Z900"]}}, ["'Z900'; nearest:"]),
        (
            {"options": {"release_date": ["2030.."]}},
            ["'2030..'; what is known reaches from 2017-"],
        ),
        ({"options": {"n_layers": ["5000"]}}, ["'5000'; what is known reaches from"]),
        ({"options": {"warmup": ["5 steps"]}}, ["steps", "tokens"]),
        (
            {"where": "evaluation.MMLU > 99"},
            ["evaluation.MMLU: no model has > 99", "what is known reaches from"],
        ),
        ({"options": {"post_training": ["DPO"]}}, ["only post-trained models satisfy this"]),
    ],
)
def test_an_empty_answer_says_what_nothing_has_and_what_there_is(connection, query, parts):
    sentence = " ".join(said(connection, **query))

    assert all(part in sentence for part in parts), sentence


def test_a_term_that_nothing_has_is_told_with_those_there_are(connection):
    held = {row[0] for row in connection.execute("SELECT DISTINCT optimizer FROM models")}
    term = next(term for term in VOCABULARIES["optimizer"] if term not in held)
    (sentence,) = said(connection, options={"optimizer": [term]}, variants="all")

    assert f"'{term}'; what models have: " in sentence
    assert "AdamW" in sentence


def test_only_the_value_that_nothing_has_is_named(connection):
    sentences = said(connection, options={"attention": ["GQA"], "languages": ["nosuch"]})

    assert len(sentences) == 1
    assert sentences[0].startswith("languages: ")


def test_a_value_of_a_list_that_nothing_has_is_named_though_others_are_found(connection):
    (sentence,) = said(connection, options={"languages": ["german,nosuch"]})

    assert "'nosuch'" in sentence


def test_nothing_is_said_of_what_is_not_to_be_there(connection):
    assert said(connection, options={"languages": ["!nosuch"]}) == []
    assert said(connection, where="not languages = nosuch") == []
