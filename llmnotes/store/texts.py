"""What the full-text index of the curated store holds of families, models, entities and techniques."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from llmnotes.catalog import Catalog
from llmnotes.records import Family, Model

_BETWEEN = " · "
"""Stands between two texts of an entry, as an excerpt shows them."""


_TELLING = 2
"""Number of models up to which a note tells something of each: `The list gives the year.` tells nothing."""


def texts(families: Iterable[Family], found: Catalog) -> Iterator[dict[str, Any]]:
    """The entries of the index, families before their members.

    Numbers are left out, for which there are filters, and notes that many models share.
    """
    families = list(families)
    shared = Counter(
        note
        for family in families
        for model in family.models
        for note in {claim.note for claims in model.claims.values() for claim in claims}
    )
    common = frozenset(note for note, models in shared.items() if models > _TELLING)
    for family in families:
        yield _subject("family", family, family.summary, common)
        for model in family.models:
            yield _subject("model", model, None, common)
    for kind, entities in found.entities.items():
        for item in entities.values():
            yield _entry(kind, item.id, item.name, [item.about, *item.aliases])
    for technique in found.techniques.values():
        said = [technique.definition, technique.explanation, *technique.aliases]
        yield _entry("technique", technique.id, technique.name, said)


def _subject(
    kind: str, subject: Family | Model, summary: str | None, common: frozenset[str | None]
) -> dict[str, Any]:
    said: list[str | None] = [summary, *subject.aliases]
    for claims in subject.claims.values():
        for claim in claims:
            said += [*words(claim.value), None if claim.note in common else claim.note]
    return _entry(kind, subject.id, subject.name, said)


def _entry(kind: str, key: str, title: str, said: Iterable[str | None]) -> dict[str, Any]:
    """One entry, with each text once: claims of several sources repeat their values and notes."""
    body = _BETWEEN.join(dict.fromkeys(filter(None, said)))
    return {"kind": kind, "id": key, "title": title, "body": body}


def words(value: Any) -> Iterator[str]:
    """The texts in a value; no numbers, so of a result its benchmark, metric and setting."""
    if isinstance(value, dict):
        for part in value.values():
            if isinstance(part, str | list | dict):
                yield from words(part)
    elif isinstance(value, list):
        for part in value:
            yield from words(part)
    elif isinstance(value, str):
        yield value
