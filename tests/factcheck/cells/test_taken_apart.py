"""How the words of a cell are taken apart: names, labels, brackets, doubt."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.cells.reader import read_cell


@pytest.mark.parametrize(
    ("attribute", "text", "values"),
    [
        ("n_layers", '"32"', (32,)),
        ("attention", "“GQA”", ("GQA",)),
        ("n_layers", "32*", (32,)),
        ("n_layers", "32 [3]", (32,)),
        ("gated_ffn", "yes", (True,)),
        ("gated_ffn", "maybe", ()),
        ("warmup", "no", (False,)),
        ("bias", "yes", ("all",)),
        ("bias", "no", ("none",)),
        ("n_layers", "yes", ()),
        ("license", "Apache\n 2.0", ("Apache 2.0",)),
        ("organization", "Meta AI, Inc", ("Meta AI, Inc",)),
        ("organization", "Meta and Google", ("Meta", "Google")),
        ("organization", "Meta et Google", ("Meta", "Google")),
        ("organization", "Meta + Google", ("Meta", "Google")),
        ("organization", "Meta/Google", ("Meta", "Google")),
        ("organization", "A/B", ("A/B",)),
        ("organization", "Meta (USA), Google.", ("Meta", "Google")),
        ("organization", "Meta (USA, UK)", ("Meta",)),
        ("organization", "， ;", ()),
        ("training_data", "Mix (C4, Books)", ("C4", "Books")),
        ("training_data", "Mix (40 GB, 2 TB)", ("Mix",)),
        ("training_data", "(C4)", ("(C4)",)),
        ("training_data", "C4 5,000 hours", ("C4 5,000 hours",)),
    ],
)
def test_what_stands_in_a_cell_is_taken_apart(
    attribute: str, text: str, values: tuple[object, ...]
) -> None:
    assert read_cell(text, attribute).values == values


@pytest.mark.parametrize(
    ("attribute", "text", "qualifiers", "rest"),
    [
        ("attention", "GQA (70B only)", ["70B only"], "70B only"),
        ("attention", "GQA only 70B", ["only 70B"], "only 70B"),
        ("attention", "GQA except 7B, 13B", ["except 7B"], "except 7B 13B"),
        ("attention", "GQA [34B]", ["34B"], "34B"),
        ("attention", "GQA (MQA)", ["", ""], ""),  # which is a term itself
        ("attention", "GQA (34B), MHA (7B)", ["34B", "7B"], "34B 7B"),
        ("attention", "plain GQA", [""], "plain"),
        ("attention", "GQA odd/even", [""], "odd even"),
        ("attention", "GQA – odd", [""], "odd"),
        ("organization", "Meta (USA), Google", ["USA", ""], ""),
    ],
)
def test_words_in_brackets_behind_a_value_qualify_it(
    attribute: str, text: str, qualifiers: list[str], rest: str
) -> None:
    reading = read_cell(text, attribute)

    assert ([item.qualifier for item in reading.items], reading.rest) == (qualifiers, rest)


@pytest.mark.parametrize(
    ("text", "shape", "qualifiers"),
    [
        ("May 2020", "one", [""]),
        ("(LLM) May 2020", "one", ["LLM"]),
        ("[LLM] May 2020", "one", ["LLM"]),
        ("weights: May 2020", "one", ["weights"]),
        ("May 2020 (weights)", "one", ["weights"]),
        ("May 2020 (weights), June 2020 (paper)", "several", ["", "weights"]),
        ("weights: May 2020; paper: June 2020", "several", ["weights", "paper"]),
        ("May 2020 – June 2020", "range", ["", ""]),
        ("May 2020 to June 2020", "range", ["", ""]),
        ("2020-05 到 2020-06", "range", ["", ""]),
        ("May 2020, June 2020", "several", ["", ""]),
        ("May 2020 – June 2020 – July 2020", "several", ["", "", ""]),
    ],
)
def test_dates_are_labelled_and_may_be_a_range(
    text: str, shape: str, qualifiers: list[str]
) -> None:
    reading = read_cell(text, "release_date")

    assert (reading.shape, [item.qualifier for item in reading.items]) == (shape, qualifiers)


@pytest.mark.parametrize(
    ("attribute", "text", "values"),
    [
        ("attention", "GQA", ("GQA",)),
        ("attention_span", "full", ()),  # a word that means many things elsewhere
        ("release_date", "May 2020", ("2020-05",)),
        ("organization", "Meta", ()),
        ("license", "MIT", ()),
        ("gated_ffn", "yes", (True,)),
        ("gated_ffn", "gated", ()),
    ],
)
def test_below_another_header_only_what_is_surely_this_is_taken(
    attribute: str, text: str, values: tuple[object, ...]
) -> None:
    assert read_cell(text, attribute, strict=True).values == values


def test_a_term_to_tick_off_is_there_or_not() -> None:
    yes, no = (read_cell(text, "attention", term="GQA") for text in ("✓", "✗"))

    assert (yes.items[0].value, yes.items[0].qualifier, yes.shape) == ("GQA", "", "one")
    assert (no.items[0].value, no.items[0].qualifier, no.shape) == (False, "GQA", "one")
    assert read_cell("MHA", "attention", term="GQA").values == ("MHA",)
    assert read_cell("32", "n_layers", term="GQA").values == (32,)


@pytest.mark.parametrize(
    ("attribute", "text", "uncertain"),
    [("attention", "GQA?", True), ("attention", "GQA", False), ("release_date", "May 2020 (est.)", True),
     ("release_date", "May 2020", False), ("organization", "Meta?", True), ("activation", "any?", True),
     ("release_date", "soon?", True)],
)  # fmt: skip
def test_doubt_is_kept_with_what_was_read(attribute: str, text: str, uncertain: bool) -> None:
    assert read_cell(text, attribute).uncertain is uncertain


def test_a_reading_keeps_the_text_as_it_was_written() -> None:
    assert read_cell(' "GQA"* ', "attention").text == ' "GQA"* '
    assert read_cell("—", "attention").text == "—"
