"""Quiz items: each has one right answer and a pool of answers that are certainly false."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

KINDS = {
    "value": "one value of a model or family",
    "which": "which of several models has a value",
    "change": "what changed from one generation to the next",
    "definition": "the technique that a definition describes",
    "formula": "the technique that a formula belongs to",
    "paper": "the paper that a technique is cited by",
}
"""Kinds of question."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence of an answer: a claim of a subject, or a technique's entry."""

    subject: str
    attribute: str
    value: Any
    status: str
    source: str | None
    locator: str | None


@dataclass(frozen=True)
class QuizItem:
    """A quiz item.

    False choices and tags are worked out when they are asked for: a quiz has few of all its items.

    Attributes:
        id: stable name of the item, `value/context_length/llama-2`; progress and cards refer to it.
        kind: one of `KINDS`.
        prompt: the question with choices.
        answer: the right choice.
        false: certainly false choices, the most plausible first, each with the id of the model, family or
            technique that it is, if any.
        subjects: ids of the models, families or techniques asked about, as the choices name them.
        attribute: the attribute asked about, if any.
        group: items of one group are similar, and a quiz mixes groups.
        evidence: the evidence of the answer.
        tagged: folded names by which `--topic` finds the item.
        front, back: the same as a card without choices; an item without a front has no card.
        latex: the formula in LaTeX, where the prompt or the back shows one.
    """

    id: str
    kind: str
    prompt: str
    answer: str
    false: Callable[[], Mapping[str, str | None]]
    subjects: tuple[str, ...]
    attribute: str | None
    group: str
    evidence: tuple[Evidence, ...]
    tagged: Callable[[], frozenset[str]]
    front: str = ""
    back: str = ""
    latex: str | None = None

    @cached_property
    def wrong(self) -> tuple[str, ...]:
        """The false choices."""
        return tuple(self.false())

    @cached_property
    def tags(self) -> frozenset[str]:
        """The names by which `--topic` finds the item."""
        return self.tagged()

    @cached_property
    def names(self) -> dict[str, str]:
        """The id of a choice, where choices are models, families or techniques."""
        found = {text: key for text, key in self.false().items() if key is not None}
        return {self.answer: self.subjects[0], **found} if found else {}
