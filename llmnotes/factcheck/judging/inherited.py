"""Values of a tuned model that the base tells only of the model or the family it comes from."""

from __future__ import annotations

import re

from llmnotes.attributes.relations import KEPT_IN_TUNING
from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late

_FORM = late(r"(?<![^\W_])(?:chat|instruct|it|sft|dpo|rlhf)(?![^\W_])", re.IGNORECASE)
"""Words of a tuned model that comes with the one it is tuned from."""


def of_tune(subject: TableSubject | None, attribute: str) -> TableSubject | None:
    """The subject of a cell; none where it is an unknown tune, of which the attribute may be its own."""
    if subject is not None and subject.kind == "tune" and attribute not in KEPT_IN_TUNING:
        return None
    return subject


def told_of_origin(base: BaseClaims, found: Judgement) -> str:
    """Why a false value of tuned models is left open: it may be their own; empty where it may not.

    The data of BLOOMZ are those of its tuning, and it came later than BLOOM.
    """
    models = [known.model for known in found.known]
    if not models or any(base.variant(model) != "post-trained" for model in models):
        return ""
    if not all(
        _is_of_origin(base, known.model, claim.inherited_from)
        for known in found.known
        for claim in known.claims
    ):
        return ""
    tuned_as = any(_FORM.search(base.name(model)) for model in models)
    if found.attribute == "vocab_size" and not tuned_as and not _of_one_publisher(base, found):
        return "the base tells the vocabulary of the model that it was tuned from"
    if found.attribute == "training_data":
        return "the base tells of the data before the tuning"
    if found.attribute != "release_date" or tuned_as:
        return ""
    first = min(str(claim.value) for known in found.known for claim in known.claims)
    later = all(
        first < str(item.value) <= f"{int(first[:4]) + 1}{first[4:]}" for item in found.false_items
    )
    return "the base tells the day of the model that it was tuned from" if later else ""


def _of_one_publisher(base: BaseClaims, found: Judgement) -> bool:
    """Whether the publisher of each model made what it was tuned from too, and so keeps its vocabulary."""
    return all(
        _publisher(base, origin) == _publisher(base, known.model)
        for known in found.known
        for origin in base.bases(known.model)
    )


def _publisher(base: BaseClaims, model: str) -> object:
    first = base.known(model, "organization").first
    return first.value if first is not None else None


def _is_of_origin(base: BaseClaims, model: str, told_of: str | None) -> bool:
    """Whether a claim is of a model's base, or of a family that has base models beside it."""
    if told_of is None or told_of != base.family(model):
        return told_of is not None
    return any(base.variant(one) == "base" for one in base.members(told_of))
