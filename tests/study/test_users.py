"""`who-uses` computes users from claims, and says where each is said."""

from __future__ import annotations

from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.export import FORMATS
from llmnotes.knowledge.filtering import Query, select
from llmnotes.study.explain import explain
from llmnotes.study.techniques import techniques
from llmnotes.study.users import users


@pytest.mark.parametrize(
    "variants",
    [
        "all",
        pytest.param("base", marks=pytest.mark.thorough),
        pytest.param("post-trained", marks=pytest.mark.thorough),
    ],
)
def test_the_users_of_every_technique_are_those_a_filter_finds(
    connection: Any, variants: str
) -> None:
    for item in techniques(connection).values():
        if not item.stands_for:
            continue  # of a benchmark that is explained too, those measured on it are listed
        expected: set[str] = set()
        for name, term in item.stands_for:
            query = Query(where=f'{name} = "{term}"', variants=variants)
            expected |= {record["id"] for record in select(connection, query, ["id"])}
        found_users = users(connection, item.id, variants=variants)["used_by"]
        assert {use["model"] for use in found_users} == expected, item.id


def test_every_user_has_its_source_among_those_listed(connection: Any) -> None:
    found = users(connection, "GQA", variants="all")

    listed = {source["id"] for source in found["sources"]}
    assert {use["source"] for use in found["used_by"]} <= listed
    assert all(use["locator"] for use in found["used_by"])


def test_rumours_count_only_when_asked_for(connection: Any) -> None:
    def ids(tentative: frozenset[str]) -> set[str]:
        return {use["model"] for use in users(connection, "moe", tentative=tentative)["used_by"]}

    assert ids(frozenset()) <= ids(frozenset({"rumoured"}))


def test_a_value_without_a_technique_has_users_too(connection: Any) -> None:
    found = users(connection, "training_data = C4")

    assert "t5-small" in {use["model"] for use in found["used_by"]}


def test_what_no_attribute_records_is_said_and_ends_with_0_or_1(run: Any) -> None:
    plain, strict = run("who-uses", "lora"), run("who-uses", "lora", "--exit-code")

    assert plain.code == 0
    assert "no attribute of the base records LoRA" in plain.err
    assert strict.code == 1


@pytest.mark.parametrize(
    ("term", "complaint"),
    [
        ("triton", "'triton' can mean triton-inference-server, triton-language; choose one"),
        ("context_length", "is an attribute"),
        ("frobnication", "unknown term 'frobnication'"),
    ],
)
def test_a_term_that_is_no_technique_is_refused(connection: Any, term: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        users(connection, term)


def test_a_wrong_variant_is_refused(connection: Any) -> None:
    with pytest.raises(InputError, match="unknown variant 'chat'"):
        users(connection, "gqa", variants="chat")


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_answers(run: Any, format: str) -> None:
    result = run("who-uses", "GQA", "--format", format)

    assert result.code == 0
    assert "llama-2-70b" in result.out


@pytest.mark.parametrize(
    ("technique", "user"),
    [("dpo", "mixtral-8x7b-instruct-v0.1"), ("rlhf", "llama-2-70b-chat"), ("gqa", "mistral-7b")],
)
def test_what_is_done_after_pretraining_is_used_by_the_variants(
    connection: Any, technique: str, user: str
) -> None:
    listed = {use["model"] for use in users(connection, technique)["used_by"]}
    page = explain(connection, technique).pages[0]

    assert user in listed
    assert {use["model"] for use in page["used_by"]} == listed
    assert ("llama-2-70b-chat" in listed) == (technique == "rlhf")
