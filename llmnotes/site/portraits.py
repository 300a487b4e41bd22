"""Portraits of subjects as `show` computes them, built from the library without further queries."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from llmnotes.knowledge.compare import ALWAYS, ComparedRow, ModelComparison
from llmnotes.knowledge.folding import ComparedSubject
from llmnotes.knowledge.records import claims_json, family_record, read_records
from llmnotes.knowledge.show import Portrait
from llmnotes.resolve import Statement
from llmnotes.site.library import IN_GROUPS, Library


class Portraits:
    """Computes portraits on demand; the last one is cached, as several files need it."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._last: tuple[tuple[str, str], Portrait] | None = None

    @cached_property
    def _records(self) -> dict[str, dict[str, Any]]:
        library = self._library
        return {item["id"]: item for item in read_records(library.connection, list(library.models))}

    def of(self, kind: str, key: str) -> Portrait:
        """The portrait of a subject."""
        if self._last is None or self._last[0] != (kind, key):
            column = self._library.columns[kind, key]
            if kind == "family":
                found = _of_family(self._library, key, column, self._records)
            else:
                found = _of_model(self._library, key, column, self._records[key])
            self._last = (kind, key), found
        return self._last[1]


def _of_model(
    library: Library, key: str, column: ComparedSubject, record: dict[str, Any]
) -> Portrait:
    statements = library.claims.of_model(key)
    claims = [(key, claim) for items in statements.values() for claim in items]
    found = {**record, "claims": claims_json(statements)}
    values = _values(library, column)
    return Portrait(found, values, claims, _sources(library, claims, values))


def _of_family(
    library: Library, key: str, column: ComparedSubject, records: dict[str, dict[str, Any]]
) -> Portrait:
    own = library.claims.of_family(key)
    found = family_record(library.connection, key, library.claims)
    members = library.members[key]
    found = {**found, "claims": claims_json(own), "models": [records[model] for model in members]}
    claims = family_claims(library, key)
    values = _values(library, column)
    return Portrait(found, values, claims, _sources(library, claims, values))


def family_claims(library: Library, key: str) -> list[tuple[str, Statement]]:
    """Every claim on a family, then those on its members, each with its subject."""
    claims = [(key, claim) for items in library.claims.of_family(key).values() for claim in items]
    for model in library.members[key]:
        for items in library.claims.of_model(model).values():
            claims += [(model, claim) for claim in items if claim.inherited_from is None]
    return claims


def _values(library: Library, column: ComparedSubject) -> ModelComparison:
    rows = []
    for item in IN_GROUPS:
        cell = library.cell(column, item)
        if item.id in ALWAYS or any(value.status and not value.implied for value in cell.values):
            rows.append(ComparedRow(item, [cell], "same"))
    cited = [key for row in rows for key in row.cells[0].sources]
    return ModelComparison([column], rows, library.cited(cited))


def _sources(
    library: Library, claims: list[tuple[str, Statement]], values: ModelComparison
) -> list[dict[str, Any]]:
    """The sources of the claims, then those of values inherited from another family."""
    used = [claim.source for _, claim in claims if claim.source]
    used += [key for row in values.rows for key in row.cells[0].sources]
    return library.cited(used)
