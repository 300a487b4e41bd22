"""Changes of the curated layer between editions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from llmnotes.editions.files import KINDS
from llmnotes.errors import InputError, quoted, unknown
from llmnotes.knowledge.names import find
from llmnotes.schema import attribute

_SAID = ("value", "status", "source", "locator", "title", "parameters")


def changes(
    connection: sqlite3.Connection,
    names: Sequence[str] = (),
    *,
    since: str | None = None,
    kinds: Iterable[str] = (),
    attributes: Iterable[str] = (),
) -> dict[str, Any]:
    """The changes of the latest edition, or of all editions after `since`, the latest first.

    `names` are families and models, including withdrawn ones; `kinds` are keys of `KINDS`. Raises
    `InputError` for an unknown edition, name, kind or attribute.
    """
    editions = _editions(connection)
    shown = _after(editions, since)
    wanted = {attribute(name).id for name in attributes}
    for kind in kinds:
        if kind not in KINDS:
            raise unknown("kind of change", kind, KINDS)
    found = []
    for edition in shown:
        rows = connection.execute(
            f"SELECT edition, change, family, models, attribute, reason, value_count, {_columns()} "
            "FROM changes WHERE edition = ? ORDER BY id",
            (edition["name"],),
        )
        found += [_change(row) for row in rows]
    subjects = [_subject(connection, name) for name in names]
    found = [
        item
        for item in found
        if (not subjects or any(_is_about(item, subject) for subject in subjects))
        and (not wanted or item["attribute"] in wanted)
        and (not kinds or item["change"] in kinds)
    ]
    return {"editions": shown, "changes": found}


def _editions(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """Every edition, the latest first."""
    fields = ("name", "released", "previous", "families", "models", "values")
    rows = connection.execute(
        "SELECT name, released, previous, families, models, value_count FROM editions"
    )
    found = [dict(zip(fields, row, strict=True)) for row in rows]
    return sorted(found, key=lambda item: _in_order(item["name"]), reverse=True)


def _in_order(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split("."))


def _after(editions: list[dict[str, Any]], since: str | None) -> list[dict[str, Any]]:
    if since is None:
        return editions[:1]
    names = [item["name"] for item in editions]
    wanted = since.strip().replace("-", ".")
    if wanted not in names:
        raise InputError(f"no edition {quoted(since)}. There are {', '.join(reversed(names))}.")
    return editions[: names.index(wanted)]


def _columns() -> str:
    return ", ".join(f"{side}_{part}" for side in ("old", "new") for part in _SAID)


def _change(row: Sequence[Any]) -> dict[str, Any]:
    edition, change, family, models, name, reason, values, *said = row
    return {
        "edition": edition, "change": change, "family": family, "models": json.loads(models),
        "attribute": name, "before": _said(said[: len(_SAID)]), "after": _said(said[len(_SAID) :]),
        "reason": reason, "values": values,
    }  # fmt: skip


def _said(parts: Sequence[Any]) -> dict[str, Any] | None:
    found = dict(zip(_SAID, parts, strict=True))
    if found["status"] is None:
        return None
    for name in ("value", "parameters"):
        found[name] = None if found[name] is None else json.loads(found[name])
    return found


def _subject(connection: sqlite3.Connection, name: str) -> str:
    """The id of a family or model, including withdrawn ones."""
    try:
        return find(connection, name).id
    except InputError:
        gone = connection.execute(
            "SELECT 1 FROM changes c WHERE family = ?1 "
            "OR EXISTS (SELECT 1 FROM json_each(c.models) WHERE value = ?1)",
            (name,),
        )
        if gone.fetchone() is None:
            raise
        return name


def _is_about(item: dict[str, Any], subject: str) -> bool:
    return subject == item["family"] or subject in item["models"]
