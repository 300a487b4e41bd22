"""Publishers, datasets, benchmarks, licences, tokenizers and machines: by any name, with who uses them."""

from __future__ import annotations

import json
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.attributes.entities import ATTRIBUTES_OF, IN_TEXT, PLURALS
from llmnotes.errors import InputError
from llmnotes.knowledge.entities import EntityNames, called, entities
from llmnotes.knowledge.entity_uses import portrait
from llmnotes.knowledge.filtering import Query, select
from llmnotes.knowledge.lines import generations, lines
from llmnotes.knowledge.subjects import shown
from llmnotes.store.connect import connect
from tests.curated import curated

KINDS = list(PLURALS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_of_the_files_is_in_the_base_and_found_by_every_name(
    connection: sqlite3.Connection, kind: str
) -> None:
    written = curated().entities[kind]
    stored = entities(connection, kind)

    assert list(stored) == sorted(written)
    for item in written.values():
        for name in (item.id, item.name, *item.aliases):
            assert item.id in {one.id for one in called(connection, name) if one.kind == kind}


@pytest.mark.parametrize("kind", sorted(IN_TEXT))
def test_a_name_alone_names_its_entity(connection: sqlite3.Connection, kind: str) -> None:
    names = EntityNames(connection, kind)

    for item in names.entities.values():
        assert names.in_text(item.name) == {item.id}
        assert item.id in names.within(item.id)


@pytest.mark.parametrize(
    ("kind", "text", "named"),
    [
        ("dataset", "The Pile and C4", {"the-pile", "c4"}),
        ("dataset", "the pile, deduplicated", {"the-pile"}),
        ("dataset", "CommonCrawl (filtered)", {"common-crawl"}),
        ("dataset", "BooksCorpus and English Wikipedia", {"bookscorpus", "english-wikipedia"}),
        ("dataset", "mC4", {"mc4"}),
        ("dataset", "C4E", set()),
        ("dataset", "Wikitextual", set()),
        ("hardware", "TPUv4/TPUv5e", {"tpu-v4", "tpu-v5e"}),
        ("hardware", "8 A1000", set()),
        ("benchmark", "MMLU-Pro", {"mmlu-pro"}),
        ("benchmark", "MMLU-CF", set()),
        ("benchmark", "MATH (4-shot)", {"math"}),
        ("benchmark", "HumanEval+", {"humaneval-plus"}),
        ("benchmark", "HLE", {"humanitys-last-exam"}),
        ("license", "Apache License, Version 2.0", {"apache-2.0"}),
        ("license", "Apache-2.0 with commons clause", set()),
        ("license", "limited", set()),
    ],
)
def test_the_longest_names_in_a_text_count(
    connection: sqlite3.Connection, kind: str, text: str, named: set[str]
) -> None:
    assert EntityNames(connection, kind).in_text(text) == named


@given(text=st.text(max_size=60))
def test_any_text_names_known_entities_only(text: str) -> None:
    with connect() as opened:
        for kind in IN_TEXT:
            names = EntityNames(opened, kind)
            assert names.in_text(text) <= set(names.entities)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Facebook AI", "meta"), ("FAIR", "meta"), ("Google Brain", "google"),
        ("Google DeepMind", "google"), ("DeepMind", "deepmind"), ("THUDM", "zhipu-ai"),
        ("Zhipu", "zhipu-ai"), ("Z.ai", "zhipu-ai"), ("qwen team", "alibaba"),
    ],
)  # fmt: skip
def test_renamed_and_merged_publishers_keep_their_names(
    connection: sqlite3.Connection, name: str, id: str
) -> None:
    assert [item.id for item in called(connection, name)] == [id]


def test_a_merged_publisher_says_what_it_became(connection: sqlite3.Connection) -> None:
    assert entities(connection, "organization")["deepmind"].became == "google"


@pytest.mark.parametrize("kind", KINDS)
def test_the_users_of_an_entity_are_those_a_filter_finds(
    connection: sqlite3.Connection, kind: str
) -> None:
    for item in list(entities(connection, kind).values())[::7]:
        uses = portrait(connection, item, variants="all").used_by
        expected = set()
        for attribute in ATTRIBUTES_OF[kind]:
            try:
                rows = select(
                    connection,
                    Query(strict={attribute: [f'"{item.name}"']}, variants="all"),
                    ["id"],
                )
            except InputError:
                continue  # of a tokenizer's two attributes one has the term
            expected |= {row["id"] for row in rows}

        assert {use.model for use in uses} == expected
        assert all(use.source and use.locator for use in uses)


def test_c4_is_shown_with_its_models_and_their_claims(run) -> None:
    found = run("show", "c4", "-f", "json").json
    sources = {source["id"] for source in found["sources"]}

    assert (found["kind"], found["id"], found["name"]) == ("dataset", "c4", "C4")
    assert {"t5-11b", "llama-65b", "gopher-280b"} <= {use["model"] for use in found["used_by"]}
    assert "bert-base" not in {use["model"] for use in found["used_by"]}
    assert {use["source"] for use in found["used_by"]} == sources
    assert all("C4" in use["value"] for use in found["used_by"])


