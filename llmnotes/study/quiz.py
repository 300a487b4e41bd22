"""A quiz: selecting questions, judging answers, recording results."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from llmnotes.errors import InputError
from llmnotes.knowledge.sources import short_reference, sources
from llmnotes.study import cards
from llmnotes.study.items import QuizItem
from llmnotes.study.questions import Question, items, mixed, question
from llmnotes.study.tags import about
from llmnotes.study.technique_items import citation
from llmnotes.vocabulary import fold


@dataclass(frozen=True, slots=True)
class Wanted:
    """The requested questions: how many, on what, only due ones, and the seed of the draw."""

    count: int
    topic: str | None = None
    due: bool = False
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Questions with the references of their answers, by question id."""

    questions: list[Question]
    references: Mapping[str, list[dict[str, Any]]]
    seed: int


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A given answer: the letter, whether it is right, when the card is due again."""

    question: Question
    letter: str
    right: bool
    due: datetime


def draw(connection: sqlite3.Connection, wanted: Wanted, at: datetime) -> Sheet:
    """The questions of a quiz: due ones first, then new ones; fewer where there are not enough.

    With a seed the same base gives the same questions, whatever was answered before.

    Raises `InputError` where `wanted.topic` is unknown.
    """
    known = items(connection)
    if wanted.topic is not None:
        known = about(known, wanted.topic)
    due = cards.due_times(connection)
    if wanted.due:
        known = [item for item in known if item.id in due and due[item.id] <= at]
    seed = secrets.randbelow(1_000_000) if wanted.seed is None else wanted.seed
    by_id = {item.id: item for item in mixed(known, seed)}
    order = cards.next_first(by_id, due, at) if wanted.seed is None else list(by_id)
    found = [question(by_id[key], seed) for key in order[: wanted.count]]
    return Sheet(found, references(connection, [one.item for one in found]), seed)


def judge(asked: Question, text: str) -> str:
    """The letter of an answer given as the letter itself, its number, or the choice's own words.

    Raises `InputError` that names the letters where it matches none of them.
    """
    said = text.strip().rstrip(".)").strip()
    letters = list(asked.choices)
    if said.lower() in letters:
        return said.lower()
    meant = [letter for letter, choice in asked.choices.items() if fold(choice) == fold(said)]
    if len(meant) == 1 and fold(said):
        return meant[0]
    if said.isascii() and said.isdigit() and 1 <= int(said) <= len(letters):
        return letters[int(said) - 1]
    raise InputError(
        f"{text.strip()[:60]!r} is none of the choices; answer {', '.join(letters[:-1])} or "
        f"{letters[-1]}"
    )


def references(
    connection: sqlite3.Connection, asked: Iterable[QuizItem]
) -> dict[str, list[dict[str, Any]]]:
    """The references of each item's answer by item id: id, title, URL, locator and text."""
    known = list(asked)
    keys = [one.source for item in known for one in item.evidence if one.source]
    found = {source["id"]: source for source in sources(connection, keys)}
    return {
        item.id: [
            _reference(found[one.source], one.locator)
            if one.source
            else _paper(connection, one.subject)
            for one in item.evidence
            if one.source is None or one.source in found
        ]
        for item in known
    }


def _reference(source: dict[str, Any], locator: str | None) -> dict[str, Any]:
    return {
        "id": source["id"], "title": source["title"], "url": source["url"], "locator": locator,
        "text": short_reference(source),
    }  # fmt: skip


def reference_line(found: Iterable[dict[str, Any]]) -> str:
    """References in one line, each document once with its locators."""
    places: dict[str, list[str]] = {}
    for one in found:
        at = places.setdefault(one["text"], [])
        if one["locator"] and one["locator"] not in at:
            at.append(one["locator"])
    return "; ".join(f"{text} ({'; '.join(at)})" if at else text for text, at in places.items())


def _paper(connection: sqlite3.Connection, technique: str) -> dict[str, Any]:
    """The paper of a technique as a reference, or why there is none."""
    paper, reason = connection.execute(
        "SELECT paper, no_paper FROM techniques WHERE id = ?", (technique,)
    ).fetchone()
    if paper is None:
        return {"id": None, "title": None, "url": None, "locator": None, "text": reason}
    cited = json.loads(paper)
    url = cited.get("url")
    if cited.get("arxiv"):
        url = f"https://arxiv.org/abs/{cited['arxiv']}"
    elif cited.get("doi"):
        url = f"https://doi.org/{cited['doi']}"
    text = f"{citation(cited)}. {url}"
    return {"id": None, "title": cited["title"], "url": url, "locator": None, "text": text}
