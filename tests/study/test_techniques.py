"""The techniques are consistent: no cycles, no broken references, and a source for each."""

from __future__ import annotations

import re
from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

import yaml

from llmnotes.schema import ATTRIBUTES
from llmnotes.study.meanings import own_names
from llmnotes.study.techniques import TechniqueEntry, techniques
from llmnotes.vocabulary import fold
from tests.curated import curated

TECHNIQUES = curated().techniques

SHARED_NAMES = {"triton", "promptengineeringtuning", "mod"}
"""Names that people use for two things; `explain` lists both."""

WITHOUT_A_PAGE = {
    "modalities", "availability", "warmup", "coverage", "ssm_norm",
}  # fmt: skip
"""Vocabularies whose terms say themselves what they mean."""


def test_prerequisites_make_no_circle_and_lead_somewhere() -> None:
    graph = {key: item.prerequisites for key, item in TECHNIQUES.items()}

    order = list(TopologicalSorter(graph).static_order())

    assert set(order) == set(TECHNIQUES)


def test_a_technique_is_not_its_own_forerunner_and_names_nothing_twice() -> None:
    for key, item in TECHNIQUES.items():
        for names in (item.prerequisites, item.replaces, item.stands_for, item.aliases):
            assert len(set(names)) == len(names), key
        assert key not in item.prerequisites
        assert key not in item.replaces
        assert set(item.replaces) <= set(TECHNIQUES), key


def test_a_technique_has_a_paper_or_says_why_not() -> None:
    for key, item in TECHNIQUES.items():
        assert (item.paper is None) != (item.no_paper is None), key
        if item.no_paper is not None:
            assert len(item.no_paper.split()) >= 5, key
        if item.paper and item.paper.arxiv and re.match(r"\d{4}\.", item.paper.arxiv):
            assert item.paper.year == 2000 + int(item.paper.arxiv[:2]), key


def test_a_technique_is_defined_and_explained() -> None:
    for key, item in TECHNIQUES.items():
        assert item.definition.endswith("."), key
        assert 5 <= len(item.definition.split()) <= 60, key
        assert item.explanation is not None, key
        assert 40 <= len(item.explanation.split()) <= 200, key


def test_a_name_leads_to_one_technique_but_for_the_listed_ones() -> None:
    leads: defaultdict[str, set[str]] = defaultdict(set)
    for item in TECHNIQUES.values():
        for name in (item.id, *own_names(item.name), *item.aliases):
            leads[fold(name)].add(item.id)

    assert {name for name, ids in leads.items() if len(ids) > 1} <= SHARED_NAMES


def test_a_value_of_the_table_is_explained_by_one_technique() -> None:
    pairs = [pair for item in TECHNIQUES.values() for pair in item.stands_for]

    assert len(pairs) == len(set(pairs))


def test_a_value_whose_name_is_a_techniques_name_is_linked_to_it() -> None:
    pairs = {pair for item in TECHNIQUES.values() for pair in item.stands_for}
    named = {
        fold(name)
        for item in TECHNIQUES.values()
        for name in (item.id, *own_names(item.name), *item.aliases)
    }
    loose = [
        f"{attribute.id} = {term}"
        for attribute in ATTRIBUTES.values()
        if attribute.kind in {"term", "terms"} and attribute.id not in WITHOUT_A_PAGE
        for term in attribute.terms
        if fold(term) in named and f"{attribute.id} = {term}" not in pairs
    ]

    assert loose == []


def test_every_value_that_a_model_has_leads_to_a_page_or_says_itself_what_it_means() -> None:
    pairs = {pair for item in TECHNIQUES.values() for pair in item.stands_for}
    missing = {
        f"{attribute.id} = {term}"
        for attribute in ATTRIBUTES.values()
        if attribute.kind in {"term", "terms"} and attribute.id not in WITHOUT_A_PAGE
        for term in attribute.terms
        if f"{attribute.id} = {term}" not in pairs
    }

    assert missing <= {
        "qk_norm = none", "post_training = none", "tokenizer_library = own",
        "preprocessing = sentence-pairs", "ffn_kind = none", "mixer = none",
    }  # fmt: skip


def test_a_publication_date_comes_from_the_arxiv_id_else_from_the_year() -> None:
    blank = TechniqueEntry("x", "X", "c", [], "", "", None, [], [], [], None, None)

    assert blank.date is None
    assert blank._replace(paper={"year": 2023, "arxiv": "2307.08691"}).date == "2023-07"
    assert blank._replace(paper={"year": 1998, "arxiv": "cs/9809024"}).date == "1998-09"
    assert blank._replace(paper={"year": 2004, "arxiv": "cs/0412001"}).date == "2004-12"
    assert blank._replace(paper={"year": 1986, "doi": "10.1/x"}).date == "1986"


def test_the_store_gives_back_what_the_files_say(connection) -> None:
    stored = techniques(connection)

    assert set(stored) == set(TECHNIQUES)
    for key, item in TECHNIQUES.items():
        assert stored[key].prerequisites == item.prerequisites
        assert [f"{a} = {b}" for a, b in stored[key].stands_for] == item.stands_for


def test_every_technique_of_the_reference_is_there(reference: Path) -> None:
    for name in ("techniques.yaml", "techniques_extended.yaml"):
        listed = yaml.safe_load((reference / name).read_text(encoding="utf-8"))["techniques"]
        assert {item["id"] for item in listed} <= set(TECHNIQUES)


def test_every_bullet_of_the_notes_leads_to_the_techniques_it_names(reference: Path) -> None:
    text = (reference / "techniques.yaml").read_text(encoding="utf-8")
    bullets = yaml.safe_load(text)["seed_topics"]
    items = [item for section in curated().topics.values() for item in section]

    for bullet in bullets:
        wanted = set(bullet["techniques"])
        assert any(wanted <= set(item.techniques) for item in items), bullet["bullet"]


def test_no_sentence_of_the_reference_is_copied(reference: Path) -> None:
    def sentences(text: str) -> set[str]:
        parts = re.split(r"(?<=[.;:])\s+", " ".join(text.split()))
        return {fold(part) for part in parts if len(part.split()) >= 6}

    theirs: set[str] = set()
    for name in ("techniques.yaml", "techniques_extended.yaml"):
        for item in yaml.safe_load((reference / name).read_text(encoding="utf-8"))["techniques"]:
            theirs |= sentences(item["definition"])
    ours = {
        sentence: item.id
        for item in TECHNIQUES.values()
        for sentence in sentences(f"{item.definition} {item.explanation}")
    }

    assert {key for sentence, key in ours.items() if sentence in theirs} == set()
