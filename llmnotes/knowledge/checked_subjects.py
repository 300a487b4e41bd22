"""Reads the open stores into the records that the rules of `checks` take."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

from llmnotes.attributes.entities import IN_TEXT
from llmnotes.checks.run import FamilyModels
from llmnotes.checks.subjects import (
    CheckedBase,
    CheckedFamily,
    CheckedModel,
    CheckedSource,
    Generation,
)
from llmnotes.knowledge.entities import EntityNames
from llmnotes.store.claims import Claims

_TOGETHER = 200
"""Models read per batch, families unsplit, so that a large base needs little memory."""


def groups(
    connection: sqlite3.Connection, only: frozenset[str] | None = None
) -> Iterator[FamilyModels]:
    """Families with their members, then the models without a family.

    With `only`, a set of ids of models and families, just these models, each with all siblings.
    """
    rows = connection.execute(
        "SELECT family, id FROM models ORDER BY family IS NULL, family, position, id"
    ).fetchall()
    families = {row[0]: row for row in connection.execute("SELECT id, name, line FROM families")}
    chosen = [
        (family, [row[1] for row in members]) for family, members in groupby(rows, lambda r: r[0])
    ]
    if only is not None:
        chosen = [(family, models) for family, models in chosen if only & {*models, family}]
    for part in _parts(chosen):
        claims = Claims(connection, [model for _, models in part for model in models])
        for family, models in part:
            members = tuple(_model(claims, model) for model in models)
            wanted = tuple(
                model for model in members if only is None or only & {model.id, model.family}
            )
            if family is None or family not in families:
                yield FamilyModels(None, wanted)
                continue
            _, name, line = families[family]
            yield FamilyModels(
                CheckedFamily(family, name, line, claims.of_family(family), members), wanted
            )


def _parts(
    families: Iterable[tuple[str | None, list[str]]],
) -> Iterator[list[tuple[str | None, list[str]]]]:
    """Batches of families of some thousand models; models without a family may be split between batches."""
    part: list[tuple[str | None, list[str]]] = []
    size = 0
    for family, models in families:
        pieces = [models]
        if family is None:
            pieces = [models[at : at + _TOGETHER] for at in range(0, len(models), _TOGETHER)]
        for piece in pieces:
            part.append((family, piece))
            size += len(piece)
            if size >= _TOGETHER:
                yield part
                part, size = [], 0
    if part:
        yield part


def _model(claims: Claims, key: str) -> CheckedModel:
    row = claims.models[key]
    return CheckedModel(
        key, row["name"], row["family"], row["size"], row["variant"], row["position"],
        claims.of_model(key),
    )  # fmt: skip


def base(connection: sqlite3.Connection) -> CheckedBase:
    """Data across families."""
    released = {
        row[0]: (row[1], row[2])
        for row in connection.execute(
            "SELECT id, release_date_min, release_date_max FROM models "
            "WHERE release_date_min IS NOT NULL"
        )
    }
    generations = tuple(
        Generation(*row)
        for row in connection.execute(
            "SELECT f.id, f.line, min(m.release_date_min), min(m.release_date_max) "
            "FROM families f JOIN models m ON m.family = f.id AND m.variant = 'base' "
            "WHERE f.line IS NOT NULL AND m.release_date_min IS NOT NULL GROUP BY f.id, f.line"
        )
    )
    known = {kind: EntityNames(connection, kind) for kind in IN_TEXT}
    return CheckedBase(
        _sources(connection),
        released,
        generations,
        _shipped(connection),
        is_listed=lambda kind, text: bool(known[kind].in_text(text)),
    )


def _sources(connection: sqlite3.Connection) -> dict[str, CheckedSource]:
    used = {
        row[0]
        for row in connection.execute(
            "SELECT source FROM claims UNION SELECT via FROM sources WHERE via IS NOT NULL"
        )
    }
    own = _own(connection, "source")
    rows = connection.execute(
        "SELECT id, kind, title, year, arxiv, checked, read FROM sources"
    ).fetchall()
    unused = [(row[0], row[2]) for row in rows if row[0] not in used]
    if unused:
        used |= _named(connection, unused)
    return {
        key: CheckedSource(
            key,
            kind,
            title,
            year,
            arxiv,
            checked,
            "user" if key in own else "curated",
            key in used,
            read,
        )
        for key, kind, title, year, arxiv, checked, read in rows
    }


def _named(connection: sqlite3.Connection, sources: list[tuple[str, str]]) -> set[str]:
    """The sources whose id or title occurs in a locator, a note, a reason or a copy read."""
    texts = [
        "\n".join(filter(None, row))
        for row in connection.execute(
            "SELECT DISTINCT locator, note, reason FROM claims UNION "
            "SELECT copy_read, title, NULL FROM sources WHERE copy_read IS NOT NULL"
        )
    ]
    found = set()
    for key, title in sources:
        for text in texts:
            if key in text or (title in text and not text.endswith(f"\n{title}")):
                found.add(key)
                break
    return found


def _shipped(connection: sqlite3.Connection) -> tuple[str, ...]:
    own = _own(connection, "model")
    if not own:
        return ()
    rows = connection.execute("SELECT id FROM main.model ORDER BY id")
    return tuple(row[0] for row in rows if row[0] in own)


def _own(connection: sqlite3.Connection, table: str) -> set[str]:
    """Ids in the user's store."""
    if not any(row[1] == "user" for row in connection.execute("PRAGMA database_list")):
        return set()
    return {row[0] for row in connection.execute(f"SELECT id FROM user.{table}")}
