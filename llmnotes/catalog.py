"""Reads and validates the curated files of `llmnotes/data/`.

`python -m llmnotes.catalog` reads all of them and prints a summary or the first error.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from llmnotes.attributes.entities import PLURALS
from llmnotes.course_records import Technique, Topic
from llmnotes.data_files import DATA as DATA
from llmnotes.data_files import toml_files
from llmnotes.errors import InputError
from llmnotes.records import EntityRecord, Family, License, Model, Organization, Source
from llmnotes.schema import ATTRIBUTES
from llmnotes.spelling import nearest
from llmnotes.vocabulary import fold

_Record = TypeVar("_Record", bound=BaseModel)


@dataclass(frozen=True)
class Catalog:
    """The content of all curated files, with references checked, before the rules of `llmnotes.checks`."""

    families: tuple[Family, ...]
    entities: Mapping[str, Mapping[str, EntityRecord]]
    """Organizations, datasets and other entities by kind, then by id."""
    sources: Mapping[str, Source]
    techniques: Mapping[str, Technique]
    topics: Mapping[str, tuple[Topic, ...]]
    """The course: items by section name."""
    files: Mapping[str, str]
    """Path of the source file by family id."""

    @property
    def organizations(self) -> Mapping[str, EntityRecord]:
        """The publishers of models by id."""
        return self.entities["organization"]


def load(data: Path = DATA) -> Catalog:
    """Read all curated files, in the order of their names.

    Raises `InputError` that names the file, the key and the repair.
    """
    entities = {kind: _entities(data, kind) for kind in PLURALS}
    sources = _sources(_read(data / "sources.toml"), "sources.toml")
    families, files = [], {}
    for file, raw in toml_files(data / "families"):
        family = _validate(Family, _parsed(file, raw), file)
        if family.id != file.removesuffix(".toml"):
            raise InputError(f"{file}: id = {family.id!r} differs from the file's name")
        for key, fields in family.sources.items():
            source = Source(id=key, **fields.model_dump())
            if key in sources:
                raise InputError(f"{file}: sources.{key} is already declared elsewhere")
            sources[key] = source
        families.append(family)
        files[family.id] = file
    topics = {
        section: tuple(_validate(Topic, item, "topics.toml", section) for item in items)
        for section, items in _read(data / "topics.toml").items()
    }
    catalog = Catalog(
        tuple(families), entities, sources, _techniques(data / "techniques"), topics, files
    )
    _refer(catalog)
    _refer_techniques(catalog)
    return catalog


@dataclass(frozen=True)
class Others:
    """Ids and names declared in other files that a family file may refer to."""

    organizations: Mapping[str, EntityRecord]
    sources: Mapping[str, Source]
    models: Mapping[str, str]
    """Declaring file by model id."""
    entities: Mapping[str, Mapping[str, EntityRecord]]
    """The entries of each kind by id."""
    names: Mapping[tuple[str, str], str]
    """The id that a folded name means, by `("model", name)` or `("family", name)`."""


def load_others(data: Path, but: str) -> Others:
    """The declarations of every file except that of the family `but`.

    Raises `InputError` where one of the files is invalid.
    """
    sources: dict[str, Source] = {}
    models: dict[str, str] = {}
    names: dict[tuple[str, str], str] = {}
    for file, raw in toml_files(data / "families"):
        if file == f"{but}.toml":
            continue
        family = _validate(Family, _parsed(file, raw), file)
        models |= {model.id: file for model in family.models}
        names |= {("family", name): family.id for name in folded_names(family)}
        for model in family.models:
            names |= {("model", name): model.id for name in folded_names(model)}
        sources |= {
            key: Source(id=key, **fields.model_dump()) for key, fields in family.sources.items()
        }
    return others(data, sources, models, names)


def others(
    data: Path,
    sources: Mapping[str, Source],
    models: Mapping[str, str],
    names: Mapping[tuple[str, str], str],
) -> Others:
    """What families declare together with the shared sources and the entities."""
    shared = _sources(_read(data / "sources.toml"), "sources.toml")
    entities = {kind: _entities(data, kind) for kind in PLURALS}
    return Others(
        entities["organization"],
        {**shared, **sources},
        models,
        entities,
        names,
    )


def folded_names(subject: Family | Model) -> set[str]:
    """Every name of a family or model in comparable form."""
    return {fold(name) for name in (subject.id, subject.name, *subject.aliases)}


def _entities(data: Path, kind: str) -> dict[str, EntityRecord]:
    """The entries of one kind; empty where the data folder has no file of the kind."""
    path = data / "entities" / f"{PLURALS[kind]}.toml"
    records: dict[str, type[EntityRecord]] = {"organization": Organization, "license": License}
    record = records.get(kind, EntityRecord)
    found: dict[str, EntityRecord] = {
        key: _validate(record, {"id": key, **fields}, path.name, key)
        for key, fields in (_read(path) if path.exists() else {}).items()
    }
    names: dict[str, str] = {}
    for key, item in found.items():
        for name in {fold(name) for name in (key, item.name, *item.aliases)}:
            if names.setdefault(name, key) != key:
                raise InputError(f"{path.name}: {key}: {name!r} already means {names[name]!r}")
        for name in item.exact:
            if name not in (item.name, *item.aliases):
                raise InputError(f"{path.name}: {key}.exact: {name!r} is none of its names")
        for other in (item.part_of, getattr(item, "became", None)):
            _exists(other, found, kind, f"{path.name}: {key}")
            if other == key:
                raise InputError(f"{path.name}: {key} is a part of itself")
    return found


def _read(path: Path) -> dict[str, Any]:
    return _parsed(path.name, path.read_bytes())


def _parsed(file: str, raw: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: {error}") from error


def _sources(raw: Mapping[str, Any], file: str) -> dict[str, Source]:
    return {
        key: _validate(Source, {"id": key, **fields}, file, f"sources.{key}")
        for key, fields in raw.items()
    }


def _techniques(folder: Path) -> dict[str, Technique]:
    found: dict[str, Technique] = {}
    names: dict[str, str] = {}
    for file, content in toml_files(folder):
        for key, fields in _parsed(file, content).items():
            raw = {"id": key, "category": file.removesuffix(".toml"), **fields}
            technique = _validate(Technique, raw, file, key)
            if key in found:
                raise InputError(f"{file}: {key} is already declared in another category")
            for name in {fold(name) for name in (key, technique.name)}:
                if names.setdefault(name, key) != key:
                    raise InputError(f"{file}: {key}: {name!r} already means {names[name]!r}")
            found[key] = technique
    return found


def _refer_techniques(catalog: Catalog) -> None:
    """Raise `InputError` on missing or cyclic prerequisites and on missing entries of the course."""
    known = catalog.techniques
    for technique in known.values():
        for key in (*technique.prerequisites, *technique.replaces):
            _exists(key, known, "technique", f"{technique.category}.toml: {technique.id}")
    graph = {key: technique.prerequisites for key, technique in known.items()}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise InputError(
            f"techniques: prerequisites go in a circle: {' → '.join(error.args[1])}"
        ) from error
    families = {family.id: family for family in catalog.families}
    for section, items in catalog.topics.items():
        for topic in items:
            for key in topic.techniques:
                _exists(key, known, "technique", f"topics.toml: {section}: {topic.name}")
            for key in topic.families:
                _exists(key, families, "family", f"topics.toml: {section}: {topic.name}")


def _validate(record: type[_Record], raw: Any, file: str, where: str = "") -> _Record:
    try:
        return record.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join([*filter(None, [where]), *_path(first["loc"], raw)])
        message = "; ".join(filter(None, told(record, first)))
        raise InputError(f"{file}: {place}: {message}") from error


def told(record: type[BaseModel], item: Mapping[str, Any]) -> tuple[str, str]:
    """Describe a pydantic error: the fault, and its repair where that is separate."""
    if item["type"] == "extra_forbidden":
        close = nearest(str(item["loc"][-1]), record.model_fields)
        return "unknown key", f"nearest: {', '.join(close)}" if close else "remove it"
    problem, _, repair = str(item["msg"]).removeprefix("Value error, ").partition("; ")
    key = str(item["loc"][0]) if item["loc"] else ""
    if item["type"] == "missing":
        problem, repair = "is missing", f"add `{key} = …`"
    field = record.model_fields.get(key)
    return problem, repair or (field.description if field else "") or "see `llmnotes schema`"


def _path(location: tuple[int | str, ...], raw: Any) -> Iterator[str]:
    """The keys of a location, with models given by id instead of index."""
    for key in location:
        try:
            raw = raw[key]
        except (KeyError, IndexError, TypeError):
            raw = None
        yield (
            str(raw.get("id", key)) if isinstance(raw, dict) and isinstance(key, int) else str(key)
        )


def subjects(catalog: Catalog) -> Iterator[tuple[str, Family, Any]]:
    """Every family and model with its file, families before their members."""
    for family in catalog.families:
        yield catalog.files[family.id], family, family
        for model in family.models:
            yield catalog.files[family.id], family, model


def _refer(catalog: Catalog) -> None:
    """Raise `InputError` unless ids are unique, names unambiguous within a kind, and references resolve."""
    models: dict[str, str] = {}
    names: dict[tuple[str, str], str] = {}
    for file, family, subject in subjects(catalog):
        kind = "family" if subject is family else "model"
        if kind == "model":
            if subject.id in models:
                raise InputError(f"{file}: model {subject.id!r} stands in {models[subject.id]} too")
            models[subject.id] = file
        for name in folded_names(subject):
            other = names.setdefault((kind, name), subject.id)
            if other != subject.id:
                raise InputError(f"{file}: {subject.id}: the name {name!r} already means {other!r}")
    for file, _, subject in subjects(catalog):
        for attribute, claims in subject.claims.items():
            for claim in claims:
                place = f"{file}: {subject.id}.{attribute}"
                _exists(claim.source, catalog.sources, "source", place)
                if ATTRIBUTES[attribute].kind == "organizations":
                    for item in claim.value or []:
                        _exists(item, catalog.organizations, "organization", place)
                if ATTRIBUTES[attribute].kind == "models":
                    for item in claim.value or []:
                        _exists(item, models, "model", place)


def _exists(key: str | None, known: Mapping[str, object], what: str, place: str) -> None:
    if key is not None and key not in known:
        close = nearest(key, known)
        hint = f"; nearest: {', '.join(close)}" if close else f"; declare it under [{what}s]"
        raise InputError(f"{place}: unknown {what} {key!r}{hint}")


if __name__ == "__main__":
    try:
        found = load()
    except InputError as error:
        raise SystemExit(str(error)) from None
    claims = sum(
        len(items) for _, _, subject in subjects(found) for items in subject.claims.values()
    )
    models = sum(len(family.models) for family in found.families)
    print(
        f"{len(found.families)} families, {models} models, {claims} claims, "
        f"{len(found.sources)} sources, {len(found.organizations)} organizations, "
        f"{len(found.techniques)} techniques"
    )
