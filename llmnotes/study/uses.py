"""Which models use a technique, computed from their claims."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from llmnotes.resolve import resolved
from llmnotes.schema import ATTRIBUTES, TENTATIVE_STATUSES
from llmnotes.store.claims import Claims
from llmnotes.vocabulary import included

Pair = tuple[str, str]
"""An attribute and its term: `("attention", "GQA")`, `("n_token_types", "2..")`."""


def least(term: str) -> int:
    """The lower bound of a term such as `2..`."""
    return int(term.removesuffix(".."))


class Use(NamedTuple):
    """A model whose value is a term, with its source."""

    model: str
    name: str
    family: str | None
    size: str | None
    variant: str
    attribute: str
    term: str
    status: str
    source: str | None
    locator: str | None


def uses(
    connection: sqlite3.Connection,
    pairs: Iterable[Pair],
    *,
    variants: str | None = None,
    tentative: frozenset[str] = frozenset(),
    limit: int | None = None,
    claims: Claims | None = None,
) -> list[Use]:
    """Models that have any of the pairs or what its term includes, by release of their families and by size.

    One of which only the year is known comes at its end.

    `variants` is `base`, `post-trained` or `all`; by default base models count, and for attributes of
    post-training also post-trained ones, since only they have it. Estimated and rumoured values count only
    where `tentative` has their status. `claims` are those of all models, if already read.
    """
    found: list[Use] = []
    for pair in pairs:
        ids = _holding(connection, pair, variants, limit)
        found += _uses(claims or Claims(connection, ids), pair, ids, tentative)
    return found[:limit] if limit is not None else found


def _holding(
    connection: sqlite3.Connection, pair: Pair, variants: str | None, limit: int | None
) -> list[str]:
    name, term = pair
    attribute = ATTRIBUTES[name]
    values: list[Any]
    if attribute.kind == "integer":
        holds, values = f"m.{name} >= ?", [least(term)]
    elif attribute.is_list or attribute.per_layer:
        terms = (term, *included(attribute.vocabulary or "", term))
        marks = ", ".join("?" * len(terms))
        holds = (
            f"m.id IN (SELECT model FROM model_values WHERE attribute = ? AND value IN ({marks}))"
        )
        values = [name, *terms]
    else:
        held = int(term == "yes") if attribute.kind == "flag" else term
        holds, values = f"m.{name} = ?", [held]
    variants = variants or ("all" if attribute.group == "post-training" else "base")
    if variants != "all":
        holds += " AND m.variant = ?"
        values.append(variants)
    query = (
        f"SELECT m.id FROM models m WHERE {holds} ORDER BY m.release_date_max IS NULL, "
        "m.release_date_max, m.release_date_min DESC, m.family, m.position, m.id LIMIT ?"
    )
    return [row[0] for row in connection.execute(query, (*values, -1 if limit is None else limit))]


def _uses(claims: Claims, pair: Pair, ids: list[str], tentative: frozenset[str]) -> Iterator[Use]:
    for key in ids:
        claim = resolved(claims.of_model(key), ATTRIBUTES[pair[0]])
        if claim is None or (claim.status in TENTATIVE_STATUSES and claim.status not in tentative):
            continue
        model = claims.models[key]
        yield Use(
            key, model["name"], model["family"], model["size"], model["variant"], *pair,
            claim.status, claim.source, claim.locator,
        )  # fmt: skip


def by_family(found: Iterable[Use]) -> dict[str, list[Use]]:
    """Uses by family, in their order; a model without a family is its own group."""
    groups: dict[str, list[Use]] = {}
    for use in found:
        groups.setdefault(use.family or use.model, []).append(use)
    return groups
