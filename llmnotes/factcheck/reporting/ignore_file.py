"""`.llmnotes-ignore`: exceptions from the report, each with a reason and an expiry date.

It is TOML, with one `[[ignore]]` per exception: the files, models, attributes and verdicts (by default
all), `reason` and `until`. The nearest one above a file applies, up to the repository's root.
"""

from __future__ import annotations

import datetime
import os
import tomllib
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from llmnotes.errors import InputError, unknown
from llmnotes.factcheck.judging.check import Checker
from llmnotes.factcheck.judging.verdicts import check_verdicts
from llmnotes.factcheck.reporting.files import nearest_ignore_file
from llmnotes.factcheck.reporting.report import Checked
from llmnotes.knowledge.names import models_called
from llmnotes.schema import attributes_called

_LISTS = ("files", "models", "attributes", "verdicts")
_LARGEST = 2**20


class IgnoreEntry(NamedTuple):
    """One exception; an empty set matches everything."""

    files: tuple[str, ...]
    models: frozenset[str]
    attributes: frozenset[str]
    verdicts: frozenset[str]
    reason: str
    until: datetime.date


class IgnoreFiles:
    """The exception lists of files, each read once."""

    def __init__(
        self, checker: Checker, today: datetime.date, remark: Callable[[str], None]
    ) -> None:
        self._checker, self._today, self._remark = checker, today, remark
        self._read: dict[Path, list[IgnoreEntry]] = {}

    def apply(self, file: Checked, path: str) -> None:
        """Remove the findings covered by an exception from a checked file, and count them.

        Raises `InputError` for an invalid list.
        """
        found = nearest_ignore_file(path)
        if found is None:
            return
        name = os.path.relpath(os.path.realpath(path), found.parent).replace(os.sep, "/")
        entries = [one for one in self._entries(found) if _covers_file(one, name)]
        for checked in file.tables if entries else ():
            kept = []
            for judged in checked.judged_cells:
                said = judged.judgement
                models = said.models or (judged.subject.models if judged.subject else ())
                if not any(_covers(one, models, said.attribute, said.verdict) for one in entries):
                    kept.append(judged)
            file.ignored += len(checked.judged_cells) - len(kept)
            checked.judged_cells[:] = kept
        for entry in list(file.entries) if entries else ():
            if any(_covers(one, (), entry.field, entry.verdict) for one in entries):
                file.entries.remove(entry)
                file.ignored += 1

    def _entries(self, path: Path) -> list[IgnoreEntry]:
        if path not in self._read:
            every = read(path, self._checker)
            self._read[path] = [one for one in every if one.until >= self._today]
            for one in every:
                if one.until < self._today:
                    self._remark(f"{path}: expired on {one.until}, no longer heeded: {one.reason}")
        return self._read[path]


def read(path: Path, checker: Checker) -> list[IgnoreEntry]:
    """The exceptions of a list; raises `InputError` that names the file, the entry and the repair."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        found = tomllib.loads(data[:_LARGEST].decode("utf-8"))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"{path}: not TOML ({error})") from error
    for key in found:
        if key != "ignore":
            raise unknown("key", key, ["ignore"], f"{path}: ")
    entries = found.get("ignore", [])
    if not isinstance(entries, list):
        raise InputError(f"{path}: write [[ignore]], in two brackets, before each exception")
    return [_entry(item, f"{path}: exception {n}: ", checker) for n, item in enumerate(entries, 1)]


def _entry(item: Any, place: str, checker: Checker) -> IgnoreEntry:
    if not isinstance(item, dict):
        raise InputError(f"{place}write files, models, attributes, verdicts, reason and until")
    for key in item:
        if key not in (*_LISTS, "reason", "until"):
            raise unknown("key", key, [*_LISTS, "reason", "until"], place)
    texts = {key: _texts(item.get(key, []), f"{place}{key}") for key in _LISTS}
    reason, until = item.get("reason"), item.get("until")
    if not isinstance(reason, str) or not reason.strip():
        raise InputError(f'{place}no reason; write reason = "why it may stand"')
    if isinstance(until, datetime.datetime) or not isinstance(until, datetime.date):
        raise InputError(f"{place}no last day; write until = 2027-01-31, without quotes")
    try:
        return IgnoreEntry(
            texts["files"],
            frozenset(models_called(checker.base.connection, texts["models"])),
            frozenset(attributes_called(texts["attributes"])),
            frozenset(check_verdicts(list(texts["verdicts"]))),
            " ".join(reason.split()), until,
        )  # fmt: skip
    except InputError as error:
        raise InputError(f"{place}{error}") from None


def _texts(value: Any, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise InputError(f'{place}: write a list of texts, as ["one", "another"]')
    return tuple(value)


def _covers_file(one: IgnoreEntry, name: str) -> bool:
    return not one.files or any(
        fnmatchcase(name, pattern) or name.startswith(pattern.rstrip("/") + "/")
        for pattern in one.files
    )


def _covers(one: IgnoreEntry, models: Iterable[str], attribute: str | None, verdict: str) -> bool:
    """Whether an exception covers a finding on models: on all of them, where it names some."""
    spoken = set(models)
    return (
        (not one.models or (bool(spoken) and spoken <= one.models))
        and (not one.attributes or attribute in one.attributes)
        and (not one.verdicts or verdict in one.verdicts)
    )
