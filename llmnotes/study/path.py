"""The prerequisites of a technique in learning order."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from llmnotes.study.meanings import find_technique
from llmnotes.study.reading import read_marks
from llmnotes.study.techniques import TechniqueEntry, techniques


def path(connection: sqlite3.Connection, name: str, *, unread: bool = False) -> dict[str, Any]:
    """The steps to the technique called `name`, each after all its prerequisites.

    `unread` leaves out what is marked as read. Raises `InputError` for an unknown technique.
    """
    known = techniques(connection)
    goal = find_technique(connection, known, name)
    order = steps(known, goal.id)
    marks = read_marks(connection)
    found = []
    for key in order:
        item = known[key]
        read = marks.get(("technique", key))
        if unread and read:
            continue
        found.append(
            {
                "id": key,
                "name": item.name,
                "definition": item.definition,
                "builds_on": item.prerequisites,
                "needed_for": [other for other in order if key in known[other].prerequisites],
                "read": read,
            }
        )
    return {"technique": goal.id, "name": goal.name, "steps": found}


def steps(known: Mapping[str, TechniqueEntry], goal: str) -> list[str]:
    """The goal and all its prerequisites in topological order.

    Prerequisites are visited depth first, in the order in which their technique names them.
    """
    order: dict[str, None] = {}

    def visit(key: str) -> None:
        if key in order:
            return
        for earlier in known[key].prerequisites:
            visit(earlier)
        order[key] = None

    visit(goal)
    return list(order)
