"""Resolution: from all claims about a model to the one value shown first.

A claim of a family holds for its members; a post-trained variant takes architecture attributes from the
model it is based on; a subject's own claim ends inheritance within its layer. Claims of other layers stay
visible, and the layers are ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from llmnotes import dates
from llmnotes.coverage import FORMULA, best, coverage
from llmnotes.schema import ATTRIBUTES, LAYERS, POSITIONS, TENTATIVE_STATUSES, Attribute
from llmnotes.values import kinds_of, pattern_of


class Statement(NamedTuple):
    """A claim as read from the store: its value in canonical form, its source by id."""

    subject: str
    attribute: str
    value: Any
    status: str
    source: str | None
    locator: str | None
    layer: str
    note: str | None = None
    parameters: dict[str, Any] | None = None
    preferred: bool = False
    reason: str | None = None
    primary: bool = True
    checked: str | None = None
    number: int = 0
    inherited_from: str | None = None
    printed: tuple[str, ...] = ()
    """The figures as printed in the source."""
    via: str | None = None
    """The source that was read instead of the one named: the value is second-hand."""


Statements = Mapping[str, list[Statement]]
"""Claims of one subject by attribute."""

_LAYER_RANK = {layer: rank for rank, layer in enumerate(LAYERS)}
_STATUS_RANK = {
    "reported": 0, "derived": 1, "undisclosed": 2, "not-applicable": 2, "estimated": 3, "rumoured": 4,
}  # fmt: skip


def _strength(claim: Statement) -> tuple[Any, ...]:
    """Sort key, strongest first: layer, preference, status, primary source, latest check.

    Ties are broken by order: first in a curated file, last among the user's claims.
    """
    checked = -int((claim.checked or "0").replace("-", "").ljust(8, "0"))
    return (
        _LAYER_RANK[claim.layer],
        not claim.preferred,
        _STATUS_RANK[claim.status],
        not claim.primary,
        checked,
        claim.number if claim.layer == "curated" else -claim.number,
    )


def ranked(claims: Iterable[Statement]) -> list[Statement]:
    """Claims of one attribute, the resolving claim first.

    Estimates and rumours come last: they resolve a value only where nothing else is claimed.
    """
    found = list(claims)
    if len(found) > 1:
        found.sort(key=lambda claim: (claim.status in TENTATIVE_STATUSES, _strength(claim)))
    return found


_PRECEDENCE = (
    "the {winner.layer} layer comes before the {loser.layer} one",
    "preferred: {winner.reason}",
    "{winner.status} comes before {loser.status}",
    "a primary source comes before a secondary one",
    "its source was checked later",
    "it is named first",
)
"""A description of each component of `_strength`."""


def decisive(winner: Statement, loser: Statement) -> str:
    """Why `winner` comes before `loser` of the same attribute, in words."""
    if loser.status in TENTATIVE_STATUSES and winner.status not in TENTATIVE_STATUSES:
        return f"what is {loser.status} is passed over while anything else is claimed"
    for rule, ours, theirs in zip(_PRECEDENCE, _strength(winner), _strength(loser), strict=True):
        if ours != theirs:
            return rule.format(winner=winner, loser=loser)
    return _PRECEDENCE[-1]


def resolved(statements: Statements, attribute: Attribute) -> Statement | None:
    """The claim that gives `attribute` its value; None where it is unknown.

    An attribute with a fallback takes the fallback's claim where it has none of its own.
    """
    claims = statements.get(attribute.id)
    if claims and (not attribute.fallback or claims[0].status not in TENTATIVE_STATUSES):
        return claims[0]
    if attribute.fallback and (other := statements.get(attribute.fallback)):
        return other[0]
    return claims[0] if claims else None


def inherit(
    own: Statements, family: Statements, base: Statements | None, subject: str
) -> dict[str, list[Statement]]:
    """All claims that hold for the model `subject`, ranked, by attribute; computed ones last.

    `base` holds the claims of the model that a post-trained variant is based on.
    """
    found = {}
    said = own.keys() | family.keys() | (base or {}).keys()
    for name in sorted(said, key=POSITIONS.__getitem__):
        if claims := inherit_one(ATTRIBUTES[name], own, family, base):
            found[name] = claims
    return covered(found, base, subject)


def inherit_one(
    attribute: Attribute, own: Statements, family: Statements, base: Statements | None
) -> list[Statement]:
    """The ranked claims of one attribute, other than `coverage`, that hold for a model."""
    mine = own.get(attribute.id, [])
    above = _from_above(attribute, family, base)
    if mine and above:
        ended = {claim.layer for claim in mine}
        above = [claim for claim in above if claim.layer not in ended]
    return ranked([*mine, *above])


def covered(
    claims: dict[str, list[Statement]], base: Statements | None, subject: str
) -> dict[str, list[Statement]]:
    """The claims of a model with its coverage added.

    A post-trained variant has at least the coverage of the model it is based on.
    """
    own = coverage(claims)
    above = base["coverage"][0] if base and "coverage" in base else None
    if own is not None and best(own, above.value if above else None):
        claims["coverage"] = [
            Statement(subject, "coverage", own.term, "derived", FORMULA, own.counted, "curated")
        ]
    elif above is not None:
        claims["coverage"] = [above._replace(inherited_from=above.inherited_from or above.subject)]
    return claims


def handed_down(claims: list[Statement]) -> list[Statement]:
    """Claims as another subject inherits them, with `inherited_from` set."""
    return [
        claim if claim.inherited_from else claim._replace(inherited_from=claim.subject)
        for claim in claims
    ]


def _from_above(
    attribute: Attribute, family: Statements, base: Statements | None
) -> list[Statement]:
    above = family.get(attribute.id, [])
    if base is not None and attribute.inherited and attribute.id in base:
        above = base[attribute.id]
    return handed_down(above)


_FILLS = {item.fallback: item.id for item in ATTRIBUTES.values() if item.fallback}


def said(statements: Statements) -> list[Attribute]:
    """The attributes that these claims give a value, in the schema's order."""
    names = set(statements)
    names.update(_FILLS[name] for name in statements if name in _FILLS)
    return [ATTRIBUTES[name] for name in sorted(names, key=POSITIONS.__getitem__)]


