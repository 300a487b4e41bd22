"""The files of editions: `llmnotes/data/editions/2026.12.json`, one change a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError

NAME = re.compile(r"\d{4}\.(?:0[1-9]|1[0-2])(?:\.\d+)?")
"""The year and month of an edition, and a number where a month has several."""

KINDS = ("added", "corrected", "withdrawn")
"""The kinds of change to a value."""


@dataclass(frozen=True, slots=True)
class ClaimedValue:
    """A value as it was shown, with its locator; of a list only the changed elements."""

    value: Any
    status: str
    source: str | None
    locator: str | None
    title: str | None
    """The source's title, as the source may no longer exist."""
    parameters: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ValueChange:
    """The change of one attribute of a family's models, or of whole models (`attribute` None)."""

    change: str
    family: str
    models: list[str]
    attribute: str | None
    before: ClaimedValue | None
    after: ClaimedValue | None
    reason: str | None
    values: int
    """The number of values it concerns: one per model, or all values of a whole model."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition: a state of the curated files, and the changes since the previous one."""

    name: str
    released: str
    commit: str
    previous: str | None
    families: int
    models: int
    values: int
    changes: list[ValueChange] = field(default_factory=list)


def write(edition: Edition, folder: Path) -> Path:
    """Write the edition's file into `folder` and return its path."""
    head = {key: value for key, value in asdict(edition).items() if key != "changes"}
    lines = [
        json.dumps(_sparse(asdict(change)), ensure_ascii=False, separators=(",", ":"))
        for change in edition.changes
    ]
    text = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    path = folder / f"{edition.name}.json"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{text},\n "changes": [\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")
    return path


def _sparse(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    found = {key: _sparse(value) for key, value in item.items() if value is not None}
    return found | {key: item[key] for key in ("value",) if key in item}


def read(path: Path) -> Edition:
    """The edition in a file; raises `InputError` that names the file where it is invalid."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        changes = [_change(item) for item in data.pop("changes")]
        edition = Edition(**data, changes=changes)
        sound = NAME.fullmatch(edition.name) and edition.name == path.stem
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path.name}: not the file of an edition ({error})") from error
    if not sound:
        raise InputError(
            f"{path.name}: name = {edition.name!r}; write it as the file's, as 2026.12"
        )
    return edition


def _change(item: dict[str, Any]) -> ValueChange:
    said = {
        key: ClaimedValue(**_whole(item[key])) if key in item else None
        for key in ("before", "after")
    }
    change = ValueChange(**{"attribute": None, "reason": None, **item, **said})
    if change.change not in KINDS or (change.attribute and change.before == change.after):
        raise ValueError(f"{change.family}: {change.attribute}: {change.change}: no change")
    if change.change != "added" and not change.reason:
        raise ValueError(f"{change.family}: {change.attribute}: `reason` is missing")
    return change


def _whole(item: dict[str, Any]) -> dict[str, Any]:
    return {"source": None, "locator": None, "title": None, **item}


def editions(folder: Path) -> Iterator[Edition]:
    """Every edition in order; raises `InputError` where a file is invalid."""
    previous: str | None = None
    for path in sorted(folder.glob("*.json"), key=lambda path: in_order(path.stem)):
        edition = read(path)
        if edition.previous != previous:
            raise InputError(f"{path.name}: previous = {edition.previous!r}, which is {previous!r}")
        previous = edition.name
        yield edition


def in_order(name: str) -> tuple[int, ...]:
    """Sort key of editions: year, month and number."""
    return tuple(int(part) for part in name.split(".") if part.isdecimal())
