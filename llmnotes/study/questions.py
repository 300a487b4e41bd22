"""Multiple-choice questions drawn from the base with a seed."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from llmnotes.study.certainty import Certainties
from llmnotes.study.items import QuizItem
from llmnotes.study.model_items import model_items
from llmnotes.study.tags import Tags
from llmnotes.study.technique_items import technique_items

LETTERS = "abcd"
_PLAUSIBLE = 9
"""The number of most plausible false choices to draw from."""


@dataclass(frozen=True, slots=True)
class Question:
    """An item with its choices in display order; `key` is the letter of the right one."""

    item: QuizItem
    choices: dict[str, str]
    key: str

    def as_json(self) -> dict[str, Any]:
        """The question for a script, with its key and its evidence."""
        item = self.item
        return {
            "id": item.id,
            "kind": item.kind,
            "question": item.prompt,
            "choices": self.choices,
            "key": self.key,
            "answer": item.answer,
            "attribute": item.attribute,
            "subjects": list(item.subjects),
            "choice_ids": {
                letter: item.names[text]
                for letter, text in self.choices.items()
                if text in item.names
            },
            "latex": item.latex if item.kind == "formula" else None,
            "evidence": [
                {
                    "subject": one.subject,
                    "attribute": one.attribute,
                    "value": one.value,
                    "status": one.status,
                    "source": one.source,
                    "locator": one.locator,
                }
                for one in item.evidence
            ],
        }


def items(connection: sqlite3.Connection) -> list[QuizItem]:
    """Every item of the open base, in a fixed order."""
    tags = Tags(connection)
    return [
        *model_items(connection, Certainties(connection), tags),
        *technique_items(connection, tags),
    ]


def question(item: QuizItem, seed: int) -> Question:
    """The item with at most three false choices, shuffled deterministically by the seed."""
    random_one = random.Random(f"{seed}/{item.id}")
    pool = list(item.wrong[:_PLAUSIBLE]) if item.kind == "value" else list(item.wrong)
    wrong = random_one.sample(pool, min(len(LETTERS) - 1, len(pool)))
    shown = [item.answer, *wrong]
    random_one.shuffle(shown)
    choices = dict(zip(LETTERS, shown, strict=False))
    key = next(letter for letter, text in choices.items() if text == item.answer)
    return Question(item, choices, key)


def mixed(items: Iterable[QuizItem], seed: int) -> list[QuizItem]:
    """The items in an order that alternates kinds and attributes."""
    random_one = random.Random(seed)
    kinds: dict[str, dict[str, list[QuizItem]]] = {}
    for item in items:
        kinds.setdefault(item.kind, {}).setdefault(item.group, []).append(item)
    lanes = [_alternating(list(groups.values()), random_one) for groups in kinds.values()]
    random_one.shuffle(lanes)
    return _round_robin(lanes)


def _alternating(groups: list[list[QuizItem]], random_one: random.Random) -> list[QuizItem]:
    for group in groups:
        random_one.shuffle(group)
    random_one.shuffle(groups)
    return _round_robin(groups)


def _round_robin(lanes: list[list[QuizItem]]) -> list[QuizItem]:
    longest = max(map(len, lanes), default=0)
    return [lane[turn] for turn in range(longest) for lane in lanes if turn < len(lane)]
