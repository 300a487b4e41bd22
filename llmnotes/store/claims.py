"""Reads the claims of subjects from the open stores for resolution."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from llmnotes.resolve import Statement, Statements, handed_down, inherit, inherit_one, ranked
from llmnotes.schema import ATTRIBUTES

_QUERY = """
    SELECT c.subject, c.attribute, c.value, c.status, c.source, c.locator, c.layer, c.note,
           c.parameters, c.preferred, c.reason, s.is_primary, s.checked, c.id, c.printed, s.via
    FROM claims c LEFT JOIN sources s ON s.id = c.source
    WHERE c.subject_kind = ? AND c.subject IN ({marks})
"""


class Claims:
    """The claims of a set of models with everything they inherit, read in as few queries as possible."""

    def __init__(self, connection: sqlite3.Connection, models: Iterable[str]) -> None:
        self._connection = connection
        self.models = _models(connection, models)
        self._own = self._read("model", self.models)
        self._bases()
        families = {row["family"] for row in self.models.values() if row["family"]}
        self._family = self._read("family", families)
        self._inherited: dict[str | None, Statements] = {}
        self._effective: dict[str, dict[str, list[Statement]]] = {}

    def _bases(self) -> None:
        """Also read the models that post-trained variants are based on."""
        pending = set(self.models)
        while pending:
            wanted = {
                base
                for model in pending
                if (base := self._base(model)) is not None and base not in self.models
            }
            self.models.update(_models(self._connection, wanted))
            self._own.update(self._read("model", wanted))
            pending = wanted & set(self.models)

    def _base(self, model: str) -> str | None:
        claims = self._own.get(model, {}).get("based_on")
        if self.models[model]["variant"] != "post-trained" or not claims or not claims[0].value:
            return None
        return str(claims[0].value[0])

    def _read(self, kind: str, subjects: Iterable[str]) -> dict[str, Statements]:
        keys = list(subjects)
        found: dict[str, dict[str, list[tuple[Any, ...]]]] = {key: {} for key in keys}
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            query = _QUERY.format(marks=", ".join("?" * len(part)))
            for row in self._connection.execute(query, (kind, *part)):
                found[row[0]].setdefault(row[1], []).append(row)
        return {key: _OwnStatements(rows) for key, rows in found.items()}

    def of_family(self, family: str) -> Statements:
        """The family's own claims by attribute, the resolving claim first."""
        if family not in self._family:
            self._family.update(self._read("family", [family]))
        return self._family[family]

    def of_model(self, model: str) -> dict[str, list[Statement]]:
        """All claims that hold for a model by attribute, the resolving claim first."""
        if model not in self._effective:
            self._effective[model] = {}  # ends a cycle of models based on one another
            base = self._base(model)
            known = base if base in self.models else None
            self._effective[model] = inherit(
                dict(self._own.get(model, {})),
                self._from_family(self.models[model]["family"]),
                self._based_on(known),
                model,
            )
        return self._effective[model]

    def _from_family(self, family: str | None) -> Statements:
        """The claims that models inherit from a family, computed once for all of them."""
        if family not in self._inherited:
            claims = self._family.get(family or "", {})
            self._inherited[family] = {key: handed_down(claims[key]) for key in claims}
        return self._inherited[family]

    def of_attribute(self, model: str, attribute: str) -> list[Statement]:
        """The claims of `of_model` for one attribute, without computing the others."""
        if model in self._effective or attribute == "coverage":
            return self.of_model(model).get(attribute, [])
        found: list[Statement] = []
        for one in reversed(self._descent(model)):
            family = self._family.get(self.models[one]["family"], {})
            base = {attribute: found} if found else None
            found = inherit_one(ATTRIBUTES[attribute], self._own.get(one, {}), family, base)
        return found

    def _descent(self, model: str) -> list[str]:
        """The model and those that it is based on, one after the other."""
        found = [model]
        while (base := self._base(found[-1])) in self.models and base not in found:
            found.append(base)
        return found

    def _based_on(self, base: str | None) -> Statements | None:
        return self.of_model(base) if base else None


class _OwnStatements(Mapping[str, list[Statement]]):
    """The claims of one subject by attribute, ranked; rows are converted to claims on access."""

    def __init__(self, rows: dict[str, list[tuple[Any, ...]]]) -> None:
        self._rows = rows
        self._ready: dict[str, list[Statement]] = {}

    def __getitem__(self, attribute: str) -> list[Statement]:
        if attribute not in self._ready:
            self._ready[attribute] = ranked(map(_statement, self._rows[attribute]))
        return self._ready[attribute]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _models(connection: sqlite3.Connection, models: Iterable[str]) -> dict[str, dict[str, Any]]:
    found = {}
    keys = list(models)
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        rows = connection.execute(
            "SELECT id, family, name, size, variant, position FROM models "
            f"WHERE id IN ({', '.join('?' * len(part))})",
            part,
        )
        names = ("id", "family", "name", "size", "variant", "position")
        found.update({row[0]: dict(zip(names, row, strict=True)) for row in rows})
    return {key: found[key] for key in keys if key in found}


def _statement(row: tuple[Any, ...]) -> Statement:
    subject, attribute, value, status, source, locator, layer, note, parameters, *rest = row
    preferred, reason, primary, checked, number, printed, via = rest
    return Statement(
        subject, attribute, None if value is None else _decoded(value), status, source, locator,
        layer, note, _decoded(parameters) if parameters else None, bool(preferred), reason,
        bool(primary) if primary is not None else False, checked, number, None,
        tuple(_decoded(printed)) if printed else (), via,
    )  # fmt: skip


_DECODER = json.JSONDecoder()


def _decoded(text: str) -> Any:
    """A value as the store holds it, without the search for blanks around it that `json.loads` makes."""
    return _DECODER.raw_decode(text)[0]
