"""Imports the models of a reader into the store: match, compare, write, report."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from llmnotes.errors import InputError, quoted
from llmnotes.files import cleaned
from llmnotes.ingest.comparing import contradicts, is_same, supersedes
from llmnotes.ingest.loading import Loader, without_indexes
from llmnotes.ingest.matching import Match, Matcher, exact_key
from llmnotes.ingest.naming import add_organization, identifier, variant_of
from llmnotes.ingest.raw import RawClaim, RawContents, RawModel
from llmnotes.ingest.report import ImportReport
from llmnotes.resolve import Statement, ranked, resolved
from llmnotes.schema import ATTRIBUTES
from llmnotes.store.claims import Claims
from llmnotes.store.log import now, remove
from llmnotes.values import parse_value
from llmnotes.vocabulary import fold

Progress = Callable[[int, int | None], None]
"""Callback with the number of models done, and in total."""

_OWNER = "who owns the repository or entry"
"""The note of a publisher that is only named as the owner."""
_STEP = 500
"""Models between two calls of the callback."""
_LONGEST_NOTE = 2_000
"""Characters of a note that are kept."""
_BATCH = 5_000
"""New models written per batch."""
_MANY = 5_000
"""Number of models from which indexes are built after loading instead of during it."""

_encode = json.JSONEncoder(ensure_ascii=False).encode


def _json(value: Any) -> str:
    """A value as JSON, with a fast path for plain counts."""
    return str(value) if type(value) is int else _encode(value)


Pair = tuple[Statement, str | None]
"""A claim, and its value as JSON."""


class Importer:
    """Imports the models of one source; writes only where it was given a write."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        contents: RawContents,
        report: ImportReport,
        write: int | None,
    ) -> None:
        self._connection = connection
        self._contents = contents
        self._report = report
        self._write = write
        self._matcher = Matcher(connection)
        self._loader = Loader(connection, write) if write is not None else None
        self._today = now()[:10]
        self._pending: dict[str, str] = {}
        self._pending_ids: set[str] = set()
        self._sources: set[str] = set()
        self.touched: set[str] = set()

    def run(self, progress: Progress | None = None) -> None:
        """Import every model."""
        total = self._contents.total or 0
        if self._write is not None and total > _MANY:
            with without_indexes(self._connection):
                self._take(progress)
        else:
            self._take(progress)

    def _take(self, progress: Progress | None) -> None:
        for done, model in enumerate(self._contents.models, start=1):
            try:
                self._take_model(model)
            except InputError as error:
                self._report.remarks.malformed(quoted(model.name), str(error))
            if done % _STEP == 0 and progress:
                progress(done, self._contents.total)
            if len(self._pending) >= _BATCH:
                self._flush()
        self._flush()

    def _flush(self) -> None:
        if self._loader:
            self._loader.flush()
            self._pending.clear()
            self._pending_ids.clear()

    def _take_model(self, model: RawModel) -> None:
        remarks = self._report.remarks
        name = remarks.kept(model.name, "name", quoted(model.name))
        exact = exact_key(name) if name else ""
        if name is None or not exact:
            remarks.malformed(quoted(model.name), "no name with a letter or digit")
            return
        if exact in self._pending:
            self._flush()
        model.aliases = tuple(filter(None, (remarks.kept(a, "name", name) for a in model.aliases)))
        pairs = list(self._claims(model, name))
        params = next(
            (claim.value for claim, _ in pairs
             if claim.attribute == "params_total" and claim.status == "reported"), None
        )  # fmt: skip
        match = self._match(model, name, params)
        known = match.target or self._pending.get(exact)
        if match.candidates and not known:
            known = self._matcher.told_of(name, [claim for claim, _ in pairs])
        if match.candidates:
            self._report.ambiguous.append(
                {"name": name, "candidates": list(match.candidates), "why": match.why}
            )
        if known:
            self._known(known, name, pairs)
        elif model.id is None and (family := self._matcher.family(name)):
            self._report.ambiguous.append(
                {"name": name, "candidates": [family], "why": "a family: left out; name a size"}
            )
        elif pairs:
            self._new(model, name, exact, pairs)
        else:
            remarks.leave_out("nothing usable is said of it", name)

    def _match(self, model: RawModel, name: str, params: int | None) -> Match:
        if model.id is None:
            return self._matcher.match(name, model.aliases, params)
        return Match(model.id if self._matcher.is_model(model.id) else None)

    def _claims(self, model: RawModel, name: str) -> Iterator[Pair]:
        claims = model.claims
        remarks = self._report.remarks
        if publisher := remarks.kept(model.publisher, "publisher's name", name):
            claims = [RawClaim("organization", [publisher], name, note=_OWNER), *claims]
        for raw in claims:
            try:
                value = self._value(raw)
            except InputError as error:
                reason = re.sub(r"'[^']*'|\"[^\"]*\"", "…", str(error))[:160]
                remarks.malformed(raw.locator or name, str(error), reason)
                continue
            if ATTRIBUTES[raw.attribute].kind == "models" and not all(value):
                reason = f"{raw.attribute}: no model of this very name is known"
                remarks.leave_out(reason, f"{name}: {', '.join(raw.value)}")
                continue
            source = raw.source or self._contents.source
            self._source(source)
            yield (
                Statement(
                    "", raw.attribute, value, raw.status, source["id"],
                    remarks.kept(raw.locator, "place", name), self._contents.layer,
                    remarks.kept(raw.note, "note", name, _LONGEST_NOTE), None, False, None,
                    bool(source["is_primary"]), self._today,
                ),
                None if value is None else _json(value),
            )  # fmt: skip

    def _value(self, raw: RawClaim) -> Any:
        attribute = ATTRIBUTES[raw.attribute]
        if raw.value is None and raw.status in {"undisclosed", "not-applicable"}:
            return None
        if attribute.kind == "organizations":
            return [self._organization(word) for word in raw.value]
        if attribute.kind == "models":
            return [self._matcher.match(word).target for word in raw.value]
        if raw.canonical:
            return raw.value
        return parse_value(attribute, cleaned(raw.value))

    def _organization(self, text: str) -> str:
        name = self._report.remarks.kept(text, "publisher's name", text) or "?"
        known = self._matcher.organization(name)
        if known is None:
            known = identifier(name)
            if self._write is not None:
                add_organization(self._connection, known, name, self._write)
            self._matcher.learn_organization(name, known)
            self._report.organizations_added += 1
        return known

    def _source(self, row: dict[str, Any]) -> None:
        if row["id"] in self._sources:
            return
        self._sources.add(row["id"])
        if self._write is not None:
            values = {"checked": self._today, "write": self._write}
            values = {**row, **{key: row.get(key) or value for key, value in values.items()}}
            values = {
                key: self._report.remarks.kept(value, f"source's {key}", row["id"], _LONGEST_NOTE)
                if isinstance(value, str)
                else value
                for key, value in values.items()
            }
            self._connection.execute(
                f"INSERT OR IGNORE INTO user.source ({', '.join(values)}) "
                f"VALUES ({', '.join('?' * len(values))})",
                tuple(values.values()),
            )

    def _new(self, model: RawModel, name: str, exact: str, pairs: list[Pair]) -> None:
        key = model.id or self._free_id(name)
        row = {
            "id": key, "family": None,
            "name": self._report.remarks.kept(model.title, "name", name) or name,
            "size": self._report.remarks.kept(model.size, "size", name),
            "variant": model.variant or variant_of(exact), "position": 0,
        }  # fmt: skip
        self._pending[exact] = key
        self._pending_ids.add(key)
        self._report.models_added += 1
        self._report.claims_added += len(pairs)
        if self._loader:
            named = [(claim._replace(subject=key), value) for claim, value in pairs]
            self._loader.model(row, _ranked(named), self._contents.layer, (name, *model.aliases))
            if any(claim.attribute == "based_on" for claim, _ in pairs):
                self.touched.add(key)

    def _free_id(self, name: str) -> str:
        key = identifier(name)
        if self._matcher.unheard and key not in self._pending_ids:
            return key
        number = 1
        while (
            self._connection.execute(
                "SELECT 1 FROM main.model WHERE id = ?1 UNION ALL SELECT 1 FROM names "
                "WHERE kind = 'model' AND target = ?1 AND text = ?1 AND key = ?2",
                (key, fold(key)),
            ).fetchone()
            or key in self._pending_ids
        ):
            number += 1
            key = f"{identifier(name)}-{self._contents.format}" + (
                f"-{number}" if number > 2 else ""
            )
        return key

    def _known(self, key: str, name: str, pairs: list[Pair]) -> None:
        self._report.models_known += 1
        claims = Claims(self._connection, [key])
        of_model = claims.of_model(key) if key in claims.models else {}
        mine = {
            name: [claim for claim in items if claim.layer != "curated" and claim.subject == key]
            for name, items in of_model.items()
        }
        known_publisher = resolved(of_model, ATTRIBUTES["organization"]) is not None
        for claim, value in pairs:
            if claim.note == _OWNER and known_publisher:
                continue  # the owner of a repository need not be the model's publisher
            own = mine.setdefault(claim.attribute, [])
            if any(is_same(claim, other) for other in own):
                self._report.claims_unchanged += 1
                continue
            self._contradiction(key, claim, of_model)
            stale = [other for other in own if supersedes(claim, other)]
            self._report.claims_replaced += len(stale)
            self._report.claims_added += 1
            own.append(claim)
            if self._loader and self._write is not None:
                for other in stale:
                    remove(self._connection, self._write, "claim", "r.id = ?", other.number)
                self._loader.claim("model", claim._replace(subject=key), value)
                self.touched.add(key)
        unnamed = self._matcher.match(name).target is None
        if self._loader and unnamed and not self._matcher.bears(key, name):
            self._loader.name("model", key, name)
            self.touched.add(key)

    def _contradiction(
        self, key: str, claim: Statement, of_model: dict[str, list[Statement]]
    ) -> None:
        shown = resolved(of_model, ATTRIBUTES[claim.attribute])
        if shown is not None and contradicts(claim, shown):
            self._report.contradicted.append(
                {
                    "model": key, "attribute": claim.attribute, "incoming": claim.value,
                    "known": shown.value, "layer": shown.layer,
                }
            )  # fmt: skip


def _ranked(pairs: list[Pair]) -> list[Pair]:
    """Claims with the resolving one of each attribute first."""
    if len({claim.attribute for claim, _ in pairs}) == len(pairs):
        return pairs
    values = {id(claim): value for claim, value in pairs}
    return [(claim, values[id(claim)]) for claim in ranked(claim for claim, _ in pairs)]
