"""Descent: ancestors, descendants, and the changes between them, with sources."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.export import FORMATS
from llmnotes.knowledge.compare import compare
from llmnotes.study.generations import Generations, Node
from llmnotes.study.lineage import lineage


def nodes(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield tree
    for child in tree["children"]:
        yield from nodes(child)


def test_llama_2_70b_descends_from_the_largest_llama_with_what_changed(connection: Any) -> None:
    found = lineage(connection, "llama-2-70b")

    assert found["descends_from"] == ["llama-65b"]
    tree = found["tree"]
    assert tree["name"] == "LLaMA 65B"
    (child,) = tree["children"]
    assert (child["id"], child["relation"]) == ("llama-2-70b", "same-size")
    changes = {change["attribute"]: change for change in child["changes"]}
    assert (changes["attention"]["from"], changes["attention"]["to"]) == ("MHA", "GQA")
    assert (changes["context_length"]["from"], changes["context_length"]["to"]) == (
        "2,048",
        "4,096",
    )
    assert changes["n_kv_heads"]["said"][1]["source"]
    assert "llama-2-70b-chat" in {item["id"] for item in child["children"]}


def test_every_change_names_sources_that_are_listed(connection: Any) -> None:
    for name in ("llama-2-70b", "gpt-3-175b", "gpt-4", "mixtral"):
        found = lineage(connection, name)
        listed = {source["id"] for source in found["sources"]}
        for node in nodes(found["tree"]):
            for change in node["changes"]:
                assert change["sources"], (node["id"], change["attribute"])
                assert set(change["sources"]) <= listed
                assert change["from"] != change["to"]


def test_every_model_and_family_stands_in_its_own_tree_once(
    connection: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The trees of a line are made of the same steps.
    monkeypatch.setattr("llmnotes.study.lineage.compare", _compared_once())
    ids = [
        row[0] for row in connection.execute("SELECT id FROM models UNION SELECT id FROM families")
    ]
    for key in ids:
        found = lineage(connection, key)
        places = [(node["kind"], node["id"]) for node in nodes(found["tree"])]
        assert len(places) == len(set(places))
        assert (found["kind"], found["id"]) in places


def _compared_once() -> Callable[..., Any]:
    """A caching `compare`."""

    @cache
    def remembered(connection: Any, pair: tuple[str, ...], **options: Any) -> Any:
        return compare(connection, pair, **options)

    return lambda connection, pair, **options: remembered(connection, tuple(pair), **options)


def test_generations_come_in_the_order_of_their_release(connection: Any) -> None:
    assert lineage(connection, "gpt-4")["descends_from"][:3] == ["gpt-1", "gpt-2", "gpt-3"]


def test_a_chat_model_starts_from_its_base(connection: Any) -> None:
    found = lineage(connection, "llama-2-7b-chat")

    assert found["descends_from"] == ["llama-7b", "llama-2-7b"]


def test_a_size_without_its_like_descends_from_the_whole_generation(connection: Any) -> None:
    found = lineage(connection, "gpt-3-175b")

    assert found["descends_from"] == ["gpt-1", "gpt-2"]
    last = next(node for node in nodes(found["tree"]) if node["id"] == "gpt-3-175b")
    assert last["relation"] == "generation"


def test_what_is_no_longer_disclosed_is_no_change_but_is_said(connection: Any) -> None:
    tree = lineage(connection, "gpt-4")["tree"]
    last = next(node for node in nodes(tree) if node["id"] == "gpt-4")

    assert "n_layers" in last["withheld"]
    assert "n_layers" not in {change["attribute"] for change in last["changes"]}


def small_base(*models: tuple[str, str, str, int | None, str | None]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE families (id, line)")
    connection.execute(
        "CREATE TABLE models (id, family, variant, params_total, based_on, position, release_date_min)"
    )
    connection.execute("CREATE TABLE model_values (model, attribute, value)")
    connection.executemany("INSERT INTO families VALUES (?, 'line')", [("toy-1",), ("toy-2",)])
    connection.executemany(
        "INSERT INTO models VALUES (?, ?, ?, ?, ?, 0, CASE ?2 WHEN 'toy-1' THEN 1 ELSE 2 END)",
        models,
    )
    return connection


def test_models_based_on_one_another_end_no_walk_in_a_circle() -> None:
    base = small_base(
        ("a", "toy-1", "base", 1, '["b"]'),
        ("b", "toy-1", "base", 1, '["a"]'),
    )
    found = Generations(base)

    assert [link.parent.id for link in found.parents(Node("model", "a"))] == ["b"]
    assert [link.child.id for link in found.children(Node("model", "a"))] == ["b"]


def test_a_generation_without_a_date_follows_none_and_is_followed_by_none() -> None:
    base = small_base(("one-7b", "toy-1", "base", 7, None), ("two-7b", "toy-2", "base", 7, None))
    base.execute("UPDATE models SET release_date_min = NULL WHERE family = 'toy-1'")
    found = Generations(base)

    for node in (Node("family", "toy-1"), Node("family", "toy-2"), Node("model", "two-7b")):
        assert found.parents(node) == []
        assert found.children(node) == []


def test_a_model_without_line_and_kin_stands_alone() -> None:
    found = Generations(small_base())

    assert found.parents(Node("model", "elsewhere")) == []
    assert found.children(Node("model", "elsewhere")) == []


def test_sizes_answer_each_other_only_when_they_are_near() -> None:
    base = small_base(
        ("one-7b", "toy-1", "base", 7, None),
        ("one-65b", "toy-1", "base", 65, None),
        ("two-70b", "toy-2", "base", 70, None),
        ("two-20b", "toy-2", "base", 20, None),
        ("two-x", "toy-2", "base", None, None),
    )
    found = Generations(base)

    parents = {
        key: [(link.parent, link.relation) for link in found.parents(Node("model", key))]
        for key in ("two-70b", "two-20b", "two-x")
    }
    assert parents["two-70b"] == [(Node("model", "one-65b"), "same-size")]
    assert parents["two-20b"] == [(Node("family", "toy-1"), "generation")]
    assert parents["two-x"] == [(Node("family", "toy-1"), "generation")]


def test_the_tree_is_drawn_within_eighty_columns_and_cites(run: Any) -> None:
    out = run("lineage", "llama2-70b").out

    tree, _, notes = out.partition("\n\n[1] ")
    # The line of a model keeps its id in one piece, however deep it stands.
    assert max(len(line) for line in tree.splitlines() if "─ " not in line) <= 80
    assert "LLaMA 65B (llama-65b), 2023-02-24" in tree
    assert "└─ Llama 2 70B (llama-2-70b)" in tree
    assert "Attention: MHA → GQA [" in tree
    assert "arXiv:2307.09288" in notes


def test_an_unknown_model_is_refused_with_the_nearest(connection: Any) -> None:
    with pytest.raises(InputError, match="llama-2-70b"):
        lineage(connection, "llama-2-71b")


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_answers(run: Any, format: str) -> None:
    result = run("lineage", "llama-2-13b", "--format", format)

    assert result.code == 0
    assert "llama-13b" in result.out
