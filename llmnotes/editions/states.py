"""The values of every attribute of a model at a point in the history of the curated files.

Old files are read leniently, because the rules have become stricter since: what no longer parses is kept as
written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from llmnotes.errors import InputError
from llmnotes.family_table import written_out
from llmnotes.records import PRIMARY_KINDS
from llmnotes.resolve import Statement, Statements, inherit, ranked, resolved
from llmnotes.schema import CLAIMABLE, STATUSES
from llmnotes.values import parse_value

SOURCES = "sources.toml"

Raw = dict[str, Any]


@dataclass(frozen=True)
class BaseState:
    """The curated files at one time, by their names under `llmnotes/data/`, read as plain TOML."""

    files: Mapping[str, Raw]
    """`families/bert.toml` and `sources.toml`."""
    _done: dict[str, dict[str, list[Statement]]] = field(default_factory=dict)

    @cached_property
    def families(self) -> dict[str, Raw]:
        """Every family's file by its id."""
        return {raw["id"]: raw for name, raw in self.files.items() if name != SOURCES}

    @cached_property
    def models(self) -> dict[str, tuple[str, Raw]]:
        """Every model with its family."""
        return {
            model["id"]: (key, model)
            for key, family in self.families.items()
            for model in family.get("models", [])
        }

    @cached_property
    def leaning(self) -> list[tuple[str, str]]:
        """Pairs of families, the post-trained models of the first being based on models of the second."""
        found = []
        for model, (family, raw) in self.models.items():
            base = self._statements(
                model, {"claims": {"based_on": raw.get("claims", {}).get("based_on", [])}}
            )
            for claim in base.get("based_on", []):
                keys = [key for key in claim.value or [] if key in self.models]
                found += [(family, self.models[key][0]) for key in keys]
        return found

    @cached_property
    def sources(self) -> dict[str, Raw]:
        """Every source by its id."""
        found = dict(self.files.get(SOURCES, {}))
        for family in self.families.values():
            found |= family.get("sources", {})
        return found

    def values(self, model: str) -> dict[str, Statement]:
        """The resolving claim of each attribute of a model."""
        claims = self._claims(model)
        found = {name: resolved(claims, item) for name, item in CLAIMABLE.items()}
        return {name: claim for name, claim in found.items() if claim is not None}

    def _claims(self, model: str) -> dict[str, list[Statement]]:
        if model not in self._done:
            self._done[model] = {}  # ends a cycle of models based on one another
            family, raw = self.models[model]
            own = self._statements(model, raw)
            above = self._statements(family, self.families[family])
            self._done[model] = inherit(own, above, self._base(raw, own), model)
        return self._done[model]

    def _base(self, raw: Raw, own: Statements) -> Statements | None:
        claims = own.get("based_on")
        if raw.get("variant", "base") != "post-trained" or not claims or not claims[0].value:
            return None
        base = claims[0].value[0]
        return self._claims(base) if base in self.models else None

    def _statements(self, subject: str, raw: Raw) -> dict[str, list[Statement]]:
        found = {}
        for name, items in raw.get("claims", {}).items():
            if name in CLAIMABLE:
                claims = items if isinstance(items, list) else [items]
                found[name] = ranked(self._read(subject, name, claims))
        return found

    def _read(self, subject: str, name: str, claims: list[Raw]) -> Iterator[Statement]:
        for number, claim in enumerate(claims):
            source = self.sources.get(claim.get("source", ""), {})
            status = claim.get("status", "reported")
            yield Statement(
                subject, name, _value(name, claim.get("value")),
                status if status in STATUSES else "reported", claim.get("source"), claim.get("at"),
                "curated", claim.get("note"), claim.get("parameters"),
                bool(claim.get("preferred")), claim.get("reason"),
                source.get("kind") in PRIMARY_KINDS or not source, str(source.get("checked", "0")),
                number,
            )  # fmt: skip


def _value(name: str, value: Any) -> Any:
    try:
        return None if value is None else parse_value(CLAIMABLE[name], value)
    except InputError:
        return value


def parsed(text: str) -> Raw | None:
    """A file as plain TOML with its tables of sizes expanded; None where it is not TOML, as in the middle
    of a merge."""
    try:
        found = tomllib.loads(text)
        return written_out(found).family if "sizes" in found else found
    except (tomllib.TOMLDecodeError, InputError):
        return None
