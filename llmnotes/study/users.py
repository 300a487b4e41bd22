"""The users of a technique or a value, with the sources that say so."""

from __future__ import annotations

import sqlite3
from typing import Any

from llmnotes.errors import InputError
from llmnotes.knowledge.names import check_variants
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
    """The models that use what `term` means: a technique, or a term of a vocabulary.

    `variants` is read as `uses` reads it.
    Raises `InputError` where the term means several such things, or none.
    """
    if variants is not None:
        check_variants(variants)
    known = techniques(connection)
    found = [m for m in meanings(connection, known, term) if m.kind in {"technique", "value"}]
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
