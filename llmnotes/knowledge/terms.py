"""Parses operands of comparisons with words: vocabulary terms, names of models and organizations, texts."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

from llmnotes.attributes.entities import IN_TEXT, KIND_OF
from llmnotes.errors import InputError, quoted, unknown
from llmnotes.knowledge import names
from llmnotes.knowledge.conditions import Comparison
from llmnotes.knowledge.members import members
from llmnotes.knowledge.words import contains, words
from llmnotes.pattern import late
from llmnotes.schema import ATTRIBUTES, Attribute
from llmnotes.spelling import nearest
from llmnotes.vocabulary import VOCABULARIES, canonical, fold, included, spellings

if TYPE_CHECKING:
    from llmnotes.knowledge.entities import EntityNames


class Term(NamedTuple):
    """A test of an element of a value: equal to one of `texts`, or containing words.

    With `names` the test is whether the element names one of these entity ids.
    """

    texts: tuple[str, ...]
    match: Literal["exactly", "words", "inside", "names"]
    names: EntityNames | None = None

    def holds(self, value: str) -> bool:
        """Whether an element of a value passes the test."""
        if self.names is not None:
            return not self.names.in_text(value).isdisjoint(self.texts)
        if self.match == "exactly":
            return value in self.texts
        return TESTS[self.match](value, self.texts[0])


TESTS = {
    "words": lambda value, asked: contains(value, asked),
    "inside": lambda value, asked: fold(asked) in fold(value),
}
"""SQL functions that test a text against the operand."""


def register_texts(connection: sqlite3.Connection) -> None:
    """Register the tests as the SQL functions `text_words` and `text_inside`."""
    for name, test in TESTS.items():
        connection.create_function(f"text_{name}", 2, _of_text(test), deterministic=True)


def _of_text(test: Callable[[str, str], bool]) -> Callable[[object, str], bool]:
    return lambda value, asked: value is not None and test(str(value), asked)


def term(connection: sqlite3.Connection, comparison: Comparison) -> Term:
    """The test for the operand: a term with those it includes, models, an entity or words.

    A text matches by the entity it names (a dataset by any of its names), else by the words that it
    contains, with `has` also by a part of a word. Raises `InputError` with the nearest ones where it is no
    term and no such name exists.
    """
    attribute, text = comparison.attribute, comparison.text
    if not comparison.quoted:
        _refuse_signs(comparison)
    if attribute.kind == "organizations":
        return Term((names.organization(connection, text),), "exactly")
    if attribute.kind == "models":
        return Term(_models(connection, text), "exactly")
    if attribute.vocabulary:
        found = _term_of(attribute, text)
        return Term((found, *included(attribute.vocabulary, found)), "exactly")
    if not words(text):
        raise InputError(f"{attribute.id}: {quoted(text)} holds no word")
    if comparison.operator == "has":
        return Term((text,), "inside")
    kind = KIND_OF.get(attribute.id)
    return _named(connection, attribute, kind, text) if kind in IN_TEXT else Term((text,), "words")


def _term_of(attribute: Attribute, text: str) -> str:
    vocabulary = str(attribute.vocabulary)
    if attribute.terms_of and fold(text) not in spellings(vocabulary):
        known = [*VOCABULARIES[vocabulary], *ATTRIBUTES[attribute.terms_of].terms]
        raise unknown(f"{attribute.id} value", text, known, f"{attribute.id}: ")
    return canonical(vocabulary, text, f"{attribute.id}: ")


def _named(connection: sqlite3.Connection, attribute: Attribute, kind: str, text: str) -> Term:
    """The test for an entity with its parts, or for the words where some value contains them."""
    from llmnotes.knowledge.entities import EntityNames

    known = EntityNames(connection, kind)
    if found := known.called(text):
        return Term(tuple(sorted(known.within(found.id))), "names", known)
    if not _said(connection, attribute, text):
        means = {name: item.name for item in known.entities.values() for name in item.names}
        near = nearest(text, means, 9) or _spelt_alike(text, list(means))
        close = list(dict.fromkeys(means[name] for name in near))[:4]
        hint = f"; nearest: {', '.join(close)}" if close else ""
        raise InputError(
            f"{attribute.id}: no model has {quoted(text)} and no {kind} is called so{hint}"
        )
    return Term((text,), "words")


def _said(connection: sqlite3.Connection, attribute: Attribute, text: str) -> bool:
    """Whether any claim contains the words."""
    register_texts(connection)
    rows = connection.execute(
        "SELECT 1 FROM claims WHERE attribute = ? AND text_words(value, ?) LIMIT 1",
        (attribute.id, text),
    )
    return rows.fetchone() is not None


def _spelt_alike(text: str, candidates: list[str]) -> list[str]:
    """The names with a word spelt similarly to one of the text's."""
    by_word = {word: name for name in reversed(candidates) for word in words(name)}
    close = [by_word[found] for word in words(text) for found in nearest(word, by_word, cutoff=0.6)]
    return list(dict.fromkeys(close))[:4]


def _models(connection: sqlite3.Connection, text: str) -> tuple[str, ...]:
    """The model called `text`, or every member of the family."""
    found = names.find(connection, text, ("model", "family"))
    if found.kind == "model":
        return (found.id,)
    return tuple(members(connection, found.id, "all"))


_NEGATIONS = late(r"\s*([~^¬≠-]|!+|not\s)\s*", re.IGNORECASE)
_STRAY = late(r"[!~*?|<>=^¬≠]")


def _refuse_signs(comparison: Comparison) -> None:
    """Refuse a negation or a pattern sign in the operand: ignoring it would invert the condition."""
    attribute, text = comparison.attribute, comparison.text
    sign = _NEGATIONS.match(text)
    if sign:
        raise InputError(
            f"{attribute.id}: {quoted(text)}: for not write !{text[sign.end() :]}, and put a name "
            "that begins so in quotes"
        )
    if attribute.vocabulary and (stray := _STRAY.search(text)):
        raise InputError(f"{attribute.id}: {quoted(text)}: {stray[0]} means nothing in a term")
