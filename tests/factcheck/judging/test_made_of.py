"""What the base tells of datasets that were made of others."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging.made_of import MadeOf
from llmnotes.store.connect import connect


@pytest.mark.parametrize(
    ("claimed", "known", "told"),
    [
        ("CommonCrawl in 100 languages", "CC-100", "what CC-100 was made of"),
        ("extended WebText", "WebText2", "what WebText2 was made of"),
        ("Wikipedia", "English Wikipedia", "what English Wikipedia was made of"),
        ("MassiveText", "MassiveWeb", "the whole of which MassiveWeb is a part"),
        ("CC-100", "Common Crawl", None),  # which is more than it
        ("The Pile", "Wikipedia", None),
        ("The Pile", "The Pile", None),  # the same, which others find
        ("nothing known", "CC-100", None),
        ("Colossal Clean Crawled Corpus", "C4", "another name of the same data"),
        ("(Public Pool of Prompts)", "P3", "another name of the same data"),
        ("Colossal Clean Crawled Corpus in German", "C4", None),
    ],
)
def test_a_dataset_is_told_by_what_it_was_made_of_or_belongs_to(claimed, known, told):
    assert MadeOf(connect()).told(claimed, known) == told


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("XLM-R Base", "CommonCrawl in 100 languages", "agrees-normalised"),
        ("mT5 Base", "crawled pages (mC4)", "agrees"),
        ("MT-NLG", "The Pile, RealNews, CC-Stories, Reddit comments", "partly-wrong"),
        ("MT-NLG", "The Pile, C4, GitHub", "wrong"),
    ],
)
def test_data_are_judged_by_what_they_are_made_of_and_by_most_of_their_names(
    cell, model, text, verdict
):
    found = cell(model, "Training data", text)
    assert ("wrong" if found.is_false else found.verdict) == verdict
