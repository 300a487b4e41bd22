"""Our own `export --bundle`, taken back without loss."""

from __future__ import annotations

import json
import sqlite3
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from llmnotes.errors import InputError
from llmnotes.files import cleaned
from llmnotes.ingest.canonical import check_canonical
from llmnotes.schema import ATTRIBUTES, LAYERS, STATUSES
from llmnotes.store.session import Session
from llmnotes.vocabulary import fold

Key = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(cleaned)]
Text = Annotated[str, Field(max_length=100_000), AfterValidator(cleaned)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)


class _Family(_Row):
    id: Key
    name: Key
    line: Key | None = None
    summary: Text | None = None
    layer: Literal["user", "curated", "imported"] = "imported"


class _Model(_Row):
    id: Key
    family: Key | None = None
    name: Key
    size: Key | None = None
    variant: Literal["base", "post-trained"] = "base"
    position: int = 0
    layer: Literal["user", "curated", "imported"] = "imported"


class _Name(_Row):
    kind: Literal["family", "model", "organization"]
    target: Key
    text: Key
    is_id: int = 0


class _Organization(_Row):
    id: Key
    name: Key
    aliases: list[Key] = Field(default_factory=list)
    country: Key | None = None
    url: Key | None = None


class _Source(_Row):
    id: Key
    kind: Key
    title: Text
    authors: list[Text] = Field(default_factory=list)
    year: int | None = None
    url: Text | None = None
    arxiv: Key | None = None
    doi: Key | None = None
    venue: Text | None = None
    copy_read: Text | None = None
    checked: Key | None = None
    is_primary: int = 0
    read: Key | None = None
    via: Key | None = None
    sha256: Key | None = None
    length: int | None = None


class _Claim(_Row):
    subject_kind: Literal["family", "model"]
    subject: Key
    attribute: Key
    value: Any = None
    status: Key
    source: Key | None = None
    locator: Text | None = None
    layer: Key
    note: Text | None = None
    parameters: dict[str, bool | int | float | str] | None = None
    preferred: int = 0
    reason: Text | None = None
    printed: list[Text] | None = None


class _Note(_Row):
    subject_kind: Literal["family", "model", "technique"]
    subject: Key
    text: Text
    created: Key


class _Tag(_Row):
    subject_kind: Literal["family", "model", "technique"]
    subject: Key
    tag: Key


class Bundle(_Row):
    """The shape of `export --bundle`."""

    llmnotes_bundle: Literal[1]
    families: list[_Family] = Field(default_factory=list)
    models: list[_Model] = Field(default_factory=list)
    names: list[_Name] = Field(default_factory=list)
    organizations: list[_Organization] = Field(default_factory=list)
    claims: list[_Claim] = Field(default_factory=list)
    sources: list[_Source] = Field(default_factory=list)
    notes: list[_Note] = Field(default_factory=list)
    tags: list[_Tag] = Field(default_factory=list)


def is_bundle(data: Any) -> bool:
    """Whether JSON data says that it is a bundle."""
    return isinstance(data, dict) and "llmnotes_bundle" in data


def read_bundle(data: Any, place: str) -> Bundle:
    """The bundle that JSON data holds; raises `InputError` that names what is wrong where."""
    try:
        found = Bundle.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{place}: {where}: {first['msg']}") from error
    for number, claim in enumerate(found.claims):
        here = f"{place}: claims.{number} ({claim.subject}): "
        if claim.attribute not in ATTRIBUTES:
            raise InputError(f"{here}unknown attribute {claim.attribute!r}")
        if claim.status not in STATUSES or claim.layer not in LAYERS:
            raise InputError(f"{here}unknown status or layer")
        if (claim.value is None) != (claim.status in {"undisclosed", "not-applicable"}):
            raise InputError(f"{here}a value and the status {claim.status} do not go together")
        claim.value = cleaned(claim.value)
        if claim.value is not None:
            check_canonical(ATTRIBUTES[claim.attribute], claim.value, here)
    _check_references(found, place)
    return found


def _check_references(found: Bundle, place: str) -> None:
    known = {
        "family": {row.id for row in found.families},
        "model": {row.id for row in found.models},
    }
    said: list[_Claim | _Note | _Tag] = [*found.claims, *found.notes, *found.tags]
    for row in said:
        if row.subject_kind in known and row.subject not in known[row.subject_kind]:
            raise InputError(
                f"{place}: something is said of the {row.subject_kind} {row.subject!r}, which the "
                "bundle does not hold"
            )


