"""Finds all faults of a family file at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from llmnotes import catalog
from llmnotes.errors import InputError
from llmnotes.evidence import form
from llmnotes.evidence import sources as held_sources
from llmnotes.evidence.copies import Copies
from llmnotes.evidence.faults import Fault
from llmnotes.evidence.hold import UNNAMED, figures_problem, hold, lacks_figures
from llmnotes.evidence.lines import Lines
from llmnotes.evidence.lines import Path as Keys
from llmnotes.evidence.recount import differing_count, excused_counts
from llmnotes.evidence.references import References, nearest_of
from llmnotes.evidence.rows import OwnRow, labels
from llmnotes.evidence.scores import ClaimSubject, TableReader, tables_for
from llmnotes.family_table import WrittenOut, written_out
from llmnotes.records import Claim, Family, Model, Source, SourceFields
from llmnotes.schema import ATTRIBUTES, CLAIMABLE
from llmnotes.values import parse_value
from llmnotes.vocabulary import fold

_STAND_IN = {"id": "member", "name": "member"}
"""Placeholder for the members of a family, which are validated one by one."""


def check_file(
    path: Path,
    copies: Copies | None,
    data: Path = catalog.DATA,
    others: catalog.Others | None = None,
) -> list[Fault]:
    """All faults of the file, by line; with `copies` None the sources are not opened.

    `others` is what the other files declare, where that is known without reading them.

    Raises `InputError` where the file cannot be read or is not TOML.
    """
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise InputError(f"{path} cannot be read ({reason}); name a family file") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            f"{path.name}: {error}; close what that line opens, and see CONTRIBUTING.md for the form"
        ) from error
    try:
        written = written_out(raw)
    except InputError as error:
        return [_table_fault(str(error), Lines(text))]
    others = others or catalog.load_others(data, path.stem)
    family = _FamilyFile(path, written, Lines(text), copies, data, others)
    return sorted(set(family.faults()))


def _table_fault(message: str, lines: Lines) -> Fault:
    """A fault of a table of sizes, whose message begins with its place."""
    place, _, problem = message.partition(": ")
    problem, _, repair = problem.partition("; ")
    keys = tuple(int(part) if part.isdecimal() else part for part in place.split("."))
    return Fault(lines.of(keys), place, problem, repair or "see the other rows")


class _FamilyFile:
    """A family file while it is checked."""

    def __init__(
        self,
        path: Path,
        written: WrittenOut,
        lines: Lines,
        copies: Copies | None,
        data: Path,
        others: catalog.Others,
    ) -> None:
        self._path, self._raw, self._places = path, written.family, written.places
        self._lines, self._copies = lines, copies
        self._others = others
        self._sources: dict[str, Source] = {}
        members = written.family.get("models")
        self._references = References(
            self._others,
            {
                str(item.get("id"))
                for item in (members if isinstance(members, list) else ())
                if isinstance(item, dict)
            },
        )
        self._exceptions = excused_counts(data / "exceptions.toml")
        self._today = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()

    def faults(self) -> Iterator[Fault]:
        """The faults of the file's form, its sources and its claims."""
        if self._raw.get("id") != self._path.stem:
            yield self._fault(
                ("id",), "id", "differs from the file's name", f'write id = "{self._path.stem}"'
            )
        yield from self._source_faults()
        yield from self._subject_faults(self._raw, (), Family, {"sources", "models", "claims"})
        members = self._raw.get("models")
        yield from self._twin_faults(members)
        yield from self._name_faults()
        for number, raw in enumerate(members if isinstance(members, list) else ()):
            yield from self._subject_faults(raw, ("models", number), Model, {"claims"})

    def _twin_faults(self, members: Any) -> Iterator[Fault]:
        """Members with the id of another model."""
        seen: dict[str, str] = dict(self._others.models)
        for number, raw in enumerate(members if isinstance(members, list) else ()):
            key = raw.get("id") if isinstance(raw, dict) else None
            if isinstance(key, str):
                if key in seen:
                    yield self._fault(
                        ("models", number, "id"), key, f"is the id of a model of {seen[key]} too",
                        "give each model an id of its own",
                    )  # fmt: skip
                seen[key] = "this file"

    def _name_faults(self) -> Iterator[Fault]:
        """Names of the family or its members that mean another one already."""
        names = dict(self._others.names)
        members = self._raw.get("models")
        listed: list[tuple[Keys, Any]] = [((), self._raw)]
        listed += [
            (("models", number), raw)
            for number, raw in enumerate(members if isinstance(members, list) else ())
        ]
        for keys, raw in listed:
            own = str(raw.get("id", "")) if isinstance(raw, dict) else ""
            aliases = raw.get("aliases", []) if isinstance(raw, dict) else []
            for name in (
                (own, raw.get("name"), *aliases) if own and isinstance(aliases, list) else ()
            ):
                key = ("model" if keys else "family", fold(str(name)))
                if names.setdefault(key, own) != own:
                    yield self._fault(
                        (*keys, "aliases" if name in aliases else "name"), own,
                        f"the name {name!r} already means {names[key]}", "leave it to one of them",
                    )  # fmt: skip

    def _source_faults(self) -> Iterator[Fault]:
        raw = self._raw.get("sources", {})
        for key, fields in (raw if isinstance(raw, dict) else {}).items():
            keys, place = ("sources", key), f"sources.{key}"
            if key in self._others.sources:
                yield self._fault(keys, place, "is declared elsewhere too", "use another id")
            found = yield from self._validated(SourceFields, fields, keys, place)
            self._sources[key] = source = (
                Source(id=key, **found.model_dump()) if found else _sound_part(key, fields)
            )
            for name, problem, repair in held_sources.dating_problems(source, self._today):
                yield self._fault((*keys, name), place, problem, repair)
            copy = self._copies.of(key) if self._copies and not source.via else None
            for problem, repair in held_sources.problems(source, copy) if copy else ():
                yield self._fault(keys, place, problem, repair)
        for key, source in self._sources.items():
            if source.via and (fault := self._via_fault(key, source.via)):
                yield fault

    def _via_fault(self, key: str, via: str) -> Fault | None:
        known = {**self._others.sources, **self._sources}
        keys, place = ("sources", key, "via"), f"sources.{key}"
        if via not in known:
            return self._fault(
                keys, place, f"`via` names the unknown source {via!r}", nearest_of(via, known)
            )
        if known[via].via:
            return self._fault(
                keys, place, f"`via` names {via!r}, which was not read itself", "name what was read"
            )
        return None

    def _subject_faults(
        self, raw: Any, keys: Keys, record: type[BaseModel], parts: set[str]
    ) -> Iterator[Fault]:
        if not isinstance(raw, dict):
            yield self._fault(keys, "models", "is no table", "write [[models]] above its keys")
            return
        name = str(raw.get("id", self._path.stem))
        plain = {key: value for key, value in raw.items() if key not in parts}
        if record is Family:
            plain["models"] = [_STAND_IN] if raw.get("models") else []
        yield from self._validated(record, plain, keys, name)
        for repeated in form.repeated_names(raw):
            yield self._fault(
                (*keys, "aliases"), name, f"the name {repeated!r} stands there twice", "keep one"
            )
        if record is Model:
            if problem := form.size_problem(raw, form.parameters_of(raw)):
                yield self._fault((*keys, "size"), name, *problem)
            yield from self._count_faults(raw, keys, name)
        claims = raw.get("claims", {})
        for attribute, items in (claims if isinstance(claims, dict) else {}).items():
            place = f"{name}.{attribute}"
            at = (*keys, "claims", attribute)
            if attribute not in CLAIMABLE:
                yield self._fault(at, place, "unknown attribute", nearest_of(attribute, CLAIMABLE))
                continue
            listed = items if isinstance(items, list) else [items]
            for number, item in enumerate(listed):
                yield from self._claim_faults(attribute, item, (*at, number), place)
            for number, problem in form.repetition(listed):
                yield self._fault((*at, number), place, *problem)

    def _count_faults(self, raw: dict[str, Any], keys: Keys, name: str) -> Iterator[Fault]:
        """A derived count of parameters that is not that of the shape, nor a named exception."""
        found = differing_count(_sound_claims(self._raw) | _sound_claims(raw))
        excused = {(name, found and found[0]), (self._path.stem, found and found[0])}
        if found and not excused & self._exceptions:
            yield self._fault(
                (*keys, "claims", "params_total"), f"{name}.params_total",
                f"{found[0]:,} parameters are derived, but the shape has {found[1]:,}",
                f"write {found[1]}, or correct the shape",
            )  # fmt: skip

    def _claim_faults(self, attribute: str, raw: Any, keys: Keys, place: str) -> Iterator[Fault]:
        claim = yield from self._validated(Claim, raw, keys, place)
        if claim is None:
            return
        if problem := form.kind_problem(ATTRIBUTES[attribute], claim.value):
            yield self._fault(keys, place, *problem)
        for problem in form.inner_problems(attribute, claim.value, set(claim.parameters)):
            yield self._fault(keys, place, *problem)
        try:
            value = None if claim.value is None else parse_value(ATTRIBUTES[attribute], claim.value)
        except InputError as error:
            yield self._fault(keys, place, str(error), "write a value of its kind")
            return
        if value is not None:
            if problem := form.bound_problem(ATTRIBUTES[attribute], value):
                yield self._fault(keys, place, *problem)
            for problem in self._references.problems(
                ATTRIBUTES[attribute], value, place.rpartition(".")[0]
            ):
                yield self._fault(keys, place, *problem)
        known = {**self._others.sources, **self._sources}
        if claim.source is None:
            return
        if claim.source not in known:
            yield self._fault(
                keys, place, f"unknown source {claim.source!r}", nearest_of(claim.source, known)
            )
            return
        source = known[claim.source]
        if claim.status == "undisclosed" and len((claim.note or "").split()) < 3:
            yield self._fault(
                keys, place, "is called undisclosed without the refusal or what was searched",
                "say in `note` which documents were searched",
            )  # fmt: skip
        if claim.status == "undisclosed" and "whole" in (claim.at or "") and source.read == "part":
            yield self._fault(
                keys, place, f"only part of {source.id} was read", "read the whole, or say what was"
            )
        if source.read is None:
            return  # a formula, or a source that has its own fault
        if self._copies is None:
            if lacks_figures(attribute, claim, source):
                yield self._fault(keys, place, *UNNAMED)
            elif differs := figures_problem(ATTRIBUTES[attribute], claim):
                yield self._fault(keys, place, differs, "make them agree")
            return
        verdict = hold(attribute, claim, source, self._copies, self._subject(place))
        if verdict.problem:
            repair = verdict.repair or f"fetch it, or leave {source.id} out"
            yield self._fault(keys, place, verdict.problem, repair)

    def _subject(self, place: str) -> ClaimSubject:
        """The member that a claim is of, with its row; without one for claims of the family."""
        own = place.rpartition(".")[0]
        return ClaimSubject(
            self._tables, OwnRow(own, self._labels) if own in self._labels else None
        )

    @cached_property
    def _tables(self) -> TableReader:
        names = {name for kind, name in self._others.names if kind == "model"}
        names |= {fold(str(name)) for listed in self._labels.values() for name in listed}
        return tables_for(names, self._others.entities["benchmark"])

    @cached_property
    def _labels(self) -> dict[str, list[str]]:
        members = self._raw.get("models")
        return {
            str(raw.get("id")): labels(
                raw.get("id"), raw.get("name"), _items(raw.get("aliases")), raw.get("size")
            )
            for raw in _items(members)
            if isinstance(raw, dict)
        }

    def _validated(self, record: type[Any], raw: Any, keys: Keys, place: str) -> Any:
        """A generator of all faults of a record, which returns the record where there are none."""
        try:
            return record.model_validate(raw)
        except ValidationError as error:
            for item in error.errors():
                inner = tuple(item["loc"])
                problem, repair = catalog.told(record, item)
                name = ".".join([place, *map(str, inner)])
                yield self._fault((*keys, *inner), name, problem, repair)
        return None

    def _fault(self, keys: Keys, place: str, problem: str, repair: str) -> Fault:
        inside = self._places.get(keys[:4], keys)  # a claim of a table is at its row
        return Fault(self._lines.of(inside), place, problem, repair)


def _items(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []


def _sound_claims(raw: dict[str, Any]) -> dict[str, list[Claim]]:
    """The claims of a subject whose form and values are valid."""
    found: dict[str, list[Claim]] = {}
    claims = raw.get("claims", {})
    for name, items in (claims if isinstance(claims, dict) else {}).items():
        for item in (items if isinstance(items, list) else [items]) if name in CLAIMABLE else ():
            try:
                claim = Claim.model_validate(item)
                if claim.value is not None:
                    parse_value(ATTRIBUTES[name], claim.value)
            except (ValidationError, InputError):
                continue
            found.setdefault(name, []).append(claim)
    return found


def _sound_part(key: str, fields: Any) -> Source:
    """The valid part of a faulty source, so that its claims can still be looked up."""
    raw = dict(fields) if isinstance(fields, dict) else {}
    try:
        SourceFields.model_validate(raw)
    except ValidationError as error:
        for item in error.errors():
            raw.pop(str(item["loc"][0]) if item["loc"] else "", None)
    sound = {name: raw[name] for name in raw if name in SourceFields.model_fields}
    return Source.model_construct(**{"kind": "news", "title": "", **sound, "id": key})
