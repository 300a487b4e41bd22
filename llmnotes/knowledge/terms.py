"""Operands of comparisons with words: terms of a vocabulary, names of models and organizations, texts."""

from __future__ import annotations

import re
import sqlite3
from typing import Literal, NamedTuple

from llmnotes.errors import InputError, quoted
from llmnotes.knowledge import names
from llmnotes.knowledge.conditions import Comparison
from llmnotes.knowledge.words import contains, words
from llmnotes.pattern import late
from llmnotes.vocabulary import canonical, fold


class Term(NamedTuple):
    """What an element of a value is held against: one of `texts`, or words that it contains."""

    texts: tuple[str, ...]
    match: Literal["exactly", "words", "inside"]

    def holds(self, value: str) -> bool:
        """Whether an element of a value is what was asked for."""
        if self.match == "exactly":
            return value in self.texts
        return TESTS[self.match](value, self.texts[0])


TESTS = {
    "words": lambda value, asked: contains(value, asked),
    "inside": lambda value, asked: fold(asked) in fold(value),
}
"""How a text is held against what was asked for."""


def term(connection: sqlite3.Connection, comparison: Comparison) -> Term:
    """The term, models, organization or words that are asked for.

    A text is asked for by words that it contains, by `has` also by a part of a word. Raises
    `InputError` with the nearest ones where it is no term and nothing is called so.
    """
    attribute, text = comparison.attribute, comparison.text
    if not comparison.quoted:
        _refuse_signs(comparison)
    if attribute.kind == "organizations":
        return Term((names.organization(connection, text),), "exactly")
    if attribute.kind == "models":
        return Term(_models(connection, text), "exactly")
    if attribute.vocabulary:
        return Term((canonical(attribute.vocabulary, text, f"{attribute.id}: "),), "exactly")
    if not words(text):
        raise InputError(f"{attribute.id}: {quoted(text)} holds no word")
    return Term((text,), "inside" if comparison.operator == "has" else "words")


def _models(connection: sqlite3.Connection, text: str) -> tuple[str, ...]:
    """The model called so, or every member of the family."""
    found = names.find(connection, text, ("model", "family"))
    if found.kind == "model":
        return (found.id,)
    return tuple(names.members(connection, found.id, "all"))


_NEGATIONS = late(r"\s*([~^¬≠-]|!+|not\s)\s*", re.IGNORECASE)
_STRAY = late(r"[!~*?|<>=^¬≠]")


def _refuse_signs(comparison: Comparison) -> None:
    """Refuse what looks like not or like a pattern: a sign left out would turn it round."""
    attribute, text = comparison.attribute, comparison.text
    sign = _NEGATIONS.match(text)
    if sign:
        raise InputError(
            f"{attribute.id}: {quoted(text)}: for not write !{text[sign.end() :]}, and put a name "
            "that begins so in quotes"
        )
    if attribute.vocabulary and (stray := _STRAY.search(text)):
        raise InputError(f"{attribute.id}: {quoted(text)}: {stray[0]} means nothing in a term")
