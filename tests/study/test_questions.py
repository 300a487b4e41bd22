"""Questions rely on certain values; their keys are derived again by independent code."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.errors import InputError
from llmnotes.store.build import build
from llmnotes.store.connect import connect
from llmnotes.study.certainty import overlapping
from llmnotes.study.items import KINDS
from llmnotes.study.questions import Question, items, mixed, question
from llmnotes.study.tags import about
from llmnotes.vocabulary import VOCABULARIES
from tests.study.known import all_items
from tests.study.question_truth import (
    agreed,
    claims,
    members,
    right_choices,
    says,
)

SEEDS = (1, 2, 3, 4, 5)


def fifty(connection: sqlite3.Connection, seed: int) -> list[Question]:
    return [question(item, seed) for item in mixed(all_items(), seed)[:50]]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_quiz_of_fifty_has_fifty_right_keys_and_never_two(
    connection: sqlite3.Connection, seed: int
) -> None:
    asked = fifty(connection, seed)

    assert len(asked) == len({one.item.id for one in asked}) == 50
    assert {one.item.kind for one in asked} == set(KINDS)
    for one in asked:
        assert right_choices(connection, one) == [one.key], one


def test_every_question_of_the_base_has_one_right_choice(connection: sqlite3.Connection) -> None:
    for item in all_items():
        one = question(item, 7)

        assert right_choices(connection, one) == [one.key], one
        assert len(set(one.choices.values())) == len(one.choices) >= 2


def test_no_question_rests_on_a_rumour_an_estimate_or_nothing(
    connection: sqlite3.Connection,
) -> None:
    for item in all_items():
        assert item.evidence, item.id
        for one in item.evidence:
            assert one.status in {"reported", "derived"}, item.id
            assert one.value is not None, item.id
            assert one.source or one.attribute in {"definition", "formula", "paper"}, item.id


def test_no_false_choice_is_what_anybody_says_of_the_subject(
    connection: sqlite3.Connection,
) -> None:
    """Not even a rumour, an overruled claim or the publisher's rounding makes a choice right."""
    for item in all_items():
        if item.kind != "value" or item.attribute == "organization":
            continue
        assert item.attribute
        for model in members(connection, item.subjects[0]):
            said = claims(connection, model, item.attribute)
            if item.attribute.startswith("params_"):
                said += claims(connection, model, "params_reported")
            for value, status in said:
                for text in item.wrong if value is not None else ():
                    assert not says(connection, item.attribute, text, value), (item, value, status)


def test_a_model_of_which_nothing_is_known_is_no_choice(connection: sqlite3.Connection) -> None:
    for item in all_items():
        if item.kind == "which":
            assert item.attribute
            for text in item.wrong:
                agreed(connection, item.names[text], item.attribute)


def test_ids_are_stable_and_the_seed_only_mixes(connection: sqlite3.Connection) -> None:
    found = all_items()

    assert [item.id for item in found] == [item.id for item in items(connection)]
    assert len({item.id for item in found}) == len(found)
    assert [one.choices for one in fifty(connection, 3)] == [
        one.choices for one in fifty(connection, 3)
    ]
    assert [one.item.id for one in fifty(connection, 3)] != [
        one.item.id for one in fifty(connection, 4)
    ]


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("GQA", "value/attention/llama-2-70b"),
        ("context", "value/context_length/llama-2"),
        ("Optimizer", "definition/adafactor"),
        ("llama2", "change/context_length/llama/llama-2"),
        ("LLM pretraining", "value/context_length/llama-2"),
        ("formula", "formula/rope"),
    ],
)
def test_a_topic_is_an_attribute_a_term_a_family_or_part_of_the_course(
    connection: sqlite3.Connection, topic: str, expected: str
) -> None:
    assert expected in {item.id for item in about(all_items(), topic)}


def test_an_unknown_topic_names_the_nearest(connection: sqlite3.Connection) -> None:
    with pytest.raises(InputError, match=r"unknown topic 'attenton'\. Nearest: attention"):
        about(all_items(), "attenton")


@given(st.sampled_from(sorted(VOCABULARIES)), st.data())
def test_overlap_of_terms_goes_both_ways(vocabulary: str, data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(sorted(VOCABULARIES[vocabulary])))
    other = data.draw(st.sampled_from(sorted(VOCABULARIES[vocabulary])))

    assert overlapping(one, one)
    assert overlapping(one, other) == overlapping(other, one)


def test_a_claim_of_the_users_is_asked_about_and_one_that_contradicts_ends_the_question(
    run: Any, user_store: Path
) -> None:
    run("set", "gpt-4", "n_layers=96", "--source", "My book", "--at", "p. 3")
    run("set", "llama-2-70b", "n_layers=81", "--source", "My book", "--at", "p. 4")

    opened = connect(user_store)
    found = {item.id: item for item in items(opened)}
    opened.close()

    assert found["value/n_layers/gpt-4"].answer == "96"
    assert "value/n_layers/llama-2-70b" not in found