def test_a_name_of_two_things_shows_both_and_one_where_it_is_chosen(run) -> None:
    both = run("show", "GLUE", "-f", "json").json
    one = run("show", "GLUE", "--kind", "benchmark", "-f", "json").json

    assert [item["kind"] for item in both["entities"]] == ["dataset", "benchmark"]
    assert (one["kind"], one["id"]) == ("benchmark", "glue")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("c4", "--claims"), "--claims and --attributes are for models and families"),
        (("c4", "--kind", "dataset2"), "unknown kind 'dataset2'. Nearest: dataset"),
        (("c44", "--kind", "dataset"), "unknown dataset 'c44'. Nearest: c4"),
        (("llamma", "--kind", "line"), "unknown line 'llamma'. Nearest: llama"),
    ],
)
def test_what_cannot_be_shown_is_refused(run, arguments, complaint) -> None:
    result = run("show", *arguments)

    assert (result.code, result.out) == (2, "")
    assert complaint in result.err


@pytest.mark.parametrize("name", ["compare", "estimate"])
def test_an_entity_or_a_line_where_a_model_is_wanted_is_told(run, name) -> None:
    assert "'c4' is the dataset C4; `llmnotes show c4` tells of it" in run(name, "c4").err
    assert "'claude' is a line of claude-1, claude-2" in run(name, "claude").err


def test_a_line_tells_its_generations_in_order_with_date_and_sizes(
    connection: sqlite3.Connection, run
) -> None:
    found = generations(connection, "llama")
    dates = [item["release_date"] for item in found if item["release_date"]]

    by_id = {item["id"]: item for item in found}
    assert next(iter(by_id)) == "llama"
    assert list(by_id).index("llama-2") < list(by_id).index("llama-3")
    assert dates == sorted(dates)
    assert by_id["llama-2"]["sizes"][:2] == ["7B", "13B"]
    assert shown(connection, "claude").line == "claude"
    assert run("show", "claude", "-f", "json").json["generations"][0]["id"] == "claude-1"
    page = run("show", "llama", "-f", "json").json
    assert page["id"] == "llama"
    assert [item["id"] for item in page["line"]["generations"]] == list(by_id)
    assert {
        item["id"]: len(item["generations"]) for item in run("list", "lines", "-f", "json").json
    } == {line: len(families) for line, families in lines(connection).items()}


@pytest.mark.parametrize("kind", [*PLURALS.values(), "licences", "dataset"])
def test_every_kind_is_listed(run, kind) -> None:
    found = run("list", kind, "-f", "json").json

    assert found
    assert all(item["id"] and item["name"] for item in found)


def test_who_uses_takes_an_entity(run) -> None:
    found = run("who-uses", "A100", "40GB", "-f", "json").json

    assert found["kind"] == "hardware"
    assert {use["model"] for use in found["used_by"]} >= {"falcon-7b", "gpt-neox-20b"}
    assert "llama-7b" not in {use["model"] for use in found["used_by"]}


def test_search_finds_entities(run) -> None:
    (first, *_) = run("search", "Colossal Clean Crawled Corpus", "-f", "json").json

    assert (first["kind"], first["id"]) == ("dataset", "c4")


@pytest.mark.thorough
def test_python_finds_them_too(kb) -> None:
    assert kb["c4"].kind == "dataset"
    assert kb.show("meta").used_by[0].source
    assert "the-pile" in {item.id for item in kb.entities("datasets")}
    assert kb.line("gpt").generations[0].id == "gpt-1"
    assert [row.id for row in kb.filter(data="C4", tokenizer="SentencePiece", params=("60B", None))]
    with pytest.raises(
        InputError, match="several things; say which with kind: dataset or benchmark"
    ):
        kb["glue"]
    with pytest.raises(InputError, match="unknown kind of entity 'datas'"):
        kb.entities("datas")


def test_sql_shows_them(run) -> None:
    rows = run("sql", "SELECT kind, id, aliases FROM entities WHERE id = 'c4'", "-f", "json").json

    assert rows == [
        {"kind": "dataset", "id": "c4", "aliases": json.dumps(["Colossal Clean Crawled Corpus"])}
    ]


def test_of_a_benchmark_models_of_every_variant_count(connection: sqlite3.Connection) -> None:
    (benchmark,) = [one for one in called(connection, "MMLU") if one.kind == "benchmark"]

    measured = {use.variant for use in portrait(connection, benchmark).used_by}
    base = {use.variant for use in portrait(connection, benchmark, variants="base").used_by}

    assert measured == {"base", "post-trained"}
    assert base == {"base"}


@pytest.mark.parametrize(
    ("kind", "name", "meant"),
    [
        ("benchmark", "AlpacaEval", "alpacaeval"),
        ("benchmark", "AlpacaEval v2", "alpacaeval-2.0"),
        ("benchmark", "τ-bench", "tau-bench"),
        ("benchmark", "τ²-bench", "tau2-bench"),
        ("dataset", "RedPajama-Data-1T", "redpajama"),
        ("dataset", "DCLM-Baseline", "dclm"),
        ("license", "Apache License", "apache-2.0"),
        ("license", "closed source", "proprietary"),
    ],
)
def test_a_name_as_people_write_it_means_one_entry(
    connection: sqlite3.Connection, kind: str, name: str, meant: str
) -> None:
    assert {one.id for one in called(connection, name) if one.kind == kind} == {meant}


@pytest.mark.parametrize(("kind", "name"), [("benchmark", "WebQA"), ("hardware", "Inferentia")])
def test_a_name_of_something_else_means_no_entry(
    connection: sqlite3.Connection, kind: str, name: str
) -> None:
    assert not [one for one in called(connection, name) if one.kind == kind]
