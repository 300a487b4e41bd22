"""Faults of the sources that a family file declares, held against their copies where there are any."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import ValidationError

from llmnotes.evidence.copies import Copies
from llmnotes.evidence.family_file import FamilyFile
from llmnotes.evidence.faults import Fault
from llmnotes.evidence.references import nearest_of
from llmnotes.evidence.sources import dating_problems, problems
from llmnotes.records import Source, SourceFields


def source_faults(file: FamilyFile, copies: Copies | None) -> Iterator[Fault]:
    """The faults of all sources; the sound part of each is kept in the file for its claims."""
    # Somewhere on earth it is tomorrow already.
    today = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    raw = file.raw.get("sources", {})
    for key, fields in (raw if isinstance(raw, dict) else {}).items():
        keys, place = ("sources", key), f"sources.{key}"
        if key in file.others.sources:
            yield file.fault(keys, place, "is declared elsewhere too", "use another id")
        found = yield from file.validated(SourceFields, fields, keys, place)
        file.sources[key] = source = (
            Source(id=key, **found.model_dump()) if found else _sound_part(key, fields)
        )
        for name, problem, repair in dating_problems(source, today):
            yield file.fault((*keys, name), place, problem, repair)
        copy = copies.of(key) if copies and not source.via else None
        for problem, repair in problems(source, copy) if copy else ():
            yield file.fault(keys, place, problem, repair)
    known = file.known_sources()
    for key, source in file.sources.items():
        if source.via and (fault := _via_fault(file, key, source.via, known)):
            yield fault


def _via_fault(file: FamilyFile, key: str, via: str, known: dict[str, Source]) -> Fault | None:
    keys, place = ("sources", key, "via"), f"sources.{key}"
    if via not in known:
        return file.fault(
            keys, place, f"`via` names the unknown source {via!r}", nearest_of(via, known)
        )
    if known[via].via:
        return file.fault(
            keys, place, f"`via` names {via!r}, which was not read itself", "name what was read"
        )
    return None


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