FAMILY = """
id = "{id}"
name = "{name}"
line = "toy"
models = [{models}]
[sources.{id}-paper]
kind = "paper"
title = "The {name} paper"
url = "https://toy.org/paper"
copy_read = "https://toy.org/paper on 2026-11-28"
read = "whole"
[claims]
{claims}
"""


@pytest.fixture
def toy(tmp_path: Any) -> Iterator[Any]:
    """Builds a store from families given as text, beside the real organizations and techniques."""
    opened: list[sqlite3.Connection] = []

    def open_toy(**families: tuple[str, str]) -> sqlite3.Connection:
        data = tmp_path / "data"
        (data / "families").mkdir(parents=True)
        (data / "techniques").mkdir()
        for name in ("sources.toml", "topics.toml"):
            (data / name).write_text("")
        for key, (models, said) in families.items():
            text = FAMILY.format(id=key, name=key.title(), models=models, claims=said)
            (data / "families" / f"{key}.toml").write_text(text)
        opened.append(connect(curated=build(tmp_path / "toy.sqlite", data)))
        return opened[-1]

    yield open_toy
    for one in opened:
        one.close()


def claim(key: str, attribute: str, value: Any, status: str = "reported") -> str:
    return (
        f'[[claims.{attribute}]]\nvalue = {json.dumps(value)}\nsource = "{key}-paper"\n'
        f'at = "p. 1"\nstatus = "{status}"\n'
    )


def one_model(key: str) -> str:
    return f'{{ id = "{key}-1", name = "{key.title()} 1" }}'


def toy_family(key: str, attention: str, *more: str) -> tuple[str, str]:
    return one_model(key), claim(key, "attention", attention) + "".join(more)


def test_rumoured_undisclosed_and_contested_values_are_neither_asked_nor_offered(toy: Any) -> None:
    opened = toy(
        sure=toy_family("sure", "GQA"),
        one=toy_family("one", "MHA"),
        two=toy_family("two", "MHA"),
        three=toy_family("three", "MLA"),
        rumour=(one_model("rumour"), claim("rumour", "attention", "MQA", "rumoured")),
        estimate=(one_model("estimate"), claim("estimate", "attention", "MQA", "estimated")),
        torn=toy_family("torn", "MHA", claim("torn", "attention", "MQA")),
        silent=(one_model("silent"), claim("silent", "n_layers", 12)),
    )

    found = items(opened)

    attention = [item for item in found if item.attribute == "attention"]
    asked = {subject for item in attention for subject in item.subjects}
    offered = {name for item in attention if item.kind == "which" for name in item.wrong}
    assert asked == {"sure-1", "one-1", "two-1", "three-1"}
    assert offered == {"Sure 1", "One 1", "Two 1", "Three 1"}


def test_sizes_that_differ_are_asked_about_one_by_one(toy: Any) -> None:
    sizes = ", ".join(
        f'{{ id = "mix-{size}", name = "Mix {size}", claims = {{ attention = '
        f'{{ value = "{kind}", source = "mix-paper", at = "p. 2" }} }} }}'
        for size, kind in (("s", "MHA"), ("l", "GQA"))
    )
    opened = toy(mix=(sizes, claim("mix", "activation", "GELU")))

    prompts = {item.id: item.prompt for item in items(opened)}

    assert prompts["value/attention/mix-l"] == "Attention of Mix l?"
    assert prompts["value/activation/mix"] == "Activation of Mix (all base sizes)?"
    assert "value/attention/mix" not in prompts


def test_terms_that_contain_one_another_are_not_offered_against_each_other(toy: Any) -> None:
    opened = toy(
        sure=(one_model("sure"), claim("sure", "tokenizer", "byte-level BPE")),
        one=(one_model("one"), claim("one", "tokenizer", "BPE")),
    )

    (asked,) = [item for item in items(opened) if item.id == "value/tokenizer/sure-1"]

    assert "BPE" not in asked.wrong
    assert "WordPiece" in asked.wrong


def test_a_count_near_the_right_one_is_not_offered(toy: Any) -> None:
    tokens = {"sure": "1.4T", "near": "1.5T", "one": "300B", "two": "3T", "three": "20B"}
    opened = toy(
        **{
            key: (one_model(key), claim(key, "training_tokens", value))
            for key, value in tokens.items()
        }
    )

    (asked,) = [item for item in items(opened) if item.id == "value/training_tokens/sure-1"]

    assert set(asked.wrong) == {"300B tokens", "3.0T tokens", "20B tokens"}
