"""Resolves a name to anything that can be shown: a model, a family, a line, an entity."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from llmnotes.attributes.entities import PLURALS
from llmnotes.errors import InputError, unknown
from llmnotes.knowledge.entities import Entity, called
from llmnotes.knowledge.lines import line_called, lines
from llmnotes.knowledge.name_meaning import Subject
from llmnotes.knowledge.stand_ins import look_up

SHOWN = ("family", "model", "line", *PLURALS)
"""Kinds of things that can be shown, in the order of lookup."""


class Shown(NamedTuple):
    """A resolved name: a model or family, else a line, else entities.

    A family may share its name with the line that it began. `others` lists further matches.
    """

    subject: Subject | None = None
    line: str | None = None
    entities: tuple[Entity, ...] = ()
    others: tuple[str, ...] = ()


def shown(connection: sqlite3.Connection, name: str, kind: str | None = None) -> Shown:
    """The entry called `name`, of the given kind if any.

    Raises `InputError` with the nearest names where nothing matches.
    """
    if kind is not None and kind not in SHOWN:
        raise unknown("kind", kind, SHOWN)
    entities = tuple(item for item in called(connection, name) if kind in (None, item.kind))
    line = line_called(connection, name) if kind in (None, "line") else None
    subject, why = None, None
    if kind in (None, "family", "model"):
        try:
            subject = look_up(connection, name, (kind,) if kind else ("family", "model"))
        except InputError as error:
            why = error
    same = tuple(f"{item.kind} {item.id}" for item in entities)
    if subject is not None:
        several = line is not None and len(lines(connection)[line]) > 1
        return Shown(subject=subject, line=line if several else None, others=same)
    if line is not None:
        return Shown(line=line, others=same)
    if entities:
        return Shown(entities=entities)
    raise why or _unknown(connection, name, str(kind))


def _unknown(connection: sqlite3.Connection, name: str, kind: str) -> InputError:
    rows = connection.execute(
        "SELECT DISTINCT text FROM names WHERE kind = ?1 UNION "
        "SELECT DISTINCT line FROM families WHERE ?1 = 'line' AND line IS NOT NULL ORDER BY 1",
        (kind,),
    )
    return unknown(kind, name, dict.fromkeys(row[0] for row in rows))
