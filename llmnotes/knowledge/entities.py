"""Entity resolution for values: entities by any of their names, and the entities in a value's text."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

from llmnotes.attributes.entities import PLURALS
from llmnotes.knowledge.words import joined, words
from llmnotes.pattern import late
from llmnotes.vocabulary import fold


class Entity(NamedTuple):
    """A publisher, dataset, benchmark, licence, tokenizer or machine."""

    kind: str
    id: str
    name: str
    aliases: tuple[str, ...]
    url: str | None
    about: str | None
    part_of: str | None = None
    exact: tuple[str, ...] = ()
    named: bool = True
    country: str | None = None
    became: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Its id, its name and its aliases, each once."""
        return tuple(dict.fromkeys((self.id, self.name, *self.aliases)))


_ORGANIZATIONS = (
    "SELECT 'organization', id, name, aliases, url, {about}, NULL, '[]', 1, country, {became} "
    "FROM organizations"
)
_OTHERS = (
    "SELECT kind, id, name, aliases, url, about, part_of, exact, named, NULL, NULL FROM entities "
    "WHERE kind = ?"
)


def entities(connection: sqlite3.Connection, kind: str) -> dict[str, Entity]:
    """Every entity of a kind by id, in the order of the ids."""
    if kind == "organization":
        rows = connection.execute(_ORGANIZATIONS.format(about="about", became="became"))
    else:
        rows = connection.execute(_OTHERS, (kind,))
    found = (_entity(row) for row in rows.fetchall())
    return {item.id: item for item in sorted(found, key=lambda item: item.id)}


def _entity(row: tuple[object, ...]) -> Entity:
    kind, key, name, aliases, url, about, part_of, exact, named, country, became = row
    texts = [str(kind), str(key), str(name)]
    lists = [tuple(json.loads(str(text or "[]"))) for text in (aliases, exact)]
    return Entity(
        texts[0], texts[1], texts[2], lists[0], _text(url), _text(about), _text(part_of), lists[1],
        bool(named), _text(country), _text(became),
    )  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def called(connection: sqlite3.Connection, name: str) -> list[Entity]:
    """Every entity with a name, in the order of the kinds."""
    kinds = ", ".join(f"'{kind}'" for kind in PLURALS)
    rows = connection.execute(
        f"SELECT DISTINCT kind, target FROM names WHERE key = ? AND kind IN ({kinds})",
        (fold(name),),
    ).fetchall()
    found = [entities(connection, kind)[target] for kind, target in rows]
    return sorted(found, key=lambda item: list(PLURALS).index(item.kind))


_WHOLE = frozenset({"benchmark", "license"})
"""Kinds whose name must be the whole text."""

_BEHIND = late(r"\s*\([^()]*\)\s*$")


class EntityNames:
    """The names of all entities of a kind, and a matcher that finds them in texts."""

    def __init__(self, connection: sqlite3.Connection, kind: str) -> None:
        self._whole = kind in _WHOLE
        self.entities = entities(connection, kind)
        self._called: dict[str, str] = {}
        self._joined: dict[str, str] = {}
        self._exact: dict[str, str] = {}
        for item in self.entities.values():
            for name in item.names:
                self._called[fold(name)] = item.id
                self._joined["".join(words(name))] = item.id
            self._exact |= {"".join(words(name)): name for name in item.exact}
        self._read: dict[str, frozenset[str]] = {}

    def called(self, text: str) -> Entity | None:
        """The entity called `text`.

        Generic kinds of data match by their own name only, as their aliases are less specific.
        """
        item = self.entities.get(self._called.get(fold(text), ""))
        if item is None or (not item.named and fold(text) not in (fold(item.name), fold(item.id))):
            return None
        exact = self._exact.get("".join(words(text)))
        return None if exact is not None and len(words(exact)) != len(words(text)) else item

    def within(self, key: str) -> frozenset[str]:
        """The ids of the entity and all its parts."""
        found = {key}
        while True:
            more = {item.id for item in self.entities.values() if item.part_of in found} - found
            if not more:
                return frozenset(found)
            found |= more

    def in_text(self, text: str) -> frozenset[str]:
        """The ids of the entities named in a value's text; the longest match counts.

        `The Pile and C4` names two, `MMLU-Pro` does not name MMLU. A benchmark or a licence must be the
        whole text except for a final bracket: `MMLU-CF` names no known benchmark.
        """
        if text not in self._read:
            self._read[text] = frozenset(self._names_in(text))
        return self._read[text]

    def _names_in(self, text: str) -> set[str]:
        if self._whole:
            name = "".join(words(_BEHIND.sub("", text)))
            key = self._joined.get("".join(words(text)), self._joined.get(name))
            return set() if key is None else {key}
        whole, starts, ends = joined(text)
        found: set[str] = set()
        at = 0
        for start in sorted(starts):
            if start < at:
                continue
            for end in sorted((end for end in ends if end > start), reverse=True):
                name = whole[start:end]
                if name in self._joined and self._exact.get(name, "") in text:
                    found.add(self._joined[name])
                    at = end
                    break
        return found
