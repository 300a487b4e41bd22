"""Lossless serialization of the base or a part of it, with all claims and sources.

`import` reads it back: claims keep their layer; the user's notes, tags and names are included.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from llmnotes.errors import unknown
from llmnotes.knowledge.members import members
from llmnotes.knowledge.names import find
from llmnotes.schema import LAYERS

FORMAT = 1
"""Version of the bundle format."""

_JSON_FIELDS = frozenset({"value", "parameters", "aliases", "authors", "printed"})
_FIELDS = {
    "family": "id, name, line, summary, layer",
    "model": "id, family, name, size, variant, position, layer",
    "name": "kind, key, target, text, is_id",
    "organization": "id, name, aliases, country, url",
    "source": "id, kind, title, authors, year, url, arxiv, doi, venue, copy_read, checked, is_primary, "
    "read, via, sha256, length",
    "claim": "subject_kind, subject, attribute, value, status, source, locator, layer, note, "
    "parameters, preferred, reason, printed",
    "note": "subject_kind, subject, text, created",
    "tag": "subject_kind, subject, tag",
}  # fmt: skip
_ORDER = {
    "family": "id", "model": "family, position, id", "name": "kind, target, key",
    "organization": "id", "source": "id", "claim": "subject_kind, subject, layer, id",
    "note": "id", "tag": "subject_kind, subject, tag",
}  # fmt: skip


@dataclass
class _Selection:
    """The selection for a bundle: layers, and ids by kind (None for all)."""

    layers: frozenset[str]
    only: dict[str, set[str]] | None
    used: dict[str, set[str]] = field(default_factory=dict)

    def wants(self, kind: str, key: str) -> bool:
        return self.only is None or key in self.only.get(kind, set())

    def use(self, kind: str, key: str | None) -> None:
        if key is not None:
            self.used.setdefault(kind, set()).add(key)


def bundle(
    connection: sqlite3.Connection, names: Sequence[str], layer: str = "all"
) -> dict[str, Any]:
    """Families, models, names, claims, sources, notes and tags of the subjects named, or of all.

    `layer` is `all` or a comma-separated list of layers. Notes, tags and other names belong to the user
    layer. Raises `InputError` for an unknown name or layer.
    """
    chosen = _Selection(_layers(layer), _subjects(connection, names))
    claims = [
        row
        for row in _rows(connection, "claim")
        if row["layer"] in chosen.layers and chosen.wants(row["subject_kind"], row["subject"])
    ]
    own = {table: _own(connection, table, chosen) for table in ("note", "tag")}
    for row in [*claims, *own["note"], *own["tag"]]:
        chosen.use(row["subject_kind"], row["subject"])
    models, families = _models(connection, chosen), _families(connection, chosen)
    _use_values(claims, chosen)
    organizations = _organizations(connection, chosen)
    return {
        "llmnotes_bundle": FORMAT,
        "families": families,
        "models": models,
        "names": _names(connection, chosen, {row["id"]: row["name"] for row in [*models, *families]}),
        "organizations": organizations,
        "claims": claims,
        "sources": [
            row for row in _rows(connection, "source") if row["id"] in chosen.used.get("source", ())
        ],
        "notes": own["note"],
        "tags": own["tag"],
    }  # fmt: skip


def left_out(connection: sqlite3.Connection, layer: str) -> int:
    """The number of claims in the user's store outside the selected layers."""
    missing = set(LAYERS) - _layers(layer) - {"curated"}
    return sum(
        connection.execute("SELECT count(*) FROM claims WHERE layer = ?", (name,)).fetchone()[0]
        for name in missing
    )


def _layers(layer: str) -> frozenset[str]:
    words = [word.strip() for word in layer.split(",") if word.strip()]
    for word in words or [""]:
        if word != "all" and word not in LAYERS:
            raise unknown("layer", word, ["all", *LAYERS])
    return frozenset(LAYERS) if "all" in words else frozenset(words)


def _subjects(connection: sqlite3.Connection, names: Sequence[str]) -> dict[str, set[str]] | None:
    """Ids of the families and models to bundle: a family includes its members, a model its family."""
    if not names:
        return None
    found: dict[str, set[str]] = {"family": set(), "model": set()}
    for name in names:
        subject = find(connection, name)
        found[subject.kind].add(subject.id)
        if subject.kind == "family":
            found["model"] |= set(members(connection, subject.id, "all"))
    for model in found["model"]:
        row = connection.execute("SELECT family FROM models WHERE id = ?", (model,)).fetchone()
        if row[0]:
            found["family"].add(row[0])
    return found


