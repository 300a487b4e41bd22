"""Judges what a table says of commercial use against the licences of the models."""

from __future__ import annotations

from collections.abc import Sequence

from llmnotes.factcheck.base_claims import BaseClaims, Known
from llmnotes.factcheck.cells.absence import absence
from llmnotes.factcheck.cells.permission import Permission, permission
from llmnotes.factcheck.cells.reading import CellReading
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.licences import CLOSED, allowed
from llmnotes.factcheck.judging.without_value import unless_of_another
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.vocabulary import fold

_ATTRIBUTE = "license"
_SAID = {"yes": "yes", "no": "no", "conditions": "with conditions"}
_HOW: dict[tuple[Permission, Permission], str] = {
    ("yes", "yes"): "agrees",
    ("no", "no"): "agrees",
    ("conditions", "conditions"): "agrees",
    ("yes", "conditions"): "agrees-normalised",
    ("yes", "no"): "wrong",
    ("no", "yes"): "wrong",
}
"""The verdict by what the cell says and what the licence says.

Pairs that are missing depend on what the table calls commercial, or on leave that the publisher gives
apart from its licence, and stay undecided.
"""


def judge_commercial(base: BaseClaims, text: str, subject: TableSubject | None) -> Judgement:
    """The judgement of a cell below `Commercial use`."""
    says = permission(text)
    if says is None and absence(text) is not None:
        return Judgement(_ATTRIBUTE, "blank")
    if says is None:
        return Judgement(_ATTRIBUTE, "unreadable", f"neither yes nor no: {text.strip()[:60]}")
    if subject is None:
        return Judgement(_ATTRIBUTE, "unsupported", "the base does not know this model")
    known = [base.known(model, _ATTRIBUTE) for model in subject.models]
    found = _judged(base, says, known)
    if (
        found.verdict == "wrong"
    ):  # a bare name may mean the post-trained model, under its own licence
        others = [base.known(model, _ATTRIBUTE) for model in base.variants(subject.models)]
        other = _judged(base, says, others)
        if other.verdict not in {"wrong", "unsupported"}:
            return other._replace(verdict="agrees-normalised", reason="true of its other variant")
    return unless_of_another(found, subject)


def weights_of_closed(
    base: BaseClaims, reading: CellReading, subject: TableSubject
) -> Judgement | None:
    """The judgement of a licence of weights for models that are offered by an API alone; else None."""
    every = (base.known(model, "availability") for model in subject.models)
    known = [one for one in every if one.claims]
    if not known or not all(one.claims[0].value in _NO_WEIGHTS for one in known):
        return None
    licences = [base.licences.get(fold(str(item.value)), CLOSED) for item in reading.items]
    if CLOSED in licences:
        return None
    value = str(known[0].claims[0].value)
    reason = f"there are no weights to license: {value}"
    return Judgement(
        _ATTRIBUTE, "wrong", reason, "unexplained", value, subject.models,
        tuple(k.claims[0] for k in known), reading.items, tuple(known),
    )  # fmt: skip


_NO_WEIGHTS = frozenset({"api-only", "unreleased"})


def _judged(base: BaseClaims, says: Permission, known: Sequence[Known]) -> Judgement:
    """The best verdict over all models; an earlier licence may only bear a cell out."""
    every = [(k, claim, allowed(base, claim.value)) for k in known for claim in k.claims]
    held = [
        (k, claim, allows)
        for k, claim, allows in every
        if claim is k.claims[0] or (allows is not None and _HOW.get((says, allows)) == "agrees")
    ]
    stated = [(k, claim, allows) for k, claim, allows in held if allows is not None]
    models = tuple(k.model for k in known)
    if not stated or len(stated) < len(held):
        reason = "the base does not know whether the licence allows it"
        return Judgement(_ATTRIBUTE, "unsupported", reason, models=models)
    verdicts = {_HOW.get((says, allows), "unsupported") for _, _, allows in stated}
    verdict = next(
        one for one in ("agrees", "agrees-normalised", "unsupported", "wrong") if one in verdicts
    )
    licences = dict.fromkeys(f"{_SAID[allows]}: {claim.value}" for _, claim, allows in stated)
    expected = _SAID[stated[0][2]] if len({allows for *_, allows in stated}) == 1 else ""
    claims = tuple(claim for _, claim, _ in stated)
    reason = "" if verdict == "agrees" else "by the licence " + " · ".join(licences)
    cause = "unexplained" if verdict == "wrong" else None
    return Judgement(_ATTRIBUTE, verdict, reason, cause, expected, models, claims)
