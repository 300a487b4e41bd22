"""Writes the entries of a bundle that the store lacks."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from llmnotes.ingest.bundles import Bundle
from llmnotes.ingest.sources import source_id
from llmnotes.store.session import Session
from llmnotes.vocabulary import fold

_BATCH = 1_000
"""Rows written at once."""
_TABLES = {
    "families": "family", "models": "model", "names": "name", "organizations": "organization",
    "claims": "claim", "notes": "note", "tags": "tag",
}  # fmt: skip
_COLUMNS = {
    "organization": ("id, name, aliases, country, url", "id"),
    "family": ("id, name, line, summary, layer", "id"),
    "model": ("id, family, name, size, variant, position, layer", "id"),
    "name": ("kind, key, target, text, is_id", "kind, key, target"),
    "tag": ("subject_kind, subject, tag", "subject_kind, subject, tag"),
}
"""The columns of each table, and its key columns."""
_CLAIM = (
    "subject_kind", "subject", "attribute", "value", "status", "source", "locator", "layer", "note",
    "parameters", "preferred", "reason", "printed",
)  # fmt: skip


def take(opened: Session, bundle: Bundle) -> None:
    """Write a bundle within an open session, and record how much of it was new."""
    writer = _Writer(opened, bundle)
    pending: dict[str, list[dict[str, Any]]] = {}
    for section, row in bundle.rows():
        table = _TABLES[section]
        for name, item in ((table, row), *(("name", name) for name in _implied(table, row))):
            rows = pending.setdefault(name, [])
            rows.append(item)
            if len(rows) >= _BATCH:
                writer.write(name, rows)
    for table in _TABLES.values():
        writer.write(table, pending.get(table, []))
    for table, count in writer.counts.items():
        if count:
            opened.record("added", f"{count:,} {table}{'s' if count > 1 else ''}")


def _implied(table: str, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of the names that every subject has, its id and name, even if the bundle omits them."""
    if table in {"family", "model", "organization"}:
        yield {"kind": table, "target": row["id"], "text": row["id"], "is_id": 1}
        if fold(row["name"]) not in {"", fold(row["id"])}:
            yield {"kind": table, "target": row["id"], "text": row["name"], "is_id": 0}


class _Writer:
    """Inserts rows table by table, skipping those that either store has."""

    def __init__(self, opened: Session, bundle: Bundle) -> None:
        self._opened = opened
        self._connection = opened.connection
        self._renamed = _sources(opened, bundle.sources)
        self._notes = {_fingerprint(*row) for row in self._connection.execute(
            "SELECT subject_kind, subject, text, created FROM user.note"
        )}  # fmt: skip
        self.counts = dict.fromkeys(
            ("organization", "family", "model", "name", "tag", "claim", "note"), 0
        )

    def write(self, table: str, rows: list[dict[str, Any]]) -> None:
        """Insert the collected rows and clear them."""
        before = self._connection.total_changes
        if table == "claim":
            for row in rows:
                self._claim(row)
        elif table == "note":
            self._write_notes(rows)
        else:
            self._insert(table, rows)
        self.counts[table] += self._connection.total_changes - before
        for row in rows:
            if table in {"family", "model"}:
                self._opened.touch(table, row["id"])
            elif table == "note":
                self._opened.touch(row["subject_kind"], row["subject"])
        rows.clear()

    def _insert(self, table: str, rows: list[dict[str, Any]]) -> None:
        fields, key = _COLUMNS[table]
        columns = fields.split(", ")
        test = " AND ".join(f"c.{name} = :{name}" for name in key.split(", "))
        sql = (
            f"INSERT OR IGNORE INTO user.{table} ({fields}, write) "
            f"SELECT {', '.join(':' + name for name in columns)}, :write "
            f"WHERE NOT EXISTS (SELECT 1 FROM main.{table} c WHERE {test})"
        )
        self._connection.executemany(sql, (self._values(table, row) for row in rows))

    def _values(self, table: str, row: dict[str, Any]) -> dict[str, Any]:
        found = {**row, "write": self._opened.write}
        if "layer" in row:  # a curated row that this edition lacks is kept as imported
            found["layer"] = row["layer"] if row["layer"] == "user" else "imported"
        if table == "model":
            found |= {"variant": row["variant"] or "base", "position": row["position"] or 0}
        elif table == "organization":
            found["aliases"] = _json(row["aliases"] or [])
        elif table == "name":
            found |= {"key": fold(row["text"]), "is_id": row["is_id"] or 0}
        return found

    def _write_notes(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            values = (row["subject_kind"], row["subject"], row["text"], row["created"])
            mark = _fingerprint(*values)
            if mark not in self._notes:
                self._notes.add(mark)
                self._connection.execute(
                    "INSERT INTO user.note (subject_kind, subject, text, created, write) "
                    "VALUES (?, ?, ?, ?, ?)",
                    (*values, self._opened.write),
                )

    def _claim(self, row: dict[str, Any]) -> None:
        values = {**row, "value": _json(row["value"]), "preferred": row["preferred"] or 0}
        values["parameters"] = _json(row["parameters"] or None)
        values["printed"] = _json(row["printed"] or None)
        values["source"] = self._renamed.get(row["source"], row["source"])
        if row["layer"] == "curated":
            if self._has(values, "main"):
                return
            values["layer"] = "imported"
        if not self._has(values, "user"):
            self._connection.execute(
                f"INSERT INTO user.claim ({', '.join(_CLAIM)}, write) "
                f"VALUES ({', '.join('?' * (len(_CLAIM) + 1))})",
                (*(values[name] for name in _CLAIM), self._opened.write),
            )

    def _has(self, values: dict[str, Any], store: str) -> bool:
        test = " AND ".join(f"{name} IS ?" for name in _CLAIM)
        found = self._connection.execute(
            f"SELECT 1 FROM {store}.claim WHERE {test}", tuple(values[name] for name in _CLAIM)
        )
        return found.fetchone() is not None


def _fingerprint(*parts: str) -> bytes:
    """A digest by which a note is recognised; texts may be too long to be kept."""
    return blake2b("\0".join(parts).encode(), digest_size=16).digest()


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _sources(opened: Session, rows: list[dict[str, Any]]) -> dict[str, str]:
    """Write the sources; one whose id is another document's here gets a new id."""
    titles = {row["id"]: _title(opened.connection, row["id"]) for row in rows}
    renamed = {
        row["id"]: source_id(row["id"][:40], row["title"])
        for row in rows
        if titles[row["id"]] not in (None, row["title"])
    }
    for row in rows:
        if titles[row["id"]] == row["title"]:
            continue
        values = {**row, "id": renamed.get(row["id"], row["id"]), "write": opened.write}
        values["authors"] = _json(row["authors"] or [])
        values["is_primary"] = row["is_primary"] or 0
        values["via"] = renamed.get(row["via"], row["via"])
        opened.connection.execute(
            f"INSERT OR IGNORE INTO user.source ({', '.join(values)}) "
            f"VALUES ({', '.join('?' * len(values))})",
            tuple(values.values()),
        )
    return renamed


def _title(connection: sqlite3.Connection, key: str) -> str | None:
    row = connection.execute("SELECT title FROM sources WHERE id = ?", (key,)).fetchone()
    return None if row is None else str(row[0])
