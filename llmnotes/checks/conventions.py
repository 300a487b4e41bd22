"""Rules for uniform curation: one fact is written in one way in every family (docs/conventions.md)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from llmnotes.attributes.entities import ATTRIBUTES_OF, IN_TEXT, PLURALS
from llmnotes.attributes.parameters import other_names
from llmnotes.checks.rules import Violation, of_claims, of_family
from llmnotes.checks.subjects import CheckedBase, CheckedFamily, CheckedModel
from llmnotes.coverage import TRAINING
from llmnotes.resolve import Statement, Statements
from llmnotes.schema import ATTRIBUTES
from llmnotes.values import elements

SAID_OF_ALL = (*TRAINING, "knowledge_cutoff", "license", "post_training")
"""Training attributes with a value, or the status undisclosed or not-applicable, for every base model."""

CUTOFF_FORMULA = "latest-collection-date"
_SPLIT = re.compile(r"\b(?:test|dev|val(?:idation)?|train)\b", re.IGNORECASE)
_KEY = re.compile(r"[\w.-]+")
_TELLING = frozenset({"paper", "report", "model-card", "announcement"})
_UNREAD = re.compile(r"\bnot (?:at hand|read|found in any copy)\b", re.IGNORECASE)


def _own(claims: Statements, attribute: str) -> list[Statement]:
    return [claim for claim in claims.get(attribute, ()) if claim.inherited_from is None]


@of_claims("warning")
def constant_phase_as_warmup(claims: Statements, base: CheckedBase) -> Iterator[Violation]:
    """A phase in which the rate stays at its peak is `constant_steps` of the schedule, no warm-up."""
    constant = {
        (claim.parameters or {}).get("constant_steps") for claim in claims.get("lr_schedule", ())
    }
    for claim in _own(claims, "warmup"):
        if isinstance(claim.value, dict) and claim.value["value"] in constant - {None}:
            yield Violation(
                "warmup",
                "the schedule calls the same steps constant; a warm-up rises, so say it once",
                (claim, *claims["lr_schedule"][:1]),
            )


@of_claims("warning")
def parameter_by_another_name(claims: Statements, base: CheckedBase) -> Iterator[Violation]:
    """A parameter of a value has one name in every family: the rotated share of a head is `fraction`."""
    for attribute in claims:
        for claim in _own(claims, attribute):
            if claim.layer != "curated" or not claim.parameters:
                continue
            for name, meant in other_names(attribute, set(claim.parameters)):
                said = f"call the parameter {name} {meant}" if meant else (
                    f"{name} is no parameter that {attribute} has; give it a name that others use"
                )  # fmt: skip
                yield Violation(attribute, said, (claim,))


@of_claims("warning")
def name_without_entry(claims: Statements, base: CheckedBase) -> Iterator[Violation]:
    """What a value names has an entry in `data/entities`, so that it can be listed and looked for."""
    for kind in sorted(IN_TEXT):
        for attribute in ATTRIBUTES_OF[kind]:
            for claim in _own(claims, attribute):
                if claim.layer != "curated" or claim.value is None:
                    continue
                for text in elements(ATTRIBUTES[attribute], claim.value):
                    if not base.is_listed(kind, str(text)):
                        file = f"data/entities/{PLURALS[kind]}.toml"
                        yield Violation(
                            attribute,
                            f"{text!r} names no {kind} that has an entry; add it or an alias to {file}",
                            (claim,),
                        )


@of_claims("warning")
def decay_worked_out_from_the_rate(claims: Statements, base: CheckedBase) -> Iterator[Violation]:
    """A weight decay that follows the learning rate is no number, so none is worked out for it."""
    for claim in _own(claims, "weight_decay"):
        if claim.status == "derived":
            yield Violation(
                "weight_decay",
                "worked out from other values; a decay that follows the rate is not-applicable "
                "with a note",
                (claim,),
            )


@of_claims("warning")
def cutoff_by_another_rule(claims: Statements, base: CheckedBase) -> Iterator[Violation]:
    """A knowledge cutoff that no document states is the latest date of collection that one names."""
    for claim in _own(claims, "knowledge_cutoff"):
        if claim.status == "derived" and claim.source != CUTOFF_FORMULA:
            yield Violation(
                "knowledge_cutoff",
                f"derived by {claim.source}; dates of collection give it by {CUTOFF_FORMULA}",
                (claim,),
            )


@of_claims("warning")
def locator_is_no_key(claims: Statements, base: CheckedBase) -> Iterator[Violation]:
    """The locator in a configuration is a key of it."""
    for name in claims:
        for claim in _own(claims, name):
            source = base.sources.get(claim.source or "")
            if source is None or source.kind != "config" or claim.layer != "curated":
                continue
            if not _KEY.fullmatch(claim.locator or ""):
                yield Violation(name, f"{claim.locator!r} is no key of {source.title}", (claim,))


@of_family("warning")
def silence_unmarked(family: CheckedFamily, base: CheckedBase) -> Iterator[Violation]:
    """What the documents read whole on a base model leave open is said for all fields of one list."""
    for model in family.base_members:
        if not _is_curated(model) or not _has_read_document(model, base):
            continue
        for name in SAID_OF_ALL:
            if not model.claims.get(name):
                yield Violation(
                    name,
                    "nothing is said; give its value, or call it undisclosed with the documents "
                    "searched",
                    subject=model.id,
                )


def _has_read_document(model: CheckedModel, base: CheckedBase) -> bool:
    """Whether a document that may tell of a model's training was read whole; results may be another's."""
    cited = {
        claim.source
        for name in model.claims
        if name != "evaluation"
        for claim in _own(model.claims, name)
    }
    found = (base.sources.get(key or "") for key in cited)
    return any(source.kind in _TELLING and source.read == "whole" for source in found if source)


@of_claims("warning")
def silence_of_unread(claims: Statements, base: CheckedBase) -> Iterator[Violation]:
    """What is undisclosed was looked for: a document that was not read may disclose it."""
    for name in claims:
        for claim in _own(claims, name):
            if claim.status == "undisclosed" and _UNREAD.search(claim.note or ""):
                yield Violation(
                    name,
                    "called undisclosed beside a document that was not read; read it, or say "
                    "nothing and name an exception of silence-unmarked",
                    (claim,),
                )


@of_family("warning")
def split_of_some_sizes(family: CheckedFamily, base: CheckedBase) -> Iterator[Violation]:
    """Where the split of a benchmark is named for one size, it is named for its siblings."""
    settings: defaultdict[tuple[str, Any], list[tuple[CheckedModel, Statement, bool]]]
    settings = defaultdict(list)
    for model in family.base_members:
        for claim in _own(model.claims, "evaluation"):
            for result in claim.value or ():
                named = bool(_SPLIT.search(result.get("setting", "")))
                key = (result["benchmark"], claim.source)
                settings[key].append((model, claim, named))
    for (benchmark, _), found in settings.items():
        if len({named for *_, named in found}) == 2:
            model, claim, _ = next(item for item in found if not item[2])
            yield Violation(
                "evaluation",
                f"the split of {benchmark} is named for a sibling but not here",
                (claim,),
                subject=model.id,
            )


@of_family("warning")
def benchmark_of_some_sizes(family: CheckedFamily, base: CheckedBase) -> Iterator[Violation]:
    """A benchmark that a source reports for over two thirds of a family's sizes is taken for all."""
    known: defaultdict[tuple[Any, ...], set[str]] = defaultdict(set)
    by_source: defaultdict[str | None, set[str]] = defaultdict(set)
    for model in family.base_members:
        for claim in _own(model.claims, "evaluation"):
            by_source[claim.source].add(model.id)
            for result in claim.value or ():
                key = (claim.source, result["benchmark"], result.get("setting"))
                known[key].add(model.id)
    for (source, benchmark, setting), models in known.items():
        silent = by_source[source] - models
        if silent and 3 * len(models) > 2 * len(by_source[source]):
            for model_id in sorted(silent):
                yield Violation(
                    "evaluation",
                    f"no {benchmark} ({setting or 'no setting'}), which {source} gives for "
                    f"{len(models)} of its {len(by_source[source])} sizes",
                    subject=model_id,
                )


def _is_curated(model: CheckedModel) -> bool:
    return any(claim.layer == "curated" for claims in model.claims.values() for claim in claims)
