"""Cells with another model in place of a value: `same as BERT`, the tokenizer `EleutherAI/gpt-neox-20b`."""

from __future__ import annotations

import re

from llmnotes.factcheck.base_claims import BaseClaims, Known
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.words import same_dataset
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late

_SAME = late(
    r"\s*(?:~|(?:the\s)?same\s(?:as|data\sas)(?:\s(?:in|for|of))?\s|identical\sto\s|as\s(?:in|for)\s|(?:与|和|同)\s?)"
    r"(?P<name>[^\W\d_][^;:()]{1,40}?)\s*(?:相同|一样|一致)?\s*",
    re.I,
)
_TOKENIZER = ("tokenizer", "vocab_size")
"""What two models with one tokenizer share."""


def told_by_model(
    base: BaseClaims, names: Names, found: Judgement, text: str, subject: TableSubject
) -> Judgement:
    """The judgement of an unread cell by the model that it names; `found` itself where it names none."""
    if found.attribute == "tokenizer":
        return _tokenizer(base, names.find(text), found, subject)
    match = _SAME.fullmatch(text)
    other = names.find(match["name"]) if match else None
    if other is None:
        return found
    if any(
        _same(base.known(one, found.attribute), base.known(another, found.attribute))
        for one in subject.models
        for another in other.models
    ):
        reason = f"the base has the same of {base.name(other.models[0])}"
        return found._replace(verdict="agrees-normalised", reason=reason, models=subject.models)
    return found._replace(
        verdict="unsupported", reason="the base does not say whether it is the same"
    )


def told_of_own_family(
    base: BaseClaims, names: Names, found: Judgement, text: str, subject: TableSubject
) -> Judgement:
    """The judgement of a base model told of a model without one: the family that it belongs to itself.

    `found` itself for another family, which the base does not know to be its origin.
    """
    other = names.find(text)
    families = {base.family(model) for model in subject.models} - {None}
    if other is None or not families & {base.family(model) for model in other.models}:
        return found
    if any(base.variant(model) != "base" for model in subject.models):
        return found
    reason = "it is of that family itself"
    return found._replace(verdict="agrees-normalised", reason=reason, models=subject.models)


def _same(one: Known, another: Known) -> bool:
    """Whether two models have one value: the same datasets, in other words."""
    if one.first is None or another.first is None:
        return False
    if one.attribute.kind != "datasets":
        return bool(one.first.value == another.first.value)
    mine, theirs = ([data["name"] for data in k.first.value] for k in (one, another) if k.first)
    return len(mine) == len(theirs) and all(
        any(same_dataset(name, other) for other in theirs) for name in mine
    )


def _tokenizer(
    base: BaseClaims, other: TableSubject | None, found: Judgement, subject: TableSubject
) -> Judgement:
    """The judgement of a tokenizer that a model's name stands for: its own, its base's, or an equal one."""
    if other is None:
        return found
    own = {*subject.models, *(origin for model in subject.models for origin in base.bases(model))}
    families = {base.family(model) for model in own} - {None}
    if families & {base.family(model) for model in other.models} or own & set(other.models):
        return found._replace(
            verdict="agrees-normalised", reason="that of its family", models=subject.models
        )
    shared = [
        base.known(model, name).first
        for name in _TOKENIZER
        for model in (subject.models[0], other.models[0])
    ]
    values = [None if one is None else one.value for one in shared]
    if None not in values and values[0] == values[1] and values[2] == values[3]:
        return found._replace(
            verdict="agrees-normalised", reason="of the same kind and size", models=subject.models
        )
    reason = "the base does not say whose tokenizer it has"
    return found._replace(verdict="unsupported", reason=reason, models=subject.models)
