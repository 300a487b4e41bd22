"""Members of a family by size and count, and the generations of its line."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.layout.families import Families


@pytest.fixture
def families(connection):
    return Families(connection, BaseClaims(connection))


def test_generations_are_the_others_of_a_line_and_those_named_alike_have_a_number(families):
    assert "llama-2" in families.generations("llama")
    assert "llama" not in families.generations("llama")
    assert "code-llama" in families.generations("llama")
    assert "code-llama" not in families.named_alike("llama")
    assert "llama-3.1" in families.named_alike("llama")
    assert families.generations("zorg") == []


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ("7B", ["llama-7b"]),
        ("33B", ["llama-33b"]),
        ("32.5B", ["llama-33b"]),
        ("6.5B", ["llama-7b"]),  # within four hundredths of 6.74
        ("6.4B", []),
        ("3B", []),
        ("base", []),
    ],
)
def test_a_size_is_that_of_the_member_that_has_it_in_its_name_or_about_so_many(
    families, text, models
):
    members = tuple(families._base.members("llama"))
    assert families.of_size(members, text) == models


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ("large", ["albert-large-v1", "albert-large-v2"]),  # and none of xlarge
        ("xlarge", ["albert-xlarge-v1", "albert-xlarge-v2"]),
        ("large v2", ["albert-large-v2"]),
    ],
)
def test_a_version_behind_a_size_need_not_be_named(families, text, models):
    assert families.of_size(tuple(families._base.members("albert")), text) == models


def test_members_are_found_by_a_count(families):
    members = tuple(families._base.members("llama"))
    assert families.of_count(members, 6.74e9) == ["llama-7b"]
    assert families.of_count(members, 65e9) == ["llama-65b"]
    assert families.of_count(members, 1e9) == []


def test_families_are_all_or_none_beyond_a_number(families):
    every = families.families(10_000)
    assert "llama" in every
    assert families.families(len(every)) == every
    assert families.families(len(every) - 1) == []


@pytest.mark.parametrize(
    ("text", "model"),
    [("0.8B", "qwen-3.5-0.8b-base"), ("27B", "qwen-3.5-27b"), ("397B", "qwen-3.5-397b-a17b")],
)
def test_sizes_are_known_by_their_word_and_those_tuned_only_too(families, text, model):
    members = tuple(families._base.members("qwen-3.5"))
    assert families.of_size(members, text)[:1] == [model]
