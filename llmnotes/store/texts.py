"""What the full-text index of the curated store holds of families, models, entities and techniques."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from llmnotes.catalog import Catalog
from llmnotes.records import Family, Model

_BETWEEN = " · "
"""Stands between two texts of an entry, as an excerpt shows them."""


def texts(families: Iterable[Family], found: Catalog) -> Iterator[dict[str, Any]]:
    """The entries of the index, families before their members."""
    for family in families:
        yield _subject("family", family, family.summary)
        for model in family.models:
            yield _subject("model", model, None)
    for kind, entities in found.entities.items():
        for item in entities.values():
            yield _entry(kind, item.id, item.name, [item.about, *item.aliases])
    for technique in found.techniques.values():
        said = [technique.definition, technique.explanation, *technique.aliases]
        yield _entry("technique", technique.id, technique.name, said)


def _subject(kind: str, subject: Family | Model, summary: str | None) -> dict[str, Any]:
    said: list[str | None] = [summary, *subject.aliases]
    for claims in subject.claims.values():
        for claim in claims:
            said += [*words(claim.value), claim.note]
    return _entry(kind, subject.id, subject.name, said)


def _entry(kind: str, key: str, title: str, said: Iterable[str | None]) -> dict[str, Any]:
    """One entry, with each text once: claims of several sources repeat their values and notes."""
    body = _BETWEEN.join(dict.fromkeys(filter(None, said)))
    return {"kind": kind, "id": key, "title": title, "body": body}


def words(value: Any) -> Iterator[str]:
    """The texts in a value: of a result its benchmark, metric and setting, not the score."""
    if isinstance(value, dict):
        for part in value.values():
            if isinstance(part, str | list | dict):
                yield from words(part)
    elif isinstance(value, list):
        for part in value:
            yield from words(part)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
