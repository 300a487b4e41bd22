"""Compares a catalog of models with the base: new, missing and contradicting data.

It reads as `import` does, and writes nothing.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Any

from llmnotes.errors import InputError
from llmnotes.ingest.formats import read
from llmnotes.ingest.importing import Importer, Pair
from llmnotes.ingest.matching import Match
from llmnotes.ingest.raw import RawContents, RawModel, Remarks
from llmnotes.ingest.report import ImportReport
from llmnotes.knowledge.names import find
from llmnotes.knowledge.releases import is_repacked
from llmnotes.resolve import resolved
from llmnotes.schema import ATTRIBUTES, TENTATIVE_STATUSES
from llmnotes.store.claims import Claims


@dataclass
class Survey:
    """The result of comparing a catalog with the base.

    Attributes:
        source: what was read.
        read: every original in the catalog, with its popularity and the matching model of the
            base; re-uploads and packed weights are left out.
        new: originals that the base lacks, with their claims.
        aliases: names of models of the base that it does not have yet.
        unclear: ambiguous names, with the reasons.
        said: values of known models that the base lacks.
        contradicted: values that differ from the base's.
        repacked: number of entries that are packed weights or files of other formats.
    """

    source: str
    read: list[dict[str, Any]] = field(default_factory=list)
    new: list[dict[str, Any]] = field(default_factory=list)
    aliases: list[dict[str, Any]] = field(default_factory=list)
    unclear: list[dict[str, Any]] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    contradicted: list[dict[str, Any]] = field(default_factory=list)
    repacked: int = 0
    remarks: Remarks = field(default_factory=Remarks)

    def resolving(self, most: int) -> tuple[int, int]:
        """Among the `most` most popular originals: how many the base has, and how many there are."""
        first = sorted(self.read, key=lambda item: -item["popularity"])[:most]
        return sum(item["model"] is not None for item in first), len(first)


def survey(connection: sqlite3.Connection, source: str, form: str | None = None) -> Survey:
    """Compare the catalog, folder or file `source` with the base; `form` names its format.

    Raises `InputError` where it cannot be read, or is a bundle.
    """
    contents = read(source, form)
    if not isinstance(contents, RawContents):
        raise InputError(f"{source} is a bundle of the base's own; `llmnotes import` takes it")
    report = ImportReport(contents.format, source, dry_run=True, remarks=contents.remarks)
    found = Survey(source, remarks=contents.remarks)
    _Surveyor(connection, contents, report, found).run()
    found.contradicted = report.contradicted
    for items in (found.new, found.read, found.aliases):
        items.sort(key=lambda item: -item["popularity"])
    return found


class _Surveyor(Importer):
    """An importer that records what it would write, and writes nothing."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        contents: RawContents,
        report: ImportReport,
        found: Survey,
    ) -> None:
        super().__init__(connection, contents, report, None)
        self._found = found
        self._popularity = 0

    def _take_model(self, model: RawModel) -> None:
        if is_repacked(model.name):
            self._found.repacked += 1
            return
        self._popularity = model.popularity
        super()._take_model(model)

    def _match(self, model: RawModel, name: str, params: int | None) -> Match:
        match = super()._match(model, name, params)
        if match.candidates:
            self._found.unclear.append(
                {"name": name, "popularity": model.popularity, "may_be": list(match.candidates),
                 "why": match.why}
            )  # fmt: skip
        if match.target or not match.candidates or not match.why.startswith("the same name, from"):
            known = match.target or (match.candidates or (None,))[0] or self._meant(name)
            self._found.read.append({"name": name, "popularity": model.popularity, "model": known})
        return match

    def _new(self, model: RawModel, name: str, exact: str, pairs: list[Pair]) -> None:
        meant = self._meant(name)
        if meant is not None:
            self._found.aliases.append(
                {"name": name, "popularity": self._popularity, "model": meant}
            )
            return
        said: dict[str, Any] = {}
        for claim, _ in pairs:
            if claim.value is not None and claim.status not in TENTATIVE_STATUSES:
                said.setdefault(claim.attribute, claim.value)
        self._found.new.append({"name": name, "popularity": self._popularity, "says": said})

    def _known(self, key: str, name: str, pairs: list[Pair]) -> None:
        of_model = Claims(self._connection, [key]).of_model(key)
        for claim, _ in pairs:
            if claim.status in TENTATIVE_STATUSES or claim.value is None:
                continue
            shown = resolved(of_model, ATTRIBUTES[claim.attribute])
            if shown is None:
                self._found.said.append(
                    {"model": key, "attribute": claim.attribute, "value": claim.value,
                     "at": claim.locator or name}
                )  # fmt: skip
            else:
                before = len(self._report.contradicted)
                self._contradiction(key, claim, of_model)
                for item in self._report.contradicted[before:]:
                    item |= {
                        "at": claim.locator or name,
                        "source": shown.source,
                        "in": shown.locator,
                    }

    def _meant(self, name: str) -> str | None:
        """The model that a name refers to by lenient entity resolution, without an exact match."""
        for text in dict.fromkeys((name, name.rpartition("/")[2])):
            try:
                found = find(self._connection, text)
            except InputError:
                continue
            if found.kind == "model":
                return found.id
        return None