def take(opened: Session, found: Bundle) -> None:
    """Write what a bundle holds and the store does not, within an open session."""
    renamed = _sources(opened, found.sources)
    connection, write = opened.connection, opened.write
    counts = {
        "organization": _insert(opened, "organization", [
            (row.id, row.name, _text(row.aliases), row.country, row.url)
            for row in found.organizations
        ]),
        "family": _insert(opened, "family", [
            (row.id, row.name, row.line, row.summary, _layer(row.layer)) for row in found.families
        ]),
        "model": _insert(opened, "model", [
            (row.id, row.family, row.name, row.size, row.variant, row.position, _layer(row.layer))
            for row in found.models
        ]),
        "name": _insert(opened, "name", [
            (row.kind, fold(row.text), row.target, row.text, row.is_id) for row in found.names
        ]),
        "tag": _insert(opened, "tag", [
            (row.subject_kind, row.subject, row.tag) for row in found.tags
        ]),
    }  # fmt: skip
    counts["claim"] = sum(_claim(opened, row, renamed) for row in found.claims)
    counts["note"] = sum(_note(connection, row, write) for row in found.notes)
    for kind, rows in (("model", found.models), ("family", found.families)):
        for row in rows:
            opened.touch(kind, row.id)
    for note in found.notes:
        opened.touch(note.subject_kind, note.subject)
    for table, count in counts.items():
        if count:
            opened.record("added", f"{count:,} {table}{'s' if count > 1 else ''}")


_KEYS = {
    "organization": ("id, name, aliases, country, url", "id"),
    "family": ("id, name, line, summary, layer", "id"),
    "model": ("id, family, name, size, variant, position, layer", "id"),
    "name": ("kind, key, target, text, is_id", "kind, key, target"),
    "tag": ("subject_kind, subject, tag", "subject_kind, subject, tag"),
}


def _insert(opened: Session, table: str, rows: list[tuple[Any, ...]]) -> int:
    """Insert the rows whose key neither store has; returns how many."""
    fields, key = _KEYS[table]
    names = [name.strip() for name in fields.split(",")]
    test = " AND ".join(f"c.{name.strip()} = :{name.strip()}" for name in key.split(","))
    sql = (
        f"INSERT OR IGNORE INTO user.{table} ({fields}, write) "
        f"SELECT {', '.join(':' + name for name in names)}, :write "
        f"WHERE NOT EXISTS (SELECT 1 FROM main.{table} c WHERE {test})"
    )
    before = opened.connection.total_changes
    opened.connection.executemany(
        sql, (dict(zip(names, row, strict=True), write=opened.write) for row in rows)
    )
    return opened.connection.total_changes - before


def _layer(layer: str) -> str:
    """A curated row that this edition does not hold is kept as imported."""
    return "imported" if layer == "curated" else layer


def _text(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _sources(opened: Session, rows: list[_Source]) -> dict[str, str]:
    """Write the sources; one whose id means another document here gets a new id."""
    renamed: dict[str, str] = {}
    for row in rows:
        key = row.id
        known = opened.connection.execute(
            "SELECT title FROM sources WHERE id = ?", (key,)
        ).fetchone()
        if known and known[0] == row.title:
            continue
        if known:
            from llmnotes.ingest.sources import source_id

            key = renamed[row.id] = source_id(row.id[:40], row.title)
        values = {
            **row.model_dump(),
            "id": key,
            "authors": _text(row.authors),
            "via": renamed.get(row.via or "", row.via),
            "write": opened.write,
        }
        opened.connection.execute(
            f"INSERT OR IGNORE INTO user.source ({', '.join(values)}) "
            f"VALUES ({', '.join('?' * len(values))})",
            tuple(values.values()),
        )
    return renamed


_SAME = (
    "subject_kind", "subject", "attribute", "value", "status", "source", "locator", "layer", "note",
    "parameters", "preferred", "reason", "printed",
)  # fmt: skip


def _claim(opened: Session, row: _Claim, renamed: dict[str, str]) -> int:
    values = row.model_dump()
    values["value"] = _text(row.value)
    values["parameters"] = _text(row.parameters) if row.parameters else None
    values["printed"] = _text(row.printed) if row.printed else None
    values["source"] = renamed.get(row.source, row.source) if row.source else None
    if row.layer == "curated":
        if _there(opened.connection, "main", values):
            return 0
        values["layer"] = "imported"
    if _there(opened.connection, "user", values):
        return 0
    columns = ", ".join((*_SAME, "write"))
    opened.connection.execute(
        f"INSERT INTO user.claim ({columns}) VALUES ({', '.join('?' * (len(_SAME) + 1))})",
        (*(values[name] for name in _SAME), opened.write),
    )
    return 1


def _there(connection: sqlite3.Connection, schema: str, values: dict[str, Any]) -> bool:
    test = " AND ".join(f"{name} IS ?" for name in _SAME)
    return bool(
        connection.execute(
            f"SELECT 1 FROM {schema}.claim WHERE {test}", tuple(values[name] for name in _SAME)
        ).fetchone()
    )


def _note(connection: sqlite3.Connection, row: _Note, write: int) -> int:
    values = (row.subject_kind, row.subject, row.text, row.created)
    cursor = connection.execute(
        "INSERT INTO user.note (subject_kind, subject, text, created, write) SELECT ?, ?, ?, ?, ? "
        "WHERE NOT EXISTS (SELECT 1 FROM user.note WHERE subject_kind = ? AND subject = ? "
        "AND text = ? AND created = ?)",
        (*values, write, *values),
    )
    return cursor.rowcount
