"""The users of a technique or a value, with their sources."""

from __future__ import annotations

import sqlite3
from typing import Any

from llmnotes.errors import InputError
from llmnotes.knowledge.entities import Entity, called
from llmnotes.knowledge.entity_uses import portrait
from llmnotes.knowledge.members import check_variants
from llmnotes.knowledge.sources import sources
from llmnotes.study.descriptions import pair_of
from llmnotes.study.meanings import best_meanings, meanings, unknown_term
from llmnotes.study.techniques import techniques
from llmnotes.study.uses import uses


def users(
    connection: sqlite3.Connection,
    term: str,
    *,
    variants: str | None = None,
    tentative: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """The models that use `term`: a technique, a term of a vocabulary, or an entity.

    `variants` has the meaning of `uses`. Raises `InputError` where the term is ambiguous or unknown.
    """
    if variants is not None:
        check_variants(variants)
    known = techniques(connection)
    found = [m for m in meanings(connection, known, term) if m.kind in {"technique", "value"}]
    recorded = any(
        meaning.kind == "technique" and known[meaning.id].stands_for for meaning in found
    )
    if not recorded and (named := called(connection, term)):
        return _of_entities(connection, named, variants, tentative)
    if not found:
        if any(m.kind == "attribute" for m in meanings(connection, known, term)):
            raise InputError(
                f"{term!r} is an attribute; `llmnotes explain {term}` lists its values, name one"
            )
        raise unknown_term(connection, known, term)
    best = best_meanings(found, term)
    if len(best) > 1:
        choices = ", ".join(sorted(meaning.id for meaning in best))
        raise InputError(f"{term!r} can mean {choices}; choose one of them")
    meaning = best[0]
    if meaning.kind == "technique":
        name, pairs = known[meaning.id].name, known[meaning.id].stands_for
    else:
        pairs = [pair_of(meaning.id)]
        name = pairs[0][1]
    used_by = uses(connection, pairs, variants=variants, tentative=tentative)
    return {
        "kind": meaning.kind,
        "id": meaning.id,
        "name": name,
        "stands_for": [{"attribute": attribute, "term": value} for attribute, value in pairs],
        "used_by": [use._asdict() for use in used_by],
        "sources": sources(connection, [use.source for use in used_by if use.source]),
    }


def _of_entities(
    connection: sqlite3.Connection,
    named: list[Entity],
    variants: str | None,
    tentative: frozenset[str],
) -> dict[str, Any]:
    """The models whose values name the entities of this name, which may be several."""
    found = [portrait(connection, item, variants=variants, tentative=tentative) for item in named]
    used_by = [use for item in found for use in item.used_by]
    pairs = dict.fromkeys((use.attribute, use.term) for use in used_by)
    return {
        "kind": " and ".join(item.kind for item in named),
        "id": named[0].id,
        "name": named[0].name,
        "stands_for": [{"attribute": attribute, "term": term} for attribute, term in pairs],
        "used_by": [use._asdict() for use in used_by],
        "sources": sources(connection, [use.source for use in used_by if use.source]),
    }
