"""Explains a word: the page of a technique, an attribute, a value, a unit or a term of llmnotes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from llmnotes.attributes.entities import PLURALS
from llmnotes.knowledge.entities import Entity, entities
from llmnotes.knowledge.sources import sources
from llmnotes.store.claims import Claims
from llmnotes.study import descriptions
from llmnotes.study.formulas import to_text
from llmnotes.study.meanings import (
    OWN_NAME,
    TERM,
    Meaning,
    best_meanings,
    meanings,
    unknown_term,
)
from llmnotes.study.reading import notes_on, read_marks
from llmnotes.study.techniques import TechniqueEntry, techniques
from llmnotes.study.uses import Pair, Use, uses

SHOWN_USES = 200
"""Number of models listed on a page; `who-uses` lists them all."""

_FACETS = ("technique", "attribute", "unit", *PLURALS)
"""Kinds of which a word may name one each: then it has several pages, not several meanings."""


class Explanation(NamedTuple):
    """The pages of a term, or the choices where it is ambiguous."""

    term: str
    remarks: list[str]
    pages: list[dict[str, Any]]
    choices: list[dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of `explain`."""
        return self._asdict()


def explain(connection: sqlite3.Connection, term: str) -> Explanation:
    """The pages for `term`; raises `InputError` with the nearest terms where it is unknown."""
    known = techniques(connection)
    found = meanings(connection, known, term)
    if not found:
        return _item_of_course(connection, known, term)
    best = best_meanings(found, term)
    others = [meaning for meaning in found if meaning not in best]
    reader = _Pages(connection, known)
    if _is_ambiguous(best):
        choices = [reader.choice(meaning) for meaning in best]
        return Explanation(term, [], [], choices)
    remarks = [text for meaning in best for text in _reading(meaning, known)]
    if others:
        choices = [reader.choice(meaning) for meaning in others]
        named = ", ".join(f"{item['name']} ({_where(item)})" for item in choices)
        remarks.append(f"{term!r} can also mean: {named}.")
    return Explanation(term, remarks, [reader.page(meaning) for meaning in best], [])


def _item_of_course(
    connection: sqlite3.Connection, known: dict[str, TechniqueEntry], term: str
) -> Explanation:
    """The techniques and families of the course's item or section called `term`."""
    from llmnotes.study.topics import course, named

    sections = named(course(connection), term)
    if not sections:
        raise unknown_term(connection, known, term)
    targets = {
        (target["kind"], target["id"]): None
        for section in sections
        for item in section["items"]
        for target in item["targets"]
    }
    reader = _Pages(connection, known)
    choices = [reader.choice(Meaning(kind, key, OWN_NAME, key)) for kind, key in targets]
    names = ", ".join(item["name"] for section in sections for item in section["items"])
    return Explanation(term, [f"{term!r} is read as a part of the course: {names}."], [], choices)


def technique_pages(
    connection: sqlite3.Connection, ids: Iterable[str], claims: Claims | None = None
) -> list[dict[str, Any]]:
    """The pages of the techniques with these ids; `claims` are those of all models, if already read."""
    reader = _Pages(connection, techniques(connection), claims)
    return [reader.page(Meaning("technique", key, OWN_NAME, key)) for key in ids]


def _where(choice: dict[str, Any]) -> str:
    """What a choice is and its id; of what values name the command that shows it."""
    at = f"{choice['kind']} {choice['id']}"
    return f"{at}: `llmnotes show {choice['id']}`" if choice["kind"] in PLURALS else at


def _is_ambiguous(best: list[Meaning]) -> bool:
    kinds = [meaning.kind for meaning in best]
    return len(best) > 1 and not (set(kinds) <= set(_FACETS) and len(set(kinds)) == len(kinds))


def _reading(meaning: Meaning, known: dict[str, TechniqueEntry]) -> Iterable[str]:
    """How a name other than the technique's own was resolved, and what its page says of that name."""
    if meaning.kind != "technique" or meaning.fit in {OWN_NAME, TERM}:
        return
    item = known[meaning.id]
    yield f"{meaning.via} is read as {item.name}."
    for sentence in re.split(r"(?<=[.!?])\s+", " ".join(item.explanation.split())):
        if re.search(rf"(?<!\w){re.escape(meaning.via)}(?!\w)", sentence):
            yield sentence
            return


