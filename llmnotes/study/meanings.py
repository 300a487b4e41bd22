"""What a word can mean: a technique, an attribute, a value, a unit, a word of llmnotes, a model, or
a thing that values name, such as a benchmark."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from llmnotes.attributes.entities import PLURALS
from llmnotes.errors import InputError
from llmnotes.knowledge.entities import called
from llmnotes.schema import ATTRIBUTES, FLAG_TERMS, LAYERS, STATUSES, attribute
from llmnotes.spelling import nearest
from llmnotes.study.techniques import TechniqueEntry
from llmnotes.study.units import UNITS
from llmnotes.vocabulary import fold, spellings

OWN_NAME, TERM, OTHER_NAME, SUBJECT, ENTITY = range(5)
"""How well a name fits, best first: what a thing is called, a value of a table, an alias or
synonym, the name of a model or family, the name of a publisher, dataset, benchmark … whose own
name is as good as an alias, where no model is called so."""


EVERYDAY = {
    "context_length": ("context window", "context size", "ctx", "maximum sequence length"),
    "params_total": ("number of parameters", "parameter count", "model size"),
    "d_model": ("hidden size", "embedding size"),
    "n_heads": ("attention heads", "number of heads"),
    "n_layers": ("number of layers", "depth"),
    "vocab_size": ("vocab", "vocabulary size"),
    "knowledge_cutoff": ("training cutoff", "cutoff date"),
    "d_per_layer_embedding": ("per-layer embeddings", "PLE"),
}
"""Everyday names of attributes, besides their ids, labels and the notes' rows."""


class Meaning(NamedTuple):
    """One meaning of a name; `via` is the spelling that matched."""

    kind: str
    id: str
    fit: int
    via: str


def meanings(
    connection: sqlite3.Connection, known: Mapping[str, TechniqueEntry], term: str
) -> list[Meaning]:
    """All meanings of `term`, the best match of each entry, best first.

    Case, blanks and punctuation do not count. Where the whole means nothing, it is tried without
    its parentheses, then what stands in them, then without a plural's s, or with one; then among
    the values that models have, and among what tables in other languages call the attributes.
    """
    if pair := _PAIR.match(term):
        return _of_pair(connection, known, pair[1], pair[2])
    for name in dict.fromkeys(
        (term, *own_names(term.strip()), term.strip().removesuffix("s"), f"{term.strip()}s")
    ):
        if fold(name) and (found := _called(connection, known, fold(name))):
            return found
    return _recorded(connection, fold(term)) or _headed(term)


def _headed(term: str) -> list[Meaning]:
    """The attributes that tables in any language call so: `Lernrate`, `上下文长度`."""
    from llmnotes.attributes.headers import header_names

    key = fold(term)
    if not key:
        return []
    return [
        Meaning("attribute", name, OTHER_NAME, word)
        for name, words in header_names().attributes.items()
        for word in [next((word for word in words if fold(word) == key), None)]
        if word is not None
    ]


_PAIR = re.compile(r"\s*([A-Za-z][\w-]*)\s*=\s*(.+?)\s*$")


def _of_pair(
    connection: sqlite3.Connection, known: Mapping[str, TechniqueEntry], name: str, term: str
) -> list[Meaning]:
    """The meaning of a value written as `attention = GQA`."""
    item = attribute(name)
    spelled = spellings(item.vocabulary).get(fold(term)) if item.vocabulary else None
    if item.kind == "flag" and term.lower() in FLAG_TERMS:
        spelled = term.lower()
    if spelled is None:
        return [m for m in _recorded(connection, fold(term)) if m.id.startswith(f"{item.id} = ")]
    for technique in known.values():
        if (item.id, spelled) in technique.stands_for:
            return [Meaning("technique", technique.id, TERM, spelled)]
    return [Meaning("value", f"{item.id} = {spelled}", TERM, spelled)]


def _called(
    connection: sqlite3.Connection, known: Mapping[str, TechniqueEntry], key: str
) -> list[Meaning]:
    best: dict[tuple[str, str], Meaning] = {}
    for meaning in _named(known):
        if fold(meaning.via) == key:
            place = (meaning.kind, meaning.id)
            if place not in best or meaning.fit < best[place].fit:
                best[place] = meaning
    for kind, target, text in connection.execute(
        "SELECT kind, target, text FROM names WHERE key = ? AND kind IN ('family', 'model') "
        "ORDER BY kind, target",
        (key,),
    ):
        best[(kind, target)] = Meaning(kind, target, SUBJECT, text)
    is_model = any(meaning.fit == SUBJECT for meaning in best.values())
    for item in called(connection, key):
        own = key in {fold(item.name), fold(item.id)}
        # A kind of data is called by its own name alone: what its aliases say is less than it.
        if item.named or own:
            fit = OTHER_NAME if own and not is_model else ENTITY
            best[(item.kind, item.id)] = Meaning(item.kind, item.id, fit, item.name)
    return sorted(best.values(), key=lambda meaning: meaning.fit)


