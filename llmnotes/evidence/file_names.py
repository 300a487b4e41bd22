"""Faults of the ids and names of a family file: those that mean another model or family already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from llmnotes.evidence.family_file import FamilyFile
from llmnotes.evidence.faults import Fault
from llmnotes.family_table import Keys
from llmnotes.vocabulary import fold


def name_faults(file: FamilyFile) -> Iterator[Fault]:
    """The file's own id, the ids of its members, and all names of both."""
    if file.raw.get("id") != file.stem:
        yield file.fault(("id",), "id", "differs from the file's name", f'write id = "{file.stem}"')
    yield from _twins(file)
    yield from _taken(file)


def _twins(file: FamilyFile) -> Iterator[Fault]:
    """Members with the id of another model."""
    seen: dict[str, str] = dict(file.others.models)
    for number, raw in enumerate(file.members):
        key = raw.get("id") if isinstance(raw, dict) else None
        if isinstance(key, str):
            if key in seen:
                yield file.fault(
                    ("models", number, "id"), key, f"is the id of a model of {seen[key]} too",
                    "give each model an id of its own",
                )  # fmt: skip
            seen[key] = "this file"


def _taken(file: FamilyFile) -> Iterator[Fault]:
    """Names of the family or its members that mean another one already."""
    names = dict(file.others.names)
    subjects: list[tuple[Keys, Any]] = [((), file.raw)]
    subjects += [(("models", number), raw) for number, raw in enumerate(file.members)]
    for keys, raw in subjects:
        own = str(raw.get("id", "")) if isinstance(raw, dict) else ""
        aliases = raw.get("aliases", []) if isinstance(raw, dict) else []
        if not own or not isinstance(aliases, list):
            continue
        for name in (own, raw.get("name"), *aliases):
            key = ("model" if keys else "family", fold(str(name)))
            if names.setdefault(key, own) != own:
                yield file.fault(
                    (*keys, "aliases" if name in aliases else "name"), own,
                    f"the name {name!r} already means {names[key]}", "leave it to one of them",
                )  # fmt: skip
