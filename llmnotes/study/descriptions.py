"""Descriptions of attributes, values, units, statuses and models from the schema and the base."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from llmnotes.knowledge.members import members
from llmnotes.resolve import resolved
from llmnotes.schema import (
    ATTRIBUTES,
    FLAG_TERMS,
    GROUPS,
    LAYERS,
    STATUSES,
    TENTATIVE_STATUSES,
    Attribute,
)
from llmnotes.store.claims import Claims
from llmnotes.study.techniques import TechniqueEntry
from llmnotes.study.units import UNITS
from llmnotes.study.uses import Pair, least
from llmnotes.values import elements
from llmnotes.vocabulary import INCLUDED, included


def line(kind: str, key: str) -> tuple[str, str]:
    """Name and summary of any declared entry."""
    if kind == "attribute":
        return ATTRIBUTES[key].label, ATTRIBUTES[key].meaning
    if kind == "unit":
        return key, UNITS[key].meaning
    if kind == "value":
        name, term = pair_of(key)
        return term, f"A value of {ATTRIBUTES[name].label}: {ATTRIBUTES[name].meaning}"
    text = STATUSES.get(key) or LAYERS[key]
    what = "status" if key in STATUSES else "layer"
    return key, f"The {what} of a claim: {text}."


def pair_of(key: str) -> Pair:
    """The attribute and the term of a value's id, `availability = open-weights`."""
    name, term = key.split(" = ", 1)
    return name, term


def value_facts(pair: Pair) -> dict[str, Any]:
    """The value's attribute, its synonyms and its alternatives."""
    name, term = pair
    item = ATTRIBUTES[name]
    return {
        "attribute": name,
        "term": term,
        "aliases": list(item.terms.get(term, ())),
        "alternatives": [other for other in terms_of(item) if other != term],
    }


def terms_of(item: Attribute) -> tuple[str, ...]:
    """The possible values of an attribute with a closed list."""
    if item.kind == "flag":
        return FLAG_TERMS
    return tuple(item.terms) if item.kind in {"term", "terms"} else ()


def unit_facts(key: str) -> dict[str, Any]:
    """Alternative spellings of a unit, and the attributes measured in it."""
    measured = [
        item.id
        for item in ATTRIBUTES.values()
        if item.unit == key or ((item.vocabulary or "").endswith("_unit") and key in item.terms)
    ]
    if key in {"tokens", "sequences"}:
        measured.append("batch_size")
    return {"aliases": list(UNITS[key].aliases), "measures": list(dict.fromkeys(measured))}


def attribute_facts(
    connection: sqlite3.Connection, known: Mapping[str, TechniqueEntry], key: str
) -> dict[str, Any]:
    """An attribute's declaration, its number of known values, and the techniques of its terms."""
    item = ATTRIBUTES[key]
    explained = {
        pair: technique.id for technique in known.values() for pair in technique.stands_for
    }
    counts = _term_counts(connection, item)
    terms = [
        {"term": term, "technique": explained.get((key, term)), "models": counts.get(term, 0)}
        for term in terms_of(item)
    ]
    related = [
        technique.id for technique in known.values() if technique.id == key.replace("_", "-")
    ]
    return {
        "group": GROUPS[item.group],
        "value_kind": item.kind,
        "unit": item.unit,
        "option": f"--{item.option_name.replace('_', '-')}",
        "row": item.row,
        "terms": terms,
        "techniques": related,
        "neighbours": [
            other.id for other in ATTRIBUTES.values() if other.group == item.group and other != item
        ],
        "known_of": _known_of(connection, item),
    }


def _counted(item: Attribute) -> str:
    """The variants that are counted, as in `uses`: a post-trained variant inherits its base's values."""
    return "1" if item.group == "post-training" else "m.variant = 'base'"