def _recorded(connection: sqlite3.Connection, key: str) -> list[Meaning]:
    """Values without a vocabulary that occur in models: datasets, benchmarks, languages, licences, and
    publishers by any of their names."""
    free = [
        item.id for item in ATTRIBUTES.values() if item.kind in {"datasets", "results", "texts"}
    ]
    rows = connection.execute(
        "SELECT DISTINCT attribute, value FROM model_values "
        f"WHERE attribute IN ({', '.join('?' * len(free))}) ORDER BY attribute, value",
        free,
    )
    found = [row for row in rows if fold(str(row[1])) == key]
    found += [
        row
        for row in connection.execute("SELECT DISTINCT 'license', license FROM models")
        if row[1] is not None and fold(row[1]) == key
    ]
    found += connection.execute(
        "SELECT 'organization', target FROM names WHERE kind = 'organization' AND key = ?", (key,)
    ).fetchall()
    return [Meaning("value", f"{name} = {value}", TERM, value) for name, value in found]


def _named(known: Mapping[str, TechniqueEntry]) -> Iterator[Meaning]:
    """Every name of everything except models, with the quality of the match."""
    for item in known.values():
        for name in (item.id, *own_names(item.name)):
            yield Meaning("technique", item.id, OWN_NAME, name)
        for name in item.aliases:
            yield Meaning("technique", item.id, OTHER_NAME, name)
    for declared in ATTRIBUTES.values():
        for name in (declared.id, declared.option_name, declared.label):
            yield Meaning("attribute", declared.id, OWN_NAME, name)
        for name in (declared.row or declared.id, *EVERYDAY.get(declared.id, ())):
            yield Meaning("attribute", declared.id, OTHER_NAME, name)
    explained = {pair: item.id for item in known.values() for pair in item.stands_for}
    for declared in ATTRIBUTES.values():
        if declared.kind not in {"term", "terms"}:
            continue
        for term, synonyms in declared.terms.items():
            technique = explained.get((declared.id, term))
            kind, key = (
                ("technique", technique) if technique else ("value", f"{declared.id} = {term}")
            )
            yield Meaning(kind, key, TERM, term)
            for name in synonyms:
                yield Meaning(kind, key, OTHER_NAME, name)
    for unit in UNITS.values():
        for name in (unit.id, *unit.aliases):
            yield Meaning("unit", unit.id, OWN_NAME, name)
    for word in (*STATUSES, *LAYERS):
        yield Meaning("word", word, OWN_NAME, word)


_PARENTHESES = re.compile(r"([^()]*[^()\s])\s?\(([^()]+)\)")


def own_names(name: str) -> Iterable[str]:
    """A name with and without its parentheses, and the short name in them: `GQA`, not `library`."""
    found = _PARENTHESES.fullmatch(name)
    if found is None:
        return (name,)
    is_name = any(char.isupper() for char in found[2]) and not set(found[2]) & set(" ,/")
    return (name, found[1], found[2]) if is_name else (name, found[1])


def _nearest(candidates: list[Meaning], term: str) -> list[str]:
    """The names most similar to `term`, one per entry."""
    means: dict[str, tuple[str, str]] = {}
    for item in candidates:
        means.setdefault(item.via, (item.kind, item.id))
    unique: dict[tuple[str, str], str] = {}
    for name in nearest(term[:100], means, limit=9):
        unique.setdefault(means[name], name)
    return list(unique.values())[:3]


def unknown_term(
    connection: sqlite3.Connection, known: Mapping[str, TechniqueEntry], term: str
) -> InputError:
    """The error for a name that means nothing, with the nearest names."""
    kinds = ("family", *PLURALS)
    rows = connection.execute(
        f"SELECT kind, target, text FROM names WHERE kind IN ({', '.join('?' * len(kinds))}) "
        "ORDER BY kind = 'family' DESC, target LIMIT 3000",
        kinds,
    )
    subjects = [Meaning(kind, target, SUBJECT, text) for kind, target, text in rows]
    close = _nearest([*_named(known), *subjects], term)
    hint = f"Nearest: {', '.join(close)}." if close else "`llmnotes topics` shows what there is."
    return InputError(f"unknown term {term[:60]!r}. {hint} `llmnotes search` looks in all texts.")


def best_meanings(found: list[Meaning], term: str) -> list[Meaning]:
    """The best matches, and among those the exact spellings, where there are any."""
    best = [meaning for meaning in found if meaning.fit == found[0].fit]
    return [meaning for meaning in best if meaning.via == term] or best


def find_technique(
    connection: sqlite3.Connection, known: Mapping[str, TechniqueEntry], name: str
) -> TechniqueEntry:
    """The technique called `name`.

    Raises `InputError` with the choices where it is ambiguous, and with the nearest where it is unknown.
    """
    found = [item for item in meanings(connection, known, name) if item.kind == "technique"]
    best = [item.id for item in best_meanings(found, name)] if found else []
    if len(best) == 1:
        return known[best[0]]
    if best:
        raise InputError(f"{name!r} can mean {', '.join(sorted(best))}; choose one of them")
    close = _nearest([item for item in _named(known) if item.kind == "technique"], name)
    hint = f" Nearest: {', '.join(close)}." if close else " `llmnotes topics` shows the course."
    raise InputError(f"unknown technique {name[:60]!r}.{hint}")
