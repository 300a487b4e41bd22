"""Finds all faults of a family file at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from llmnotes import catalog
from llmnotes.errors import InputError
from llmnotes.evidence import form
from llmnotes.evidence.copies import Copies
from llmnotes.evidence.family_file import FamilyFile
from llmnotes.evidence.faults import Fault
from llmnotes.evidence.file_claims import FileClaims
from llmnotes.evidence.file_names import name_faults
from llmnotes.evidence.file_sources import source_faults
from llmnotes.evidence.lines import Lines
from llmnotes.evidence.recount import differing_count, excused_counts
from llmnotes.family_table import Keys, written_out
from llmnotes.records import Claim, Family, Model
from llmnotes.schema import ATTRIBUTES, CLAIMABLE
from llmnotes.values import parse_value

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
    file = FamilyFile(path, written, Lines(text), others)
    return sorted(set(_faults(file, copies, excused_counts(data / "exceptions.toml"))))


def _table_fault(message: str, lines: Lines) -> Fault:
    """A fault of a table of sizes, whose message begins with its place."""
    place, _, problem = message.partition(": ")
    problem, _, repair = problem.partition("; ")
    keys = tuple(int(part) if part.isdecimal() else part for part in place.split("."))
    return Fault(lines.of(keys), place, problem, repair or "see the other rows")


def _faults(
    file: FamilyFile, copies: Copies | None, exceptions: set[tuple[str, int | None]]
) -> Iterator[Fault]:
    """The faults of the file's names, its sources, and its family and members with their claims."""
    yield from name_faults(file)
    yield from source_faults(file, copies)
    claims = FileClaims(file, copies)
    yield from _form_faults(file, file.raw, (), Family, {"sources", "models", "claims"})
    yield from claims.faults(file.raw, (), str(file.raw.get("id", file.stem)))
    for number, raw in enumerate(file.members):
        keys: Keys = ("models", number)
        if not isinstance(raw, dict):
            yield file.fault(keys, "models", "is no table", "write [[models]] above its keys")
            continue
        name = str(raw.get("id", file.stem))
        yield from _form_faults(file, raw, keys, Model, {"claims"})
        if problem := form.size_problem(raw, form.parameters_of(raw)):
            yield file.fault((*keys, "size"), name, *problem)
        yield from _count_faults(file, raw, keys, exceptions)
        yield from claims.faults(raw, keys, name)


def _form_faults(
    file: FamilyFile, raw: dict[str, Any], keys: Keys, record: type[BaseModel], parts: set[str]
) -> Iterator[Fault]:
    """The faults of a family or member without its parts, which are checked by themselves."""
    name = str(raw.get("id", file.stem))
    plain = {key: value for key, value in raw.items() if key not in parts}
    if record is Family:
        plain["models"] = [_STAND_IN] if raw.get("models") else []
    yield from file.validated(record, plain, keys, name)
    for repeated in form.repeated_names(raw):
        yield file.fault(
            (*keys, "aliases"), name, f"the name {repeated!r} stands there twice", "keep one"
        )


def _count_faults(
    file: FamilyFile, raw: dict[str, Any], keys: Keys, exceptions: set[tuple[str, int | None]]
) -> Iterator[Fault]:
    """A derived count of parameters that is not that of the shape, nor a named exception."""
    name = str(raw.get("id", file.stem))
    found = differing_count(_sound_claims(file.raw) | _sound_claims(raw))
    excused = {(name, found and found[0]), (file.stem, found and found[0])}
    if found and not excused & exceptions:
        yield file.fault(
            (*keys, "claims", "params_total"), f"{name}.params_total",
            f"{found[0]:,} parameters are derived, but the shape has {found[1]:,}",
            f"write {found[1]}, or correct the shape",
        )  # fmt: skip


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