def _term_counts(connection: sqlite3.Connection, item: Attribute) -> dict[str, int]:
    """Models of each term; those of a general one are those of its special ones too."""
    if item.is_list or item.per_layer:
        rows = connection.execute(
            "SELECT v.value, m.id FROM model_values v JOIN models m "
            f"ON m.id = v.model WHERE v.attribute = ? AND {_counted(item)}",
            (item.id,),
        )
        held: dict[str, set[str]] = {}
        for value, model in rows:
            held.setdefault(value, set()).add(model)
        found = {}
        for term in {*held, *INCLUDED.get(item.vocabulary or "", {})}:
            terms = (term, *included(item.vocabulary or "", term))
            found[term] = len(set().union(*(held.get(one, set()) for one in terms)))
        return found
    if item.kind not in {"term", "flag"}:
        return {}
    rows = connection.execute(
        f"SELECT m.{item.id}, count(*) FROM models m WHERE {_counted(item)} GROUP BY m.{item.id}"
    )
    if item.kind == "flag":
        return {"yes" if value else "no": count for value, count in rows if value is not None}
    return dict(rows.fetchall())


def _known_of(connection: sqlite3.Connection, item: Attribute) -> dict[str, Any]:
    """How many models have a value, of how many; for numbers also the range."""
    low, high = f"min(m.{item.id})", f"max(m.{item.id})"
    names = [column.name for column in item.columns]
    if f"{item.id}_min" in names:
        low, high = f"min(m.{item.id}_min)", f"max(m.{item.id}_max)"
    row = connection.execute(
        f"SELECT count(*), count(m.{item.id}), {low}, {high} FROM models m WHERE {_counted(item)}"
    ).fetchone()
    found = {"models": row[0], "known": row[1]}
    if item.is_numeric or item.kind == "date":
        found |= {"smallest": row[2], "largest": row[3]}
    return found


def subject_line(connection: sqlite3.Connection, kind: str, key: str) -> tuple[str, str]:
    """Name and summary of a model or a family."""
    if kind == "family":
        row = connection.execute(
            "SELECT name, summary FROM families WHERE id = ?", (key,)
        ).fetchone()
        return row[0], row[1] or "A family of models."
    row = connection.execute(
        "SELECT m.name, f.name FROM models m LEFT JOIN families f ON f.id = m.family "
        "WHERE m.id = ?",
        (key,),
    ).fetchone()
    return row[0], f"A model of the family {row[1]}." if row[1] else "A model."


def subject_facts(
    connection: sqlite3.Connection, known: Mapping[str, TechniqueEntry], kind: str, key: str
) -> dict[str, Any]:
    """The techniques that correspond to the values of a model or family."""
    models = members(connection, key) if kind == "family" else [key]
    claims = Claims(connection, models)
    explained = {pair: item.id for item in known.values() for pair in item.stands_for}
    found: dict[str, list[Pair]] = {}
    for model in claims.models:
        for pair in [*_terms_of(claims, model), *_ranges_of(claims, model, explained)]:
            if pair in explained:
                pairs = found.setdefault(explained[pair], [])
                pairs += [pair] if pair not in pairs else []
    return {
        "models": models,
        "techniques": [
            {"id": technique, "stands_for": [f"{name} = {term}" for name, term in pairs]}
            for technique, pairs in found.items()
        ],
    }


def _ranges_of(claims: Claims, model: str, pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs of an attribute and a range that a model's value lies in."""
    found = []
    for name, term in pairs:
        if ATTRIBUTES[name].kind != "integer":
            continue
        claim = resolved(claims.of_model(model), ATTRIBUTES[name])
        if claim is None or claim.value is None or claim.status in TENTATIVE_STATUSES:
            continue
        if any(number >= least(term) for number in elements(ATTRIBUTES[name], claim.value)):
            found.append((name, term))
    return found


def _terms_of(claims: Claims, model: str) -> list[Pair]:
    found = []
    for attribute in ATTRIBUTES.values():
        if not terms_of(attribute):
            continue
        claim = resolved(claims.of_model(model), attribute)
        if claim is None or claim.value is None or claim.status in TENTATIVE_STATUSES:
            continue
        if attribute.kind == "flag":
            found.append((attribute.id, "yes" if claim.value else "no"))
        else:
            found += [(attribute.id, str(term)) for term in elements(attribute, claim.value)]
    return found
