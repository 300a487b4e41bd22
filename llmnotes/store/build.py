"""Builds the curated store from the curated files; `python -m llmnotes.store.build`.

The build is deterministic: its dump is reproducible byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from binascii import crc32
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from llmnotes import catalog, data_files
from llmnotes.catalog import DATA, Catalog
from llmnotes.editions.files import Edition, ValueChange, editions
from llmnotes.errors import InputError
from llmnotes.records import Claim, EntityRecord, Family, Model
from llmnotes.resolve import Statement, Statements, inherit, ranked
from llmnotes.schema import ATTRIBUTES
from llmnotes.store.migrate import migrate, revisions
from llmnotes.store.paths import CURATED
from llmnotes.store.rows import insert, record_rows
from llmnotes.store.texts import texts
from llmnotes.values import parse_value
from llmnotes.vocabulary import fold


def build(target: Path = CURATED, data: Path = DATA) -> Path:
    """Write a new curated store to `target`, replacing an existing one atomically.

    Raises `InputError` where a curated file is invalid.
    """
    found = catalog.load(data)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        migrate(unfinished)
        with sqlite3.connect(unfinished) as connection:
            _fill(connection, found, data)
            _fill_editions(connection, data / "editions")
        connection.execute(f"PRAGMA page_size = {_PAGE}")  # which the next line sets
        connection.execute("VACUUM")
        connection.close()
        os.replace(unfinished, target)
        if target == CURATED:
            data_files.write_twins()
    finally:
        unfinished.unlink(missing_ok=True)
    return target


_PAGE = 8192
"""Bytes of a page of the store: of twice the usual size it packs to a hundredth less in a wheel."""


def digest(data: Path = DATA) -> str:
    """A digest of the curated files and the schema's revision."""
    hashed = hashlib.sha256(revisions()[-1].encode())
    for path, content in data_files.toml_and_json(data):
        hashed.update(path.encode() + b"\0" + content)
    return hashed.hexdigest()


def _fill(connection: sqlite3.Connection, found: Catalog, data: Path) -> None:
    for kind, entities in found.entities.items():
        table = "organization" if kind == "organization" else "entity"
        insert(connection, table, (_entity(kind, item) for item in entities.values()))
    insert(
        connection,
        "source",
        (
            {**_dump(item), "is_primary": int(item.primary)}
            for _, item in sorted(found.sources.items())
        ),
    )
    insert(connection, "technique", (_dump(item) for item in found.techniques.values()))
    insert(connection, "topic", _topics(found))
    families = sorted(found.families, key=_first_release)
    insert(connection, "family", (_family(item) for item in families))
    insert(connection, "model", (row for item in families for row in _models(item)))
    insert(connection, "name", _names(found))
    insert(connection, "claim", _claims(families))
    for table, rows in record_rows(_members(families, found)).items():
        insert(connection, table, rows)
    insert(connection, "text_index", texts(families, found))
    connection.execute("INSERT INTO text_index (text_index) VALUES ('optimize')")
    facts = {
        "digest": digest(data),
        "revisions": json.dumps(revisions()),
        "files": json.dumps(_files(found, data)),
    }
    insert(connection, "fact", ({"key": key, "value": value} for key, value in facts.items()))


def _files(found: Catalog, data: Path) -> list[tuple[int, list[int]]]:
    """Of the file of each family, in the order of their ids: its checksum and the sources it declares.

    A source is told by its place in the order of all ids.
    """
    places = {key: place for place, key in enumerate(sorted(found.sources))}
    checksums = {name: crc32(raw) for name, raw in data_files.toml_files(data / "families")}
    return [
        (checksums[found.files[family.id]], [places[key] for key in family.sources])
        for family in sorted(found.families, key=lambda family: family.id)
    ]


def _fill_editions(connection: sqlite3.Connection, folder: Path) -> None:
    found = list(editions(folder))
    insert(connection, "edition", (_edition(item) for item in found))
    insert(
        connection,
        "value_change",
        (_change(item.name, change) for item in found for change in item.changes),
    )


def _edition(item: Edition) -> dict[str, Any]:
    fields = ("name", "released", "previous", "families", "models")
    return {**{name: getattr(item, name) for name in fields}, "value_count": item.values}


def _change(edition: str, item: ValueChange) -> dict[str, Any]:
    row: dict[str, Any] = {
        "edition": edition, "change": item.change, "family": item.family,
        "models": json.dumps(item.models), "attribute": item.attribute,
    }  # fmt: skip
    for side, said in (("old", item.before), ("new", item.after)):
        value = None if said is None or said.value is None else _json(said.value)
        row[f"{side}_value"] = value
        for part in ("status", "source", "locator", "title"):
            row[f"{side}_{part}"] = getattr(said, part, None)
        row[f"{side}_parameters"] = _json(said.parameters) if said and said.parameters else None
    return {**row, "reason": item.reason, "value_count": item.values}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _dump(item: Any) -> dict[str, Any]:
    return {
        key: json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
        for key, value in item.model_dump(exclude_none=False).items()
    }


