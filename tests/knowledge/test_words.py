"""Texts by the words they contain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.knowledge.words import contains, words


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("English Wikipedia", "wikipedia"),
        ("Apache-2.0", "apache"),
        ("Apache-2.0", "Apache 2.0"),
        ("A100 80GB: 1,720,320 GPU-hours", "a100"),
        ("https://huggingface.co/meta-llama/Llama-2-7b-hf", "llama"),
        ("CommonCrawl", "common crawl"),
        ("Common Crawl (filtered)", "commoncrawl"),
        ("Llama 2 Community License", "license llama"),
        ("ＭＩＴ", "mit"),
        ("the pile of piles", "piles"),
    ],
)
def test_a_phrase_is_found_by_its_words(text, phrase):
    assert contains(text, phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("limited", "mit"),
        ("mC4", "C4"),
        ("Wikipedia", "wiki"),
        ("WebText2", "webtext"),
        ("English Wikipedia", "german wikipedia"),
        ("common", "common crawl"),
        ("Llama", "ama"),
        ("anything", "…"),
        ("", "a"),
    ],
)
def test_a_part_of_a_word_is_not_a_word(text, phrase):
    assert not contains(text, phrase)


@given(st.lists(st.text(alphabet="ab1é", min_size=1, max_size=4), min_size=1, max_size=5))
def test_a_text_contains_each_of_its_words_and_all_of_them(parts):
    text = " ".join(parts)

    assert words(text) == [part.lower() for part in parts]
    assert all(contains(text, part) for part in parts)
    assert contains(text, "-".join(parts))
    assert contains(text, "".join(parts))
