"""Terms of a vocabulary in free text, the longest and the rightly spelled first."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.cells.terms import (
    broken_words,
    find_terms,
    spellings_of,
    too_loose,
)
from llmnotes.schema import ATTRIBUTES
from llmnotes.vocabulary import fold


def found(attribute, text):
    return [
        (one.term, text[one.start : one.end], one.spelled) for one in find_terms(attribute, text)
    ]


@pytest.mark.parametrize(
    ("attribute", "text", "terms"),
    [
        ("activation", "SwiGLU", [("SwiGLU", "SwiGLU", "")]),
        ("activation", "the Swi-GLU, then GELU", [("SwiGLU", "Swi-GLU", ""), ("GELU", "GELU", "")]),
        ("activation", "GELU and gelu", [("GELU", "GELU", "")]),
        ("activation", "GLEU, GELU", [("GELU", "GELU", "")]),  # rather the right spelling
        ("activation", "GLEU and SwiGLU", [("GELU", "GLEU", "GLEU"), ("SwiGLU", "SwiGLU", "")]),
        ("activation", "nothing of it", []),
        ("activation", "", []),
        ("attention", "grouped-query attention", [("GQA", "grouped-query attention", "")]),
        ("attention", "grouped query", [("GQA", "grouped query", "")]),
        (
            "attention",
            "grouped qurey attention",
            [("GQA", "grouped qurey attention", "grouped qurey attention")],
        ),
        (
            "architecture",
            "casual decoder",
            [("causal-decoder", "casual decoder", "casual decoder")],
        ),
        ("optimizer", "AdamW", [("AdamW", "AdamW", "")]),
        ("optimizer", "Adam W", [("AdamW", "Adam W", "")]),
        ("optimizer", "Adma", [("Adam", "Adma", "Adma")]),
        ("optimizer", "Ada", []),
        ("optimizer", "Adan", []),
        ("optimizer", "A1am", []),
        ("n_layers", "32", []),  # which has no vocabulary
        ("license", "MIT", []),
    ],
)
def test_terms_are_found_with_their_place_and_their_broken_spelling(attribute, text, terms):
    assert found(attribute, text) == terms


def test_terms_stand_in_the_order_of_the_text():
    terms = [one.term for one in find_terms("optimizer", "SGD, Adafactor, then AdamW")]
    assert terms == ["SGD", "Adafactor", "AdamW"]


@pytest.mark.parametrize(("words", "terms"), [(399, ["SGD"]), (400, [])])
def test_a_text_is_looked_through_for_four_hundred_words(words, terms):
    text = "word " * words + "SGD"
    assert [one.term for one in find_terms("optimizer", text)] == terms


def test_every_spelling_is_folded_and_means_a_term_or_nothing():
    for attribute in ATTRIBUTES.values():
        known = spellings_of(attribute.id)
        assert bool(known) == (attribute.vocabulary is not None)
        for spelling, term in known.items():
            assert spelling == fold(spelling)
            assert term == "" or attribute.kind in {"quantity", "batch"} or term in attribute.terms


def test_a_word_that_is_often_misspelt_is_known_by_both_spellings():
    assert broken_words()["casual"] == "causal"
    known = spellings_of("architecture")
    assert known[fold("casual decoder")] == known[fold("causal decoder")] == "causal-decoder"


def test_loose_words_are_folded():
    assert too_loose()
    assert all(word == fold(word) for word in too_loose())


@pytest.mark.parametrize(
    ("attribute", "text", "terms"),
    [
        ("attention_mask", "encoder: fully visible, decoder: causal. prefix LM",
         ("bidirectional", "causal", "prefix")),
        ("normalization", "Pre-LN (RMSNorm)", ("RMSNorm",)),
        ("norm_placement", "Pre-LN (RMSNorm)", ("pre-norm",)),
        ("tokenizer_library", "sentencepiece(wordpiece, 32000)", ("SentencePiece",)),
        ("attention", "GQA + SWA", ("GQA",)),
        ("attention_span", "GQA + SWA", ("sliding",)),
        ("objective", "MLM, NSP", ("MLM", "NSP")),
        ("lr_schedule", "余弦衰减至10%", ("cosine",)),
        ("positional_encoding", "ROPE(variant)", ("RoPE",)),
        ("activation", "ReLU²", ("squared-ReLU",)),
        ("architecture", "解码器", ("causal-decoder",)),
    ],
)  # fmt: skip
def test_terms_are_found_in_free_text(attribute: str, text: str, terms: tuple[str, ...]) -> None:
    assert read_cell(text, attribute).values == terms


@pytest.mark.parametrize(
    ("attribute", "text", "term"),
    [
        ("activation", "GLEU", "GELU"),
        ("activation", "SwiGUL", "SwiGLU"),
        ("architecture", "casual-decoder", "causal-decoder"),
        ("optimizer", "Adafacter", "Adafactor"),
        ("positional_encoding", "sinusiodal", "sinusoidal"),
    ],
)
def test_a_broken_spelling_is_the_right_value_with_a_note(
    attribute: str, text: str, term: str
) -> None:
    item = read_cell(text, attribute).items[0]

    assert (item.value, item.spelled) == (term, text)


@pytest.mark.parametrize(("attribute", "text"), [("activation", "PReLU"), ("optimizer", "Adan")])
def test_another_name_is_no_broken_spelling(attribute: str, text: str) -> None:
    assert read_cell(text, attribute).shape == "unreadable"


@pytest.mark.parametrize("attribute", [a.id for a in ATTRIBUTES.values() if a.vocabulary
                                       and a.kind in {"term", "terms"}])  # fmt: skip
def test_every_term_of_a_vocabulary_is_read_as_itself(attribute: str) -> None:
    for term in ATTRIBUTES[attribute].terms:
        reading = read_cell(term, attribute)
        assert reading.values == (term,)
        assert reading.items[0].spelled == ""
