"""Rules on dates: a base precedes what is built on it, a tokenizer its users."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from llmnotes import dates
from llmnotes.checks.eras import terms_since
from llmnotes.checks.rules import Violation, of_base, of_family, of_model
from llmnotes.checks.subjects import CheckedBase, CheckedFamily, CheckedModel, Generation


@of_model("error")
def released_before_base(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """A model is not released before the model it is based on."""
    released, based_on = model.claim("release_date"), model.claim("based_on")
    if released is None or based_on is None or not model.answers_for("release_date", "based_on"):
        return
    for other in based_on.value:
        first, _ = base.released.get(other, ("", ""))
        if first and dates.last_day(released.value) < first:
            yield Violation(
                "release_date",
                f"released {released.value}, before {other}, on which it is based ({first})",
                (released, based_on),
            )


@of_family("error")
def base_of_the_whole_family(family: CheckedFamily, base: CheckedBase) -> Iterator[Violation]:
    """A post-trained model says itself what it is based on, without which it takes no values."""
    for model in family.members:
        claim = model.claim("based_on")
        if claim is not None and model.variant == "post-trained" and claim.inherited_from:
            yield Violation(
                "based_on",
                f"said of the family alone, so that nothing comes from {', '.join(claim.value)}; "
                "say it of the model",
                (claim,),
                subject=model.id,
            )


@of_family("error")
def variant_before_its_family(family: CheckedFamily, base: CheckedBase) -> Iterator[Violation]:
    """A post-trained variant is not released before every base model of its family."""
    firsts = [
        dates.first_day(model.value("release_date"))
        for model in family.base_members
        if model.claim("release_date")
    ]
    for model in family.members:
        claim = model.claim("release_date")
        if model.variant == "base" or claim is None or not firsts or model.claim("based_on"):
            continue
        if dates.last_day(claim.value) < min(firsts):
            yield Violation(
                "release_date",
                f"released {claim.value}, before the first base model of its family ({min(firsts)})",
                (claim,),
                subject=model.id,
            )


@of_model("error")
def cutoff_after_release(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """What a model knows ends before it is released."""
    cutoff, released = model.claim("knowledge_cutoff"), model.claim("release_date")
    if cutoff is None or released is None:
        return
    if not model.answers_for("knowledge_cutoff", "release_date"):
        return
    if dates.first_day(cutoff.value) > dates.last_day(released.value):
        yield Violation(
            "knowledge_cutoff",
            f"a cutoff of {cutoff.value} lies after the release of {released.value}",
            (cutoff, released),
        )


@of_model("error")
def released_before_its_tokenizer(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """A model is not released before the tokenizer, or the library of it, that it is said to use."""
    released = model.claim("release_date")
    if released is None or not model.answers_for("release_date", "tokenizer", "tokenizer_library"):
        return
    for name in ("tokenizer", "tokenizer_library"):
        claim, term = model.claim(name), model.value(name)
        since = terms_since().get((name, str(term)))
        if claim and since and dates.last_day(released.value) < dates.first_day(since.since):
            yield Violation(
                name,
                f"released {released.value}, before {term} was known ({since.since}: {since.reason})",
                (claim, released),
            )


@of_model("warning")
def released_after_its_source(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """A release is not reported by a document of an earlier year."""
    claim = model.claim("release_date")
    if claim is None or claim.source is None or not model.answers_for("release_date"):
        return
    source = base.sources.get(claim.source)
    if source is None or source.year is None or claim.status != "reported":
        return
    # A date in the future has a rule of its own.
    if source.year < int(claim.value[:4]) <= date.today().year:
        yield Violation(
            "release_date",
            f"released {claim.value}, says {source.id}, which is of {source.year}",
            (claim,),
        )


_NUMBER = re.compile(r"-(\d+(?:\.\d+)?)$")


@of_base("error")
def generations_out_of_order(base: CheckedBase) -> Iterator[Violation]:
    """A later generation of a line is not released before an earlier one."""
    lines: dict[str, list[tuple[float, Generation]]] = {}
    for item in base.generations:
        number = _NUMBER.match(item.family.removeprefix(item.line))
        if number or item.family == item.line:
            lines.setdefault(item.line, []).append((float(number[1]) if number else 1.0, item))
    for numbered in lines.values():
        ordered = [item for _, item in sorted(numbered, key=lambda pair: pair[0])]
        while wrong := _reversed(ordered):
            # The generation out of order with most others is reported, not its neighbours.
            times = Counter(item.family for pair in wrong for item in pair)
            before, after = wrong[-1]
            culprit = max((after, before), key=lambda item: times[item.family])
            other = before if culprit is after else after
            yield Violation(
                "release_date",
                f"released by {culprit.last}, {'after' if culprit is before else 'before'} "
                f"{other.family} ({other.first})",
                subject=culprit.family,
            )
            ordered.remove(culprit)


def _reversed(ordered: list[Generation]) -> list[tuple[Generation, Generation]]:
    """Pairs of generations of which the later was released first."""
    return [(one, other) for one, other in combinations(ordered, 2) if other.last < one.first]
