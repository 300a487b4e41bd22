"""Of a cell that is read as several attributes: which judgements count, and what is counted otherwise."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.cells.reading import CellReading, Item
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.several_readings import counted_otherwise, without_echoes
from llmnotes.factcheck.layout.headers import Header


def read(*texts, verdict="agrees", false=()):
    items = tuple(Item(text, text) for text in texts)
    told = tuple(item for item in items if item.text in false)
    return CellReading("attention", " ".join(texts), "several", items), Judgement(
        "attention", verdict, false_items=told
    )


def kept(*found):
    return [found.index(pair) for pair in found if pair[1] in without_echoes(list(found))]


def test_what_another_reading_understood_is_no_error_of_this_one():
    understood = read("sliding window")
    assert kept(understood, read("window", verdict="wrong", false=["window"])) == [0]
    assert kept(understood, read("MQA", verdict="wrong", false=["MQA"])) == [0, 1]
    assert kept(read("window", verdict="misplaced", false=["window"]), understood) == [1]


def test_one_value_that_no_reading_understood_keeps_the_judgement():
    found = read("window", "MQA", verdict="wrong", false=["window", "MQA"])
    assert kept(read("window"), found) == [0, 1]
    assert kept(read("window", "MQA"), found) == [0]


@pytest.mark.parametrize("verdict", ["wrong", "misplaced", "unreadable"])
def test_a_reading_that_understood_nothing_speaks_for_none(verdict):
    nothing = read("sliding window", verdict=verdict)
    assert kept(nothing, read("window", verdict="wrong", false=["window"])) == [0, 1]


def test_a_false_cell_without_false_values_is_kept():
    assert kept(read("window"), read("window", verdict="wrong")) == [0, 1]


def test_what_is_not_false_is_kept_whatever_others_understood():
    assert kept(read("window"), read("window", verdict="partly-wrong", false=["window"])) == [0, 1]


def test_where_nothing_is_left_all_count():
    first = read("a", "b", verdict="wrong", false=["b"])
    assert without_echoes([first]) == [first[1]]


ITEM = (Item(1, "1"),)


def otherwise(attribute, verdict, cause, header):
    found = Judgement(attribute, verdict, "the base has 2", cause, false_items=ITEM)
    return counted_otherwise(found, Header(header)), found


@pytest.mark.parametrize(
    "header", ["Seq len", "Training length", "序列长度", "Sequenzlänge", "Longueur de séquence"]
)
def test_a_length_of_sequences_may_be_that_of_pretraining(header):
    told, _ = otherwise("context_length", "wrong", "other-attribute", header)
    assert (told.verdict, told.cause, told.reason, told.false_items) == (
        "agrees-normalised", None, "the length of pretraining", (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("attribute", "verdict", "cause", "header"),
    [
        ("context_length", "wrong", "other-attribute", "Context"),
        ("context_length", "wrong", "digit-slip", "Seq len"),
        ("context_length", "misplaced", "other-attribute", "Seq len"),
        ("vocab_size", "wrong", "other-attribute", "Seq len"),
        ("training_tokens", "wrong", "digit-slip", "Tokens"),
        ("training_tokens", "wrong", "digit-slip", "Amount"),
        ("training_tokens", "wrong", "digit-slip", "Corpus (tokens)"),
        ("training_tokens", "agrees", None, "Corpus size"),
        ("training_tokens", "misplaced", "other-column", "Corpus size"),
        ("vocab_size", "wrong", "digit-slip", "Words"),
        ("params_total", "wrong", "digit-slip", "Params"),
        ("params_total", "partly-wrong", None, "Non-embedding params"),
        ("d_model", "wrong", "digit-slip", "Non-embedding params"),
    ],
)
def test_what_is_counted_as_the_base_counts_is_left_as_it_is(attribute, verdict, cause, header):
    told, found = otherwise(attribute, verdict, cause, header)
    assert told is found


@pytest.mark.parametrize("verdict", ["wrong", "rumour"])
@pytest.mark.parametrize(
    "header", ["Corpus size", "Data points", "Datapoints", "Dataset size", "Words", "Examples"]
)
def test_data_are_not_held_against_tokens(verdict, header):
    told, _ = otherwise("training_tokens", verdict, "digit-slip", header)
    assert (told.verdict, told.cause, told.false_items) == ("unsupported", None, ())
    assert told.reason == "the column counts the data, the base the tokens seen"


@pytest.mark.parametrize("verdict", ["wrong", "misplaced"])
@pytest.mark.parametrize("attribute", ["params_total", "params_active", "params_reported"])
def test_parameters_without_embeddings_are_not_held_against_all(attribute, verdict):
    told, _ = otherwise(attribute, verdict, "digit-slip", "Non-embedding params")
    assert (told.verdict, told.cause, told.false_items) == ("unsupported", None, ())
    assert told.reason == "the column leaves the embeddings out; the base has 2"


@pytest.mark.parametrize(
    ("header", "text", "verdict"),
    [
        ("Training Data", "3.3B words", "agrees-normalised"),
        ("Training Data", "99T tokens", "wrong"),
        ("Training tokens", "3.3B words", "agrees-normalised"),
        ("Training tokens", "3.4B words", "wrong"),
    ],
)
def test_data_is_less_than_the_tokens_that_are_seen_of_it(cell, header, text, verdict):
    assert cell("BERT-base", header, text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("180B", "agrees-normalised"), ("30B", "wrong"), ("3T", "wrong"), ("300B", "agrees")],
)
def test_a_tenth_of_the_tokens_seen_is_no_smaller_set_of_data(cell, text, verdict):
    assert cell("OPT-175B", "Training data size", text).verdict == verdict


@pytest.mark.parametrize(
    ("model", "text", "told"),
    [
        ("OPT-175B", "Pre RMS Norm", "normalization"),
        ("GPT-3 175B", "Post Layer Norm", "norm_placement"),
        ("GPT-3 175B", "Pre Layer Norm", ""),
    ],
)
def test_a_norm_and_its_place_do_not_explain_each_other(cell, model, text, told):
    found = cell(model, "Normalization", text)
    assert (found.attribute if found.is_false else "") == told


@pytest.mark.parametrize(
    ("header", "verdict"),
    [("Length", "agrees-normalised"), ("Max length", "wrong"), ("Context length", "wrong")],
)
def test_a_bare_length_may_be_that_of_pretraining(cell, header, verdict):
    assert cell("Phi-4", header, "4096").verdict == verdict


@pytest.mark.parametrize(
    ("header", "text", "verdict"),
    [
        ("Tokens", "4,096", "unsupported"), ("Max tokens", "128K", "unsupported"),
        ("Tokens", "2T", "wrong"), ("Tokens", "300", "wrong"), ("Training tokens", "4,096", "wrong"),
        ("Tokens", "1T", "agrees"),
    ],
)  # fmt: skip
def test_small_numbers_below_tokens_are_limits(cell, header, text, verdict):
    if header == "Max tokens":
        header, text = "Tokens (max)", text
    found = cell("LLaMA 7B", header, text)
    assert ("wrong" if found.is_false else found.verdict) == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("300M tokens", "wrong"), ("300M", "unsupported"), ("300B tokens", "agrees")],
)
def test_tokens_below_a_size_of_data_are_tokens(cell, text, verdict):
    found = cell("Pythia 12B", "Dataset size", text)
    assert ("wrong" if found.is_false else found.verdict) == verdict