class _Pages:
    """Builds pages and choices of meanings."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        known: dict[str, TechniqueEntry],
        claims: Claims | None = None,
    ) -> None:
        self._connection = connection
        self._known = known
        self._claims = claims

    def choice(self, meaning: Meaning) -> dict[str, Any]:
        """A meaning in one line."""
        kind, key = meaning.kind, meaning.id
        if kind == "technique":
            name, text = self._known[key].name, self._known[key].definition
        elif kind in {"family", "model"}:
            name, text = descriptions.subject_line(self._connection, kind, key)
        elif kind in PLURALS:
            item = self._entity(meaning)
            name, text = item.name, item.about or f"Values name it as {kind}."
        else:
            name, text = descriptions.line(kind, key)
        return {"kind": kind, "id": key, "name": name, "definition": text}

    def page(self, meaning: Meaning) -> dict[str, Any]:
        """The page of a meaning."""
        start = self.choice(meaning)
        kind, key = meaning.kind, meaning.id
        if kind == "technique":
            return start | self._technique(self._known[key])
        if kind == "attribute":
            return start | descriptions.attribute_facts(self._connection, self._known, key)
        if kind == "value":
            pair = descriptions.pair_of(key)
            return start | descriptions.value_facts(pair) | self._used_by([pair])
        if kind == "unit":
            return start | descriptions.unit_facts(key)
        if kind in {"family", "model"}:
            return start | descriptions.subject_facts(self._connection, self._known, kind, key)
        if kind in PLURALS:
            return start | self._entity_facts(self._entity(meaning))
        return start

    def _entity(self, meaning: Meaning) -> Entity:
        return entities(self._connection, meaning.kind)[meaning.id]

    def _entity_facts(self, item: Entity) -> dict[str, Any]:
        from llmnotes.knowledge.entity_uses import portrait

        found = portrait(self._connection, item).as_json()
        used_by = found["used_by"]
        shown = used_by[:SHOWN_USES]
        cited = {use["source"] for use in shown}
        return found | {
            "name": item.name,
            "n_models": len({use["model"] for use in used_by}),
            "used_by": shown,
            "used_by_complete": len(used_by) <= SHOWN_USES,
            "sources": [source for source in found["sources"] if source["id"] in cited],
        }

    def _technique(self, item: TechniqueEntry) -> dict[str, Any]:
        everything = self._known.values()
        mine = set(item.stands_for)
        attributes = {attribute for attribute, _ in mine}
        page: dict[str, Any] = {
            "category": item.category,
            "aliases": item.aliases,
            "explanation": " ".join(item.explanation.split()),
            "formula": item.formula,
            "formula_text": to_text(item.formula) if item.formula else None,
            "stands_for": [{"attribute": name, "term": term} for name, term in item.stands_for],
            "prerequisites": item.prerequisites,
            "leads_to": [other.id for other in everything if item.id in other.prerequisites],
            "replaces": item.replaces,
            "replaced_by": [other.id for other in everything if item.id in other.replaces],
            "alternatives": [
                other.id
                for other in everything
                if other.id != item.id and any(name in attributes for name, _ in other.stands_for)
            ],
            "topics": _topics(self._connection, item.id),
            "paper": item.paper,
            "no_paper": item.no_paper,
            "read": read_marks(self._connection).get(("technique", item.id)),
            "notes": notes_on(self._connection, "technique", item.id),
        }
        return page | self._used_by(item.stands_for)

    def _used_by(self, pairs: list[Pair]) -> dict[str, Any]:
        found = uses(self._connection, pairs, limit=SHOWN_USES, claims=self._claims)
        used = [use.source for use in found if use.source]
        return {
            "used_by": [use_json(use) for use in found],
            "used_by_complete": len(found) < SHOWN_USES,
            "sources": sources(self._connection, used),
        }


def use_json(use: Use) -> dict[str, Any]:
    """A use in the JSON shape that `explain` and `who-uses` share."""
    return use._asdict()


def _topics(connection: sqlite3.Connection, technique: str) -> list[dict[str, Any]]:
    """Items of the course that lead to a technique; an item's note is about its first one."""
    rows = connection.execute(
        "SELECT t.section, t.name, iif(json_extract(t.techniques, '$[0]') = ?1, t.note, NULL) "
        "FROM topics t WHERE EXISTS (SELECT 1 FROM json_each(t.techniques) WHERE value = ?1) "
        "ORDER BY t.position",
        (technique,),
    )
    return [dict(zip(("section", "name", "note"), row, strict=True)) for row in rows]
