"""Reads the output of our own `export --bundle` entry by entry.

An invalid entry is skipped with a remark; the others are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import cleaned
from llmnotes.ingest.bundle_shapes import SHAPES
from llmnotes.ingest.canonical import check_canonical
from llmnotes.ingest.raw import Remarks
from llmnotes.schema import ATTRIBUTES, refuse_computed
from llmnotes.vocabulary import fold

VERSION = 1
MARK = "llmnotes_bundle"

Entries = Callable[[], Iterator[tuple[str, Any]]]
"""Reads a bundle from its beginning: every entry with its section."""


@dataclass
class Bundle:
    """A bundle to be imported.

    Attributes:
        place: the file, as error messages name it.
        entries: reads the entries.
        subjects: ids of its families and models, by kind.
        sources: its sources, which claims of any section refer to.
    """

    place: str
    entries: Entries
    subjects: dict[str, set[str]] = field(default_factory=dict)
    sources: list[dict[str, Any]] = field(default_factory=list)
    remarks: Remarks = field(default_factory=Remarks)

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Section and fields of every valid entry except sources; invalid ones are remarked."""
        for section, place, row in self._shaped():
            if section == "sources":
                continue
            try:
                self._check(section, row, place)
            except InputError as error:
                self.remarks.malformed(place, str(error))
            else:
                yield section, row

    def _shaped(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        numbers = dict.fromkeys(SHAPES, -1)
        for section, entry in self.entries():
            if section not in SHAPES:
                continue
            numbers[section] += 1
            place = f"{section}.{numbers[section]}"
            try:
                yield section, place, SHAPES[section].read(entry, place)
            except InputError as error:
                self.remarks.malformed(place, str(error).removeprefix(f"{place}: "))

    def _check(self, section: str, row: dict[str, Any], place: str) -> None:
        if section == "names" and not fold(row["text"]):
            raise InputError("a name without letter or digit")
        kind = row.get("subject_kind")
        if kind in ("family", "model") and row["subject"] not in self.subjects[kind]:
            raise InputError(f"the {kind} {row['subject']!r} is not in the bundle")
        if section == "claims":
            _check_claim(row)


def _check_claim(row: dict[str, Any]) -> None:
    if row["attribute"] not in ATTRIBUTES:
        raise InputError(f"unknown attribute {row['attribute']!r}")
    refuse_computed(ATTRIBUTES[row["attribute"]])
    if (row["value"] is None) != (row["status"] in {"undisclosed", "not-applicable"}):
        raise InputError(f"a value and the status {row['status']} do not go together")
    row["value"] = cleaned(row["value"])
    if row["value"] is not None:
        check_canonical(ATTRIBUTES[row["attribute"]], row["value"])


def read_bundle(place: str, entries: Entries) -> Bundle:
    """The bundle that `entries` reads, after one pass over it.

    Raises `InputError` where it is not a bundle, is of another version or has no valid entry.
    """
    found = Bundle(place, entries, {"family": set(), "model": set()})
    version, sound = None, 0
    for section, entry in entries():
        if section == MARK:
            version = entry
    if version != VERSION:
        raise InputError(
            f"{place}: not a bundle of version {VERSION}; `llmnotes export --bundle` writes one"
        )
    for section, _, row in found._shaped():
        sound += 1
        if section in _SUBJECTS:
            found.subjects[_SUBJECTS[section]].add(row["id"])
        elif section == "sources":
            found.sources.append(row)
    remarks, found.remarks = found.remarks, Remarks()
    if not sound and remarks.n_malformed:
        raise InputError(f"{place}: {remarks.malformed_examples[0]}")
    return found


_SUBJECTS = {"families": "family", "models": "model"}