def _rows(connection: sqlite3.Connection, table: str) -> Iterable[dict[str, Any]]:
    """Rows of both stores in a fixed order; a curated row replaces the user's row with the same id."""
    fields = _FIELDS[table]
    order = _ORDER[table]
    extra = ", id" if table in {"claim", "note"} else ""
    query = f"SELECT {fields}{extra} FROM main.{table}"
    if _has(connection, table):
        hidden = (
            f" r WHERE NOT EXISTS (SELECT 1 FROM main.{table} c WHERE c.id = r.id)"
            if table in {"family", "model", "organization", "source"}
            else ""
        )
        query += (
            f" UNION ALL SELECT {_available(connection, table)}{extra} FROM user.{table}{hidden}"
        )
    names = [name.strip() for name in fields.split(",")]
    for row in connection.execute(f"{query} ORDER BY {order}"):
        yield {
            key: json.loads(value) if key in _JSON_FIELDS and isinstance(value, str) else value
            for key, value in zip(names, row, strict=False)
        }


def _available(connection: sqlite3.Connection, table: str) -> str:
    """The columns of a table, with NULL for those that an older user's store lacks."""
    there = {row[1] for row in connection.execute(f"PRAGMA user.table_info({table})")}
    names = [name.strip() for name in _FIELDS[table].split(",")]
    return ", ".join(name if name in there else f"NULL AS {name}" for name in names)


def _has(connection: sqlite3.Connection, table: str) -> bool:
    if not any(row[1] == "user" for row in connection.execute("PRAGMA database_list")):
        return False
    return bool(
        connection.execute("SELECT 1 FROM user.sqlite_master WHERE name = ?", (table,)).fetchone()
    )


def _own(connection: sqlite3.Connection, table: str, chosen: _Selection) -> list[dict[str, Any]]:
    if "user" not in chosen.layers:
        return []
    return [
        row for row in _rows(connection, table) if chosen.wants(row["subject_kind"], row["subject"])
    ]


def _models(connection: sqlite3.Connection, chosen: _Selection) -> list[dict[str, Any]]:
    found = []
    renamed = _renamed(connection) if "user" in chosen.layers else set()
    for row in _rows(connection, "model"):
        used = row["id"] in chosen.used.get("model", ()) or row["id"] in renamed
        if chosen.wants("model", row["id"]) and (row["layer"] in chosen.layers or used):
            found.append(row)
            chosen.use("model", row["id"])
            chosen.use("family", row["family"])
    return found


def _renamed(connection: sqlite3.Connection) -> set[str]:
    """Models that the user's store names differently."""
    if not _has(connection, "name"):
        return set()
    return {
        row[0]
        for row in connection.execute(
            "SELECT n.target FROM user.name n LEFT JOIN user.model m ON m.id = n.target "
            "WHERE n.kind = 'model' AND n.text <> n.target AND n.text IS NOT m.name"
        )
    }


def _families(connection: sqlite3.Connection, chosen: _Selection) -> list[dict[str, Any]]:
    found = []
    for row in _rows(connection, "family"):
        used = row["id"] in chosen.used.get("family", ())
        if (chosen.wants("family", row["id"]) and row["layer"] in chosen.layers) or used:
            found.append(row)
            chosen.use("family", row["id"])
    return found


def _use_values(claims: Iterable[dict[str, Any]], chosen: _Selection) -> None:
    for row in claims:
        chosen.use("source", row["source"])
        if row["attribute"] == "organization":
            for key in row["value"] or ():
                chosen.use("organization", key)


def _names(
    connection: sqlite3.Connection, chosen: _Selection, titles: dict[str, str]
) -> list[dict[str, Any]]:
    curated = "curated" in chosen.layers
    found = []
    for row in _rows(connection, "name"):
        wanted = row["target"] in (
            chosen.used.get("organization", ()) if row["kind"] == "organization" else titles
        )
        if wanted and (curated or not _is_curated(connection, row)):
            found.append(row)
    return found


def _is_curated(connection: sqlite3.Connection, row: dict[str, Any]) -> bool:
    return bool(
        connection.execute(
            "SELECT 1 FROM main.name WHERE kind = ? AND key = ? AND target = ?",
            (row["kind"], row["key"], row["target"]),
        ).fetchone()
    )


def _organizations(connection: sqlite3.Connection, chosen: _Selection) -> list[dict[str, Any]]:
    """The organizations that claims refer to; all with every layer and subject."""
    whole = chosen.only is None and chosen.layers == set(LAYERS)
    used = chosen.used.get("organization", set())
    if not whole and chosen.only is None and "user" in chosen.layers:
        used |= _unclaimed(connection)
    found = [row for row in _rows(connection, "organization") if whole or row["id"] in used]
    chosen.used["organization"] = {row["id"] for row in found}
    return found


def _unclaimed(connection: sqlite3.Connection) -> set[str]:
    """The user's organizations that no claim refers to."""
    if not _has(connection, "organization"):
        return set()
    return {
        row[0]
        for row in connection.execute(
            "SELECT id FROM user.organization WHERE id NOT IN (SELECT j.value FROM user.claim c, "
            "json_each(c.value) j WHERE c.attribute = 'organization')"
        )
    }
