"""Certainty of values: which ones a question may rely on, and which are certainly false.

A value is certain where a source reports it or it is derived, no other claim contradicts it, and it holds
for every base size of the family concerned. An unknown value is never false.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from llmnotes import dates
from llmnotes.resolve import Statement, resolved
from llmnotes.schema import Attribute
from llmnotes.store.claims import Claims
from llmnotes.values import kinds_of
from llmnotes.vocabulary import fold

CERTAIN = frozenset({"reported", "derived"})

ASKED_KINDS = frozenset(
    {"integer", "number", "flag", "term", "date", "organizations", "batch", "quantity"}
)
"""Kinds of attribute with a single value, so that any other value is false."""

COMPLETE_LISTS = frozenset({"objective", "attention_mask"})
"""List-valued attributes whose claims are complete; for others a missing item is no evidence."""

_SAID_TOGETHER = (
    ("params_total", "params_reported", "params_active"),
    ("context_length", "context_length_pretraining", "n_positions"),
    ("n_layers", "n_encoder_layers", "n_decoder_layers"),
)
"""Attributes that are confused with each other: a value of one is no safe false choice for another."""

_OVERLAPPING = (
    {"SiLU", "SwiGLU"},
    {"GELU", "GeGLU"},
    {"relative-bias", "disentangled-relative", "Transformer-XL"},
    {"sandwich-norm", "pre-norm", "post-norm"},
    {
        "hybrid",
        "parallel-hybrid",
        "shared-hybrid",
        "transformer",
        "ssm",
        "recurrent",
        "linear-attention",
    },
    {"open-weights", "gated-weights"},
    {"sliding", "chunked", "sparse"},
)
"""Terms that may both be true of one model, besides those of which one contains the other."""

_ROUNDING = 0.2
"""Relative tolerance: closer counts may be the same, rounded or counted differently."""
_MISREAD = 0.01
"""Relative tolerance: closer sizes are different, but no question asks to distinguish them."""
_DAYS = 60
"""Tolerance in days: closer dates may be those of the paper, announcement or weights of one release."""


@dataclass(frozen=True, slots=True)
class QuizSubject:
    """The subject of a question: a family with a common value, or one base model."""

    id: str
    name: str
    family: str
    members: tuple[str, ...]

    @property
    def title(self) -> str:
        """Its name, with the models it represents."""
        return f"{self.name} (all base sizes)" if len(self.members) > 1 else self.name


class Certainties:
    """The curated and the user's families, prepared for questions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        rows = connection.execute(
            "SELECT f.id, f.name, f.line, m.id, m.name, m.size FROM families f "
            "JOIN models m ON m.family = f.id "
            "WHERE m.variant = 'base' AND f.layer != 'imported' "
            "ORDER BY (SELECT min(release_date_min) FROM models WHERE family = f.id) NULLS LAST, f.id, "
            "m.position, m.id"
        ).fetchall()
        self.families: dict[str, QuizSubject] = {}
        self.models: dict[str, QuizSubject] = {}
        self.lines: dict[str, list[str]] = {}
        self.sizes: dict[str, str | None] = {}
        members: dict[str, list[str]] = {}
        for family, name, line, model, model_name, size in rows:
            if family not in members and line:
                self.lines.setdefault(line, []).append(family)
            members.setdefault(family, []).append(model)
            alone = members[family] == [model]
            self.families[family] = QuizSubject(
                model if alone else family, model_name if alone else name, family,
                tuple(members[family]),
            )  # fmt: skip
            self.models[model] = QuizSubject(model, model_name, family, (model,))
            self.sizes[model] = size
        self._claims = Claims(connection, self.models)
        # Each is looked up again for every candidate of a false choice.
        self._certain_of: dict[tuple[tuple[str, ...], str], Statement | None] = {}
        self._said_of: dict[tuple[tuple[str, ...], str], list[Any]] = {}

    def subjects(self, attribute: Attribute) -> Iterator[tuple[QuizSubject, Statement]]:
        """Families whose base sizes agree on `attribute`, and the sizes of the others, with the claim of
        the value."""
        for family in self.families.values():
            claim = self.claim(family, attribute)
            if claim is not None:
                yield family, claim
                continue
            for member in family.members:
                subject = self.models[member]
                claim = self.claim(subject, attribute)
                if claim is not None:
                    yield subject, claim

    def claim(self, subject: QuizSubject, attribute: Attribute) -> Statement | None:
        """The claim that makes the value certain; None where it is not."""
        key = subject.members, attribute.id
        if key not in self._certain_of:
            found = [self._certain(member, attribute) for member in subject.members]
            first = found[0]
            agreed = first and all(one is not None and one.value == first.value for one in found)
            self._certain_of[key] = first if agreed else None
        return self._certain_of[key]

    def _certain(self, model: str, attribute: Attribute) -> Statement | None:
        statements = self._claims.of_model(model)
        claim = resolved(statements, attribute)
        if claim is None or claim.status not in CERTAIN or claim.source is None:
            return None
        rivals = statements.get(attribute.id, [])
        if any(one.status in CERTAIN and one.value != claim.value for one in rivals):
            return None
        return claim

    def refutes(self, subject: QuizSubject, attribute: Attribute, value: Any) -> bool:
        """Whether `value` is certainly false of `subject`: another value is certain, and no claim, not even
        a rumour, has this one."""
        if self.claim(subject, attribute) is None:
            return False
        return all(not _alike(attribute, value, said) for said in self._said(subject, attribute))

    def _said(self, subject: QuizSubject, attribute: Attribute) -> list[Any]:
        """The distinct values claimed of a member for this attribute or one confused with it."""
        key = subject.members, attribute.id
        if key not in self._said_of:
            group = next((ids for ids in _SAID_TOGETHER if attribute.id in ids), (attribute.id,))
            found: list[Any] = []
            for member in subject.members:
                statements = self._claims.of_model(member)
                for name in group:
                    values = (claim.value for claim in statements.get(name, []))
                    found += [it for it in values if it is not None and it not in found]
            self._said_of[key] = found
        return self._said_of[key]