def certain_values(statements: Statements) -> tuple[dict[str, Any], list[str]]:
    """Values by attribute for computations, and the attributes that have only tentative claims.

    Estimates and rumours are left out: a figure computed from them would look exact.
    """
    values: dict[str, Any] = {}
    guessed = []
    for attribute in ATTRIBUTES.values():
        claim = resolved(statements, attribute)
        if claim is None or claim.value is None:
            continue
        if claim.status in TENTATIVE_STATUSES:
            guessed.append(attribute.id)
        else:
            values[attribute.id] = claim.value
    return values, guessed


WITHOUT_EXPERTS = (
    "n_experts", "n_experts_active", "n_shared_experts", "d_shared_expert", "router_scales",
    "shared_expert_gate", "d_expert", "d_expert_latent", "n_zero_experts",
    "expert_latent_norm", "n_attention_experts", "attention_router",
)  # fmt: skip
"""Attributes that have no meaning for a dense model."""


def without_meaning(statements: Statements) -> Iterator[str]:
    """Attributes without claims that cannot have any: a dense model has no experts."""
    sparsity = statements.get("sparsity")
    if sparsity and sparsity[0].value == "dense":
        yield from (name for name in WITHOUT_EXPERTS if name not in statements)


def record(statements: Statements) -> dict[str, Any]:
    """The columns of the view `models` filled from these claims, and `status` where it is not `reported`."""
    row: dict[str, Any] = {}
    status: dict[str, str] = {}
    for attribute in said(statements):
        claim = resolved(statements, attribute)
        if claim is None:
            continue
        if claim.status != "reported":
            status[attribute.id] = claim.status
        if claim.value is not None:
            row.update(columns_of(attribute, claim.value))
    status.update(dict.fromkeys(without_meaning(statements), "not-applicable"))
    _batch_tokens(row)
    row["status"] = status
    return row


def columns_of(attribute: Attribute, value: Any) -> dict[str, Any]:
    """The columns of an attribute for a value; lists stay lists."""
    name = attribute.id
    if attribute.plain:
        return {name: value}
    if attribute.kind == "date":
        return {
            name: value,
            f"{name}_min": dates.first_day(value),
            f"{name}_max": dates.last_day(value),
        }
    if attribute.kind == "batch":
        return {name: value["stages"][-1], f"{name}_unit": value["unit"]}
    if attribute.kind == "quantity":
        return {name: value["value"], f"{name}_unit": value["unit"]}
    found: dict[str, Any] = {}
    if attribute.kind == "integer" and (attribute.many or attribute.per_layer):
        numbers = value if isinstance(value, list) else kinds_of(value)
        found = {name: max(numbers), f"{name}_min": min(numbers), f"{name}_max": max(numbers)}
    elif attribute.per_layer:
        kinds = kinds_of(value)
        found = {name: kinds[0] if len(kinds) == 1 else kinds}
    else:
        found = {name: value}
    pattern = pattern_of(value)
    if pattern is not None:
        found[f"{name}_pattern"] = pattern
    return found


def _batch_tokens(row: dict[str, Any]) -> None:
    """Add the batch size in tokens, where its unit is tokens or the pretraining length is known."""
    batch = row.get("batch_size")
    if batch is None:
        return
    if row["batch_size_unit"] == "tokens":
        row["batch_size_tokens"] = batch
    elif row.get("context_length_pretraining"):
        row["batch_size_tokens"] = batch * row["context_length_pretraining"]
