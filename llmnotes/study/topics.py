"""The course: sections, their items, what each leads to, and what is marked as read."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from llmnotes.errors import InputError, unknown
from llmnotes.knowledge.names import find
from llmnotes.spelling import meant
from llmnotes.study.meanings import find_technique, meanings
from llmnotes.study.reading import ReadingItem, read_marks
from llmnotes.study.techniques import TechniqueEntry, techniques
from llmnotes.vocabulary import fold


def course(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """The sections in order, each with its items; an item is read when all it leads to is read."""
    known = techniques(connection)
    names = dict(connection.execute("SELECT id, name FROM families").fetchall())
    marks = read_marks(connection)
    sections: dict[str, dict[str, Any]] = {}
    for section, name, note, leads, families in connection.execute(
        "SELECT section, name, note, techniques, families FROM topics ORDER BY position"
    ):
        number = len(sections) if section not in sections else sections[section]["number"]
        found = sections.setdefault(section, {"number": number, "name": section, "items": []})
        targets = [
            _target("technique", key, known[key].name, known[key].definition, marks)
            for key in json.loads(leads)
        ]
        targets += [
            _target("family", key, names[key], "", marks)
            for key in json.loads(families)
            if key in names
        ]
        read = all(target["read"] for target in targets)
        found["items"].append({"name": name, "note": note, "read": read, "targets": targets})
    for found in sections.values():
        found["read"] = sum(item["read"] for item in found["items"])
    return list(sections.values())


def _target(
    kind: str, key: str, name: str, definition: str, marks: Mapping[ReadingItem, str]
) -> dict[str, Any]:
    found = {"kind": kind, "id": key, "name": name, "read": marks.get((kind, key))}
    return found | ({"definition": definition} if definition else {})


def part(
    connection: sqlite3.Connection, sections: list[dict[str, Any]], name: str
) -> list[dict[str, Any]]:
    """The section or the items called `name`, in their sections.

    A section is found by its number or name, an item by its name, by a technique or family it leads to, by
    a part of its name, or by a similar name. Raises `InputError` with the nearest.
    """
    number = fold(name).removeprefix("topic")
    for section in sections:
        if number == str(section["number"]):
            return [section]
    everything = [item for section in sections for item in section["items"]]
    if found := named(sections, name, cutoff=1.0):
        return found
    chosen = _leading_to(connection, everything, name)
    if not chosen and len(fold(name)) >= _SHORTEST_PART:
        chosen = [item for item in everything if fold(name) in fold(item["name"])]
    if chosen:
        return _with_only(sections, chosen)
    if found := named(sections, name):
        return found
    raise unknown("topic", name[:60], [thing["name"] for thing in (*sections, *everything)])


_SHORTEST_PART = 3
"""Minimum length of a part of a name by which an item is found."""


def named(sections: list[dict[str, Any]], name: str, cutoff: float = 0.85) -> list[dict[str, Any]]:
    """The section or the items with this or a similar name; `cutoff` is the least similarity, 1 if equal."""
    everything = [item for section in sections for item in section["items"]]
    called = _close(name, [thing["name"] for thing in (*sections, *everything)], cutoff)
    for section in sections:
        if section["name"] == called:
            return [section]
    return _with_only(sections, [item for item in everything if item["name"] == called])


def _with_only(
    sections: list[dict[str, Any]], chosen: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    return [
        section | {"items": kept}
        for section in sections
        if (kept := [item for item in section["items"] if item in chosen])
    ]


def _close(name: str, names: Iterable[str], cutoff: float) -> str | None:
    """The name that equals this one except for typing errors; a short name allows none."""
    folded = {fold(item): item for item in names}
    plain = fold(name) if fold(name) in folded else fold(re.sub(r"\([^()]*\)", "", name))
    if plain in folded:
        return folded[plain]
    close = meant(plain, folded, cutoff=cutoff, shortest=_LONG_ENOUGH)
    return folded[close] if close else None


_LONG_ENOUGH = 8
"""Minimum length of a name in which a typing error is tolerated."""


def _leading_to(
    connection: sqlite3.Connection, items: Iterable[dict[str, Any]], name: str
) -> list[dict[str, Any]]:
    found = meanings(connection, techniques(connection), name)
    wanted = {(meaning.kind, meaning.id) for meaning in found}
    return [
        item
        for item in items
        if wanted & {(target["kind"], target["id"]) for target in item["targets"]}
    ]


def readable(connection: sqlite3.Connection, names: Iterable[str]) -> list[ReadingItem]:
    """The readable entries of the names: a technique, everything in an item or section, a family.

    Raises `InputError` for any other name.
    """
    known = techniques(connection)
    sections = course(connection)
    found: list[ReadingItem] = []
    for name in names:
        found += _readable(connection, known, sections, name)
    return list(dict.fromkeys(found))


def _readable(
    connection: sqlite3.Connection,
    known: Mapping[str, TechniqueEntry],
    sections: list[dict[str, Any]],
    name: str,
) -> list[ReadingItem]:
    if any(item.kind == "technique" for item in meanings(connection, known, name)):
        return [("technique", find_technique(connection, known, name).id)]
    key = fold(name)
    for section in sections:
        items = section["items"]
        chosen = (
            items if fold(section["name"]) == key else [i for i in items if fold(i["name"]) == key]
        )
        if chosen:
            return [(target["kind"], target["id"]) for item in chosen for target in item["targets"]]
    try:
        return [("family", find(connection, name, ("family",)).id)]
    except InputError:
        items = [item["name"] for section in sections for item in section["items"]]
        raise unknown("technique, topic or family", name, [*known, *items]) from None
