"""Names by which `--topic` finds items: attributes, groups, terms, techniques, families, the course."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from llmnotes.errors import unknown
from llmnotes.schema import GROUPS, Attribute
from llmnotes.study.certainty import QuizSubject, parts
from llmnotes.study.items import QuizItem
from llmnotes.vocabulary import fold


class Tags:
    """All the names an item can be found by, folded; read once from the base."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._of_technique: dict[str, set[str]] = {}
        self._of_term: dict[str, set[str]] = {}
        self._of_family: dict[str, set[str]] = {}
        self._of_subject: dict[str, set[str]] = {}
        for key, name, category, aliases, stands_for in connection.execute(
            "SELECT id, name, category, aliases, stands_for FROM techniques"
        ):
            names = {fold(text) for text in (key, name, category, *json.loads(aliases))}
            self._of_technique[key] = names
            for term in json.loads(stands_for):
                self._of_term.setdefault(term, set()).update(names)
        for target, text in connection.execute(
            "SELECT target, text FROM names WHERE kind IN ('family', 'model')"
        ):
            self._of_subject.setdefault(target, set()).add(fold(text))
        for family, line in connection.execute("SELECT id, line FROM families"):
            self._of_family[family] = {fold(line)} if line else set()
        self._course(connection)

    def _course(self, connection: sqlite3.Connection) -> None:
        for section, name, techniques, families in connection.execute(
            "SELECT section, name, techniques, families FROM topics"
        ):
            for key in json.loads(techniques):
                self._of_technique.get(key, set()).update({fold(section), fold(name)})
            for key in json.loads(families):
                self._of_family.get(key, set()).update({fold(section), fold(name)})

    def of_claim(
        self, kind: str, subject: QuizSubject, attribute: Attribute, value: Any
    ) -> frozenset[str]:
        """Tags of an item about a value of a model or family."""
        found = {kind, *map(fold, (attribute.id, attribute.option_name, attribute.label))}
        found |= {fold(attribute.group), fold(GROUPS[attribute.group])}
        for part in parts(value):
            if attribute.vocabulary:
                found |= {fold(str(part))} | self._of_term.get(f"{attribute.id} = {part}", set())
        found |= self._of_family.get(subject.family, set())
        for key in (subject.id, subject.family, *subject.members):
            found |= self._of_subject.get(key, set())
        return frozenset(found)

    def of_technique(self, kind: str, key: str) -> frozenset[str]:
        """Tags of an item about a technique."""
        return frozenset({kind, *self._of_technique[key]})


def about(items: Iterable[QuizItem], topic: str) -> list[QuizItem]:
    """The items on `topic`: an attribute, group, term, technique, category, family or course item.

    Raises `InputError` with the nearest topics when there is none.
    """
    known = list(items)
    found = [item for item in known if fold(topic) in item.tags]
    if not found:
        raise unknown("topic", fold(topic), sorted({tag for item in known for tag in item.tags}))
    return found
