"""Faults of the claims of a family file: their form, their value, their source, and what its copy says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from llmnotes.errors import InputError
from llmnotes.evidence import form
from llmnotes.evidence.copies import Copies
from llmnotes.evidence.family_file import FamilyFile, listed
from llmnotes.evidence.faults import Fault
from llmnotes.evidence.hold import UNNAMED, figures_problem, hold, lacks_figures
from llmnotes.evidence.references import References, nearest_of
from llmnotes.evidence.rows import OwnRow, labels
from llmnotes.evidence.scores import ClaimSubject, TableReader, tables_for
from llmnotes.family_table import Keys
from llmnotes.records import Claim, Source
from llmnotes.schema import ATTRIBUTES, CLAIMABLE
from llmnotes.values import parse_value
from llmnotes.vocabulary import fold

_FEWEST_WORDS = 3
"""Words of a note that can tell what was searched for something undisclosed."""


class FileClaims:
    """Checks the claims of a file, whose sources are checked already; with `copies` None none is opened."""

    def __init__(self, file: FamilyFile, copies: Copies | None) -> None:
        self._file, self._copies = file, copies
        self._sources = file.known_sources()
        members = {str(item.get("id")) for item in file.members if isinstance(item, dict)}
        self._references = References(file.others, members)

    def faults(self, raw: dict[str, Any], keys: Keys, name: str) -> Iterator[Fault]:
        """The faults of all claims of the family or of one member, which is called `name`."""
        claims = raw.get("claims", {})
        for attribute, items in (claims if isinstance(claims, dict) else {}).items():
            place, at = f"{name}.{attribute}", (*keys, "claims", attribute)
            if attribute not in CLAIMABLE:
                repair = nearest_of(attribute, CLAIMABLE)
                yield self._file.fault(at, place, "unknown attribute", repair)
                continue
            every = items if isinstance(items, list) else [items]
            for number, item in enumerate(every):
                claim = yield from self._file.validated(Claim, item, (*at, number), place)
                if claim is not None:
                    for problem, repair in self._problems(attribute, claim, name):
                        yield self._file.fault((*at, number), place, problem, repair)
            for number, repeated in form.repetition(every):
                yield self._file.fault((*at, number), place, *repeated)

    def _problems(self, attribute: str, claim: Claim, name: str) -> Iterator[tuple[str, str]]:
        """All problems of a claim of valid form, each with its repair."""
        about = ATTRIBUTES[attribute]
        if problem := form.kind_problem(about, claim.value):
            yield problem
        yield from form.inner_problems(attribute, claim.value, set(claim.parameters))
        try:
            value = None if claim.value is None else parse_value(about, claim.value)
        except InputError as error:
            yield str(error), "write a value of its kind"
            return
        if value is not None:
            if problem := form.bound_problem(about, value):
                yield problem
            yield from self._references.problems(about, value, name)
        if claim.source is None:
            return
        if claim.source not in self._sources:
            yield f"unknown source {claim.source!r}", nearest_of(claim.source, self._sources)
            return
        source = self._sources[claim.source]
        yield from _silence_problems(claim, source)
        if source.read is not None:  # else it is a formula, or has its own fault
            yield from self._evidence_problems(attribute, claim, source, name)

    def _evidence_problems(
        self, attribute: str, claim: Claim, source: Source, name: str
    ) -> Iterator[tuple[str, str]]:
        """What speaks against a claim in the copy of its source, or without copies in its own figures."""
        if self._copies is None:
            if lacks_figures(attribute, claim, source):
                yield UNNAMED
            elif differs := figures_problem(ATTRIBUTES[attribute], claim):
                yield differs, "make them agree"
            return
        verdict = hold(attribute, claim, source, self._copies, self._subject(name))
        if verdict.problem:
            yield verdict.problem, verdict.repair or f"fetch it, or leave {source.id} out"

    def _subject(self, name: str) -> ClaimSubject:
        """The member that a claim is of, with its row; without one for claims of the family."""
        return ClaimSubject(
            self._tables, OwnRow(name, self._labels) if name in self._labels else None
        )

    @cached_property
    def _tables(self) -> TableReader:
        names = {name for kind, name in self._file.others.names if kind == "model"}
        names |= {fold(str(name)) for every in self._labels.values() for name in every}
        return tables_for(names, self._file.others.entities["benchmark"])

    @cached_property
    def _labels(self) -> dict[str, list[str]]:
        return {
            str(raw.get("id")): labels(
                raw.get("id"), raw.get("name"), listed(raw.get("aliases")), raw.get("size")
            )
            for raw in self._file.members
            if isinstance(raw, dict)
        }


def _silence_problems(claim: Claim, source: Source) -> Iterator[tuple[str, str]]:
    """What is missing of a claim that its attribute is undisclosed."""
    if claim.status != "undisclosed":
        return
    if len((claim.note or "").split()) < _FEWEST_WORDS:
        yield (
            "is called undisclosed without the refusal or what was searched",
            "say in `note` which documents were searched",
        )
    if "whole" in (claim.at or "") and source.read == "part":
        yield f"only part of {source.id} was read", "read the whole, or say what was"
