"""The course: the notes' outline, corrected, with what is read and what is not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.export import FORMATS
from llmnotes.study.explain import explain
from llmnotes.study.topics import course, part

NAMES = [
    "Fundamentals", "LLM pretraining", "Fine-tuning", "Efficient training and inference",
    "Agents and applications",
]  # fmt: skip


def test_the_course_has_the_sections_and_items_of_the_notes(connection: Any) -> None:
    sections = course(connection)

    assert [section["name"] for section in sections] == NAMES
    assert [section["number"] for section in sections] == [0, 1, 2, 3, 4]
    assert [len(section["items"]) for section in sections][:4] == [3, 5, 6, 7]
    assert sum(len(section["items"]) for section in sections) >= 28


@pytest.mark.thorough
def test_every_item_leads_somewhere_and_every_target_has_a_page(connection: Any) -> None:
    for section in course(connection):
        for item in section["items"]:
            assert item["targets"], item["name"]
            for target in item["targets"]:
                pages = explain(connection, target["id"]).pages
                assert target["id"] in [page["id"] for page in pages]


@pytest.mark.parametrize(
    ("name", "items"),
    [
        ("BERT", ["BERT"]),
        ("Lightening Attention 2", ["Linear attention: Lightning Attention-2"]),
        ("Mistral-8x7B", ["Mixtral 8x7B"]),
        ("LoRA & QLoRA", ["LoRA and QLoRA"]),
        ("Overview of Efficient Serving (if time permit)", ["Overview of efficient serving"]),
        ("format llm", ["Format LLM (structured output)"]),
    ],
)
def test_an_item_is_found_by_the_notes_own_wording(
    connection: Any, name: str, items: list[str]
) -> None:
    found = part(connection, course(connection), name)

    assert [item["name"] for section in found for item in section["items"]] == items


@pytest.mark.parametrize("name", ["2", "topic 2", "fine-tuning", "Fine Tuning"])
def test_a_section_is_found_by_number_and_name(connection: Any, name: str) -> None:
    assert [section["name"] for section in part(connection, course(connection), name)] == [
        "Fine-tuning"
    ]


def test_every_bullet_of_the_notes_finds_its_item(connection: Any, reference: Path) -> None:
    notes = next((reference.parent / "seed").glob("*.txt"), None)
    if notes is None:
        pytest.skip("the starting notes are not here")
    bullets = re.findall(r"^\s*- (.+)$", notes.read_text(encoding="utf-8"), re.M)
    sections = course(connection)

    for bullet in bullets:
        if bullet != "Open-source resources":  # a heading for the bullets below it
            assert part(connection, sections, bullet), bullet


@pytest.mark.parametrize("name", ["", "5", "9", "..."])
def test_what_is_no_section_and_no_item_is_refused(connection: Any, name: str) -> None:
    with pytest.raises(InputError, match="unknown topic"):
        part(connection, course(connection), name)


def test_an_unknown_topic_is_refused_with_the_nearest(connection: Any) -> None:
    with pytest.raises(InputError, match=r"unknown topic 'quantum physics'"):
        part(connection, course(connection), "quantum physics")


def test_what_was_read_is_marked_and_can_be_unmarked(run: Any, user_store: Path) -> None:
    assert not user_store.exists()

    marked = run("topics", "--read", "gqa", "--read", "BERT")
    assert marked.code == 0
    assert "marked as read: gqa, encoder-only, mlm, nsp, wordpiece, bert" in marked.err
    assert "[x] BERT" in marked.out
    assert "[-] Llama 2" in marked.out

    bert = run("topics", "bert", "-f", "json").json["sections"][0]["items"][0]
    assert bert["read"] is True
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", target["read"]) for target in bert["targets"])

    unmarked = run("topics", "--unread", "BERT")
    assert "[ ] BERT" in unmarked.out
    assert "[-] Llama 2" in unmarked.out


def test_marking_twice_keeps_the_first_day_and_reading_writes_nothing(
    run: Any, user_store: Path
) -> None:
    run("topics", "--read", "rope")
    before = user_store.read_bytes()

    run("topics")
    run("explain", "rope")

    assert user_store.read_bytes() == before
    assert run("topics", "--read", "rope").code == 0


def test_a_name_that_is_nothing_to_read_is_refused_and_nothing_is_written(
    run: Any, user_store: Path
) -> None:
    result = run("topics", "--read", "gqa", "--read", "frobnication")

    assert result.code == 2
    assert "frobnication" in result.err
    assert not user_store.exists()


def test_a_read_technique_shows_its_day_on_its_page_and_path(run: Any) -> None:
    run("topics", "--read", "softmax")

    assert re.search(r"^Read +\d{4}-", run("explain", "softmax").out, re.M)
    steps = run("path", "flashattention", "--unread", "-f", "json").json["steps"]
    assert "softmax" not in [step["id"] for step in steps]


def test_a_store_that_is_none_ends_with_3(run: Any, user_store: Path) -> None:
    user_store.write_text("not a store")

    assert run("topics").code == 3
    assert run("topics", "--read", "gqa").code == 3


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_answers(run: Any, format: str) -> None:
    result = run("topics", "3", "--format", format)

    assert result.code == 0
    assert "flashattention-2" in result.out
