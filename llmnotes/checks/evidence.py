"""Rules on claims and sources: every value has a source, and sources do not contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from llmnotes.checks.disagreement import difference
from llmnotes.checks.findings import Severity
from llmnotes.checks.rules import Violation, of_base, of_claims
from llmnotes.checks.subjects import CheckedBase
from llmnotes.display import value_text
from llmnotes.resolve import Statement, Statements
from llmnotes.schema import ATTRIBUTES, TENTATIVE_STATUSES


def _own(claims: Statements) -> Iterator[Statement]:
    for items in claims.values():
        yield from (claim for claim in items if claim.inherited_from is None)


def _weight(claim: Statement) -> Severity | None:
    """The severity of a missing source: none for the user's own claims."""
    return "info" if claim.layer == "user" else None


@of_claims("error")
def source_missing(claims: Statements, base: CheckedBase) -> Iterator[Violation]:
    """Every claim names a source that exists."""
    for claim in _own(claims):
        if claim.source is None and claim.status != "not-applicable":
            yield Violation(
                claim.attribute, "no source is named", (claim,), severity=_weight(claim)
            )
        elif claim.source is not None and claim.source not in base.sources:
            yield Violation(
                claim.attribute, f"the source {claim.source!r} does not exist", (claim,)
            )


@of_claims("error")
def locator_missing(claims: Statements, base: CheckedBase) -> Iterator[Violation]:
    """Every claim says where in its source it stands."""
    for claim in _own(claims):
        if claim.source is not None and not (claim.locator or "").strip():
            yield Violation(
                claim.attribute,
                f"it is not said where in {claim.source} it stands",
                (claim,),
                severity="info" if claim.layer != "curated" else None,
            )


@of_claims("error")
def undisclosed_without_search(claims: Statements, base: CheckedBase) -> Iterator[Violation]:
    """What is called undisclosed comes with the refusal, or with the documents that were searched."""
    for claim in _own(claims):
        if claim.status == "undisclosed" and len((claim.note or "").split()) < 3:
            yield Violation(
                claim.attribute,
                "called undisclosed, but neither the refusal nor the documents searched are named",
                (claim,),
                severity=_weight(claim),
            )


@of_claims("warning")
def guess_contradicts_fact(claims: Statements, base: CheckedBase) -> Iterator[Violation]:
    """An estimate that was brought in agrees with what is reported or derived."""
    for name, items in claims.items():
        fact = items[0]
        if fact.value is None or fact.status in TENTATIVE_STATUSES:
            continue
        for guess in items[1:]:
            if (
                guess.layer == "curated"
                or guess.status not in TENTATIVE_STATUSES
                or guess.inherited_from
            ):
                continue
            if parts := difference(name, fact.value, guess.value):
                message = f"{_says(fact, parts[0])}, {_says(guess, parts[1])} as {guess.status}"
                yield Violation(name, message, (fact, guess))


@of_claims("warning")
def sources_contradict(claims: Statements, base: CheckedBase) -> Iterator[Violation]:
    """Where two sources report different values, one is preferred with a reason."""
    for name, items in claims.items():
        winner = items[0]
        if winner.preferred or winner.status != "reported":
            continue
        for claim in items[1:]:
            # A conflict between two inherited claims is reported for the subject that made them.
            if claim.status != "reported" or (winner.inherited_from and claim.inherited_from):
                continue
            if parts := difference(name, winner.value, claim.value):
                yield Violation(
                    name,
                    f"{_says(winner, parts[0])}, {_says(claim, parts[1])}"
                    + (
                        ", and neither is preferred with a reason"
                        if winner.layer == claim.layer
                        else f"; the {winner.layer} value is shown"
                    ),
                    (winner, claim),
                    severity="info" if "user" in (winner.layer, claim.layer) else None,
                )
                break


def _says(claim: Statement, part: Any) -> str:
    text = value_text(ATTRIBUTES[claim.attribute], part, short=False)
    return f"{claim.source or claim.layer} says {text}"


@of_base("warning")
def source_unused(base: CheckedBase) -> Iterator[Violation]:
    """Every source is used by a claim, or named in a locator, a note or another source."""
    for source in base.sources.values():
        if not source.used and source.kind != "formula":
            yield Violation(
                None,
                f"nothing rests on the source {source.title!r}",
                severity="info" if source.layer == "user" else None,
                subject=source.id,
            )


@of_base("error")
def source_year_differs(base: CheckedBase) -> Iterator[Violation]:
    """The year of a source is that of its arXiv id, and it was not checked before it was written."""
    for source in base.sources.values():
        if source.year is None:
            continue
        first = 2000 + int(source.arxiv[:2]) if source.arxiv else source.year
        if first != source.year:
            yield Violation(
                None, f"of {source.year}, but arXiv:{source.arxiv} is of {first}", subject=source.id
            )
        if source.checked and int(source.checked[:4]) < source.year:
            yield Violation(
                None, f"of {source.year}, but checked in {source.checked}", subject=source.id
            )


@of_base("info")
def own_model_now_shipped(base: CheckedBase) -> Iterator[Violation]:
    """A model of the user's that ships by now is merged with the curated one; its claims stay theirs."""
    for model in base.shipped:
        yield Violation(
            None, "your model now ships with llmnotes and is shown merged", subject=model
        )
