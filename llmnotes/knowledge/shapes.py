"""Resolves a name to the shapes of its models: the claims that `llmnotes.sizing` needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from llmnotes.errors import InputError
from llmnotes.knowledge.effects import described
from llmnotes.knowledge.members import members
from llmnotes.knowledge.name_meaning import Subject
from llmnotes.knowledge.stand_ins import look_up
from llmnotes.resolve import Statements, certain_values, resolved
from llmnotes.schema import ATTRIBUTES, TENTATIVE_STATUSES
from llmnotes.sizing import Architecture, count_parameters
from llmnotes.store.claims import Claims


class InsufficientError(InputError):
    """The base has the model, but not enough claims to compute its sizes."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One model whose sizes can be computed.

    Attributes:
        id: the model's id, or the path of its file.
        name: its display name.
        origin: the origin of the shape, in one phrase.
        architecture: the input of `llmnotes.sizing`.
        attributes: the resolved attributes that describe it (for a model of the base).
        published: the exact count in the base or the checkpoint (None = none).
        tokens: tokens of its pretraining, where the base has them.
        remarks: notes to the figures, each one sentence.
    """

    id: str
    name: str
    origin: str
    architecture: Architecture
    attributes: Mapping[str, object] = field(default_factory=dict)
    published: int | None = None
    tokens: int | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes of a name or file, with the models whose sizes cannot be computed and the reasons.

    Attributes:
        shapes: the models that can be computed.
        group: the family or folder they belong to (None = one model was asked for).
        refused: (model, reason).
        remarks: notes to all of them.
    """

    shapes: list[Shape]
    group: Subject | None = None
    refused: list[tuple[str, str]] = field(default_factory=list)
    remarks: tuple[str, ...] = ()


def named_shapes(connection: sqlite3.Connection, name: str) -> Shapes:
    """The shapes of the model called `name`, or of a family's base models.

    Raises:
        InputError: nothing has this name.
        InsufficientError: no model has enough claims; the missing attributes are named.
    """
    subject = look_up(connection, name)
    of_family = subject.kind == "family"
    models = members(connection, subject.id) if of_family else [subject.id]
    claims = Claims(connection, models)
    shapes, refused = [], []
    for model in models:
        try:
            shapes.append(_shape(model, claims.models[model]["name"], claims.of_model(model)))
        except InputError as error:
            secret = _is_withheld(claims.of_model(model))
            refused.append((model, _WITHHELD if secret else str(error)))
    if not shapes:
        raise InsufficientError(_refusal(subject.id, refused))
    return Shapes(shapes, subject if of_family and len(models) > 1 else None, refused)


_WITHHELD = "its publisher does not say how it is built"


def _is_withheld(statements: Statements) -> bool:
    """Whether a model's shape cannot be known: its publisher withholds it."""
    claim = resolved(statements, ATTRIBUTES["coverage"])
    return claim is not None and claim.value == "withheld"


def _refusal(name: str, refused: list[tuple[str, str]]) -> str:
    """Why no model can be counted, each reason once with its models, and what helps."""
    reasons: dict[str, list[str]] = {}
    for model, reason in refused:
        reasons.setdefault(reason, []).append(model)
    told = "; ".join(f"{', '.join(models)}: {reason}" for reason, models in reasons.items())
    if list(reasons) == [_WITHHELD]:
        return f"{told}; `llmnotes show {name} --claims` shows what is known"
    return f"{told}; give a config.json to have it counted"


def _shape(model: str, name: str, statements: Statements) -> Shape:
    values, doubtful = certain_values(statements)
    guesses: dict[str, int] = {}
    try:
        architecture = described(values)
    except InputError as error:
        guesses = _estimates(doubtful, statements, str(error))
        if not guesses:
            raise InputError(f"{error}{_doubt(doubtful, str(error))}") from None
        values = {**values, **guesses}
        architecture = described(values)
    tokens = values.get("training_tokens")
    remarks, published = _published(model, statements, architecture)
    remarks += tuple(
        f"{model}: its {key} of {value:,} is an estimate by {statements[key][0].source}"
        for key, value in guesses.items()
    )
    shaping = {key for key, item in ATTRIBUTES.items() if item.inherited} | {"context_length"}
    return Shape(
        model,
        name,
        "the claims of the base",
        architecture,
        {key: value for key, value in values.items() if key in shaping},
        published,
        tokens if isinstance(tokens, int) else None,
        remarks,
    )


def _estimates(doubtful: list[str], statements: Statements, sentence: str) -> dict[str, int]:
    """The estimated numbers of the attributes that a sentence calls missing; a rumour is none."""
    named = (name for name in doubtful if f" {name}" in sentence)
    first = {name: claims[0] for name in named if (claims := statements.get(name))}
    return {
        name: claim.value
        for name, claim in first.items()
        if claim.status == "estimated" and isinstance(claim.value, int)
    }


def _doubt(doubtful: list[str], sentence: str) -> str:
    """A sentence on the missing attributes that have tentative claims."""
    guessed = [name for name in doubtful if f" {name}" in sentence]
    return f"; of {', '.join(guessed)} there are only estimates or rumours" if guessed else ""


def _published(
    model: str, statements: Statements, architecture: Architecture
) -> tuple[tuple[str, ...], int | None]:
    """The exact count of the base, and a remark where the shape gives another."""
    claims = statements.get("params_total")
    if not claims or claims[0].value is None or claims[0].status in TENTATIVE_STATUSES:
        return (), None
    said, counted = int(claims[0].value), count_parameters(architecture).total
    if said == counted:
        return (), said
    place = f"{claims[0].source or claims[0].layer} says"
    return (f"{model}: {place} {said:,} parameters, {difference(said, counted)}",), said


def difference(said: int, counted: int) -> str:
    """The difference between a stated count and the computed one: `1,024 more than counted`."""
    return f"{abs(said - counted):,} {'more' if said > counted else 'fewer'} than counted"