def _entity(kind: str, item: EntityRecord) -> dict[str, Any]:
    """The row of an entity; organizations have additional columns, but no parts.

    What only `factcheck` reads of a licence stays in the curated file.
    """
    row = _dump(item)
    row.pop("commercial", None)
    if kind == "organization":
        return {key: row[key] for key in row if key not in {"part_of", "exact", "named"}}
    return {**row, "kind": kind, "named": int(item.named)}


def _first_release(family: Family) -> tuple[str, str]:
    claims = [*family.claims.get("release_date", [])]
    for model in family.models:
        claims += model.claims.get("release_date", [])
    dates = [str(claim.value) for claim in claims if claim.value]
    return (min(dates, default="9999"), family.id)


def _family(family: Family) -> dict[str, Any]:
    fields = {key: getattr(family, key) for key in ("id", "name", "line", "summary")}
    return {**fields, "layer": "curated"}


def _models(family: Family) -> Iterator[dict[str, Any]]:
    for position, model in enumerate(family.models):
        fields = {key: getattr(model, key) for key in ("id", "name", "size", "variant")}
        yield {**fields, "family": family.id, "position": position, "layer": "curated"}


def _names(found: Catalog) -> Iterator[dict[str, Any]]:
    named: list[tuple[str, Any]] = [
        (kind, item) for kind, entities in found.entities.items() for item in entities.values()
    ]
    named += [
        ("family" if subject is family else "model", subject)
        for _, family, subject in catalog.subjects(found)
    ]
    for kind, item in named:
        spelled: dict[str, str] = {}
        for text in (item.id, item.name, *item.aliases):
            spelled.setdefault(fold(text), text)
        for key, text in spelled.items():
            yield {
                "kind": kind,
                "key": key,
                "target": item.id,
                "text": text,
                "is_id": int(text == item.id),
            }


def _topics(found: Catalog) -> Iterator[dict[str, Any]]:
    items = [(section, item) for section, topics in found.topics.items() for item in topics]
    for position, (section, item) in enumerate(items):
        yield {"position": position, "section": section, **_dump(item)}


def _claims(families: Iterable[Family]) -> Iterator[dict[str, Any]]:
    for family in families:
        for kind, subject in [("family", family), *(("model", model) for model in family.models)]:
            for name in ATTRIBUTES:
                for claim in subject.claims.get(name, []):
                    yield {"subject_kind": kind, "subject": subject.id, **_claim(name, claim)}


def _claim(name: str, claim: Claim) -> dict[str, Any]:
    return {
        "attribute": name,
        "value": None
        if claim.value is None
        else json.dumps(_value(name, claim), ensure_ascii=False),
        "status": claim.status,
        "source": claim.source,
        "locator": claim.at,
        "layer": "curated",
        "note": claim.note,
        "parameters": json.dumps(claim.parameters) if claim.parameters else None,
        "preferred": int(claim.preferred),
        "reason": claim.reason,
        "printed": json.dumps(claim.printed, ensure_ascii=False) if claim.printed else None,
    }


def _value(name: str, claim: Claim) -> Any:
    return None if claim.value is None else parse_value(ATTRIBUTES[name], claim.value)


def _statements(subject: Family | Model, found: Catalog) -> dict[str, list[Statement]]:
    statements = {}
    for name, claims in subject.claims.items():
        items = []
        for number, claim in enumerate(claims):
            source = found.sources[claim.source] if claim.source else None
            items.append(
                Statement(
                    subject.id, name, _value(name, claim), claim.status, claim.source, claim.at,
                    "curated", claim.note, dict(claim.parameters), claim.preferred, claim.reason,
                    source.primary if source else True, source.checked if source else None, number,
                )
            )  # fmt: skip
        statements[name] = ranked(items)
    return statements


def _members(
    families: Iterable[Family], found: Catalog
) -> Iterator[tuple[dict[str, Any], dict[str, list[Statement]]]]:
    """Every model's row with the claims that hold for it; bases precede the models based on them."""
    models = {model.id: (family, model) for family in families for model in family.models}
    done: dict[str, dict[str, list[Statement]]] = {}

    def claims_of(key: str) -> dict[str, list[Statement]]:
        if key not in done:
            family, model = models[key]
            own = _statements(model, found)
            done[key] = inherit(own, _statements(family, found), _base(model, own, claims_of), key)
        return done[key]

    for family in families:
        for row in _models(family):
            yield row, claims_of(row["id"])


def _base(model: Model, own: Statements, claims_of: Any) -> Statements | None:
    if model.variant != "post-trained" or "based_on" not in own:
        return None
    based_on = own["based_on"][0].value
    return claims_of(based_on[0]) if based_on else None


if __name__ == "__main__":
    try:
        print(build())
    except InputError as error:
        raise SystemExit(str(error)) from None
