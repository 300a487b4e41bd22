"""The order of the families of a line: generations, and branches that go off from them."""

from __future__ import annotations

from typing import Any

from llmnotes.knowledge.lines import Before, before_each


def test_a_generation_follows_the_one_with_the_same_words() -> None:
    found = before_each("qwen", ["qwen-1", "qwen-vl", "qwen-2", "qwen2-vl", "qwen-2.5"])

    assert found["qwen-2"] == Before("qwen-1", False)
    assert found["qwen-2.5"] == Before("qwen-2", False)
    assert found["qwen2-vl"] == Before("qwen-vl", False)


def test_a_family_with_words_of_its_own_is_a_branch_of_the_newest_generation() -> None:
    found = before_each("qwen", ["qwen-1", "qwen-2", "qwen-vl", "qwen-2.5-coder", "qwq"])

    assert found["qwen-vl"] == found["qwq"] == Before("qwen-2", True)
    assert found["qwen-2.5-coder"] == Before("qwen-2", True)


def test_sizes_and_versions_make_no_branch() -> None:
    found = before_each("mistral", ["mistral", "mixtral", "mistral-7b-v0.2", "mixtral-8x22b"])

    assert found["mistral-7b-v0.2"] == Before("mistral", False)
    assert found["mixtral"] == Before("mistral", True)
    assert found["mixtral-8x22b"] == Before("mixtral", False)


def test_a_branch_that_is_older_than_the_trunk_has_nothing_before_it() -> None:
    found = before_each("qwen", ["qwen-vl", "qwen-1"])

    assert found == {}


def test_kin_of_one_another_are_no_generations() -> None:
    found = before_each("bert", ["bert", "scibert", "legal-bert"])

    assert found["scibert"] == found["legal-bert"] == Before("bert", True)


def test_a_family_called_after_its_publishers_line_is_in_it(connection: Any) -> None:
    """Else `show LINE`, `lineage` and the notes' loose names would pass it over."""
    publishers: dict[str, set[str]] = {}
    for line, publisher in connection.execute(
        "SELECT f.line, v.value FROM families f JOIN models m ON m.family = f.id "
        "JOIN model_values v ON v.model = m.id AND v.attribute = 'organization' "
        "WHERE f.line IS NOT NULL"
    ):
        publishers.setdefault(line, set()).add(publisher)
    outside = {
        (family, line)
        for family, publisher in connection.execute(
            "SELECT f.id, v.value FROM families f JOIN models m ON m.family = f.id "
            "JOIN model_values v ON v.model = m.id AND v.attribute = 'organization' "
            "WHERE f.line IS NULL"
        )
        for line in {family, family.rpartition("-")[0], family.split("-")[0].rstrip("0123456789.")}
        if publisher in publishers.get(line, ())
    }

    assert not outside, "write `line = ` into these family files"