def parts(value: Any) -> list[Any]:
    """The elements of a canonical value: members of a list or set, kinds of the layers."""
    return list(value) if isinstance(value, list) else kinds_of(value)


def _alike(attribute: Attribute, one: Any, other: Any) -> bool:
    """Whether two values share an element, or elements within the tolerance."""
    return any(_same(attribute, a, b) for a in parts(one) for b in parts(other))


def _same(attribute: Attribute, one: Any, other: Any) -> bool:
    if attribute.kind == "date":
        return _overlap(str(one), str(other))
    if attribute.kind in {"batch", "quantity"}:
        return bool(one["unit"] != other["unit"]) or _near(_amount(one), _amount(other))
    if attribute.kind in {"term", "terms", "organizations"}:
        return overlapping(str(one), str(other))
    if attribute.kind == "number" or attribute.unit is not None:
        return _near([one], [other])
    if attribute.kind == "integer":
        return bool(abs(one - other) <= _MISREAD * max(abs(one), abs(other)))
    return bool(one == other)


def _amount(value: dict[str, Any]) -> list[float]:
    return list(value["stages"]) if "stages" in value else [value["value"]]


def _near(some: Iterable[float], others: Iterable[float]) -> bool:
    pairs = [(a, b) for a in some for b in others]
    return any(abs(a - b) <= _ROUNDING * max(abs(a), abs(b)) for a, b in pairs)


def _overlap(one: str, other: str) -> bool:
    from datetime import date, timedelta

    margin = timedelta(days=_DAYS)
    begin, end = (date.fromisoformat(at(one)) for at in (dates.first_day, dates.last_day))
    first, last = (date.fromisoformat(at(other)) for at in (dates.first_day, dates.last_day))
    return begin - margin <= last and first <= end + margin


@cache
def overlapping(one: str, other: str) -> bool:
    """Whether both terms can be true of one model: `BPE` and `byte-level BPE`, SiLU and SwiGLU."""
    a, b = fold(one), fold(other)
    return a in b or b in a or any({one, other} <= group for group in _OVERLAPPING)
