"""Items about techniques: which one a definition or formula belongs to, and its paper."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from llmnotes.errors import InputError
from llmnotes.study.formulas import to_text
from llmnotes.study.items import Evidence, QuizItem
from llmnotes.study.tags import Tags
from llmnotes.vocabulary import fold

_FEWEST_WRONG = 3
_ENOUGH = 6
"""The number of others of the same category that suffices to draw false answers from."""


@dataclass(frozen=True, slots=True)
class _NamedTechnique:
    id: str
    name: str
    category: str
    definition: str
    formula: str | None
    names: frozenset[str]
    """Every folded name of the technique."""
    telling: str
    """The names of more than two letters, one on a line, to search for in other texts."""
    above: tuple[str, ...]
    terms: frozenset[str]
    paper: dict[str, Any] | None
    title: str
    """The paper's title, folded."""


def technique_items(connection: sqlite3.Connection, tags: Tags) -> list[QuizItem]:
    """Every item about techniques, in the order of the base."""
    known = {item.id: item for item in _read(connection)}
    kin = _kin(known)
    categories: dict[str, list[_NamedTechnique]] = {}
    for technique in known.values():
        categories.setdefault(technique.category, []).append(technique)
    found: list[QuizItem] = []
    for technique in known.values():
        others = _others(technique, categories[technique.category], kin[technique.id])
        if len(others) < _ENOUGH:
            others = _others(technique, list(known.values()), kin[technique.id])
        found += _definition(technique, others, tags)
        found += _formula(technique, others, tags)
        found += _paper(technique, others, tags)
    return found


def _others(
    technique: _NamedTechnique, among: list[_NamedTechnique], kin: set[str]
) -> list[_NamedTechnique]:
    """Techniques that are certainly different: unrelated, without a shared term or a common name."""
    return [
        other
        for other in among
        if other.id not in kin
        and other.id != technique.id
        and not technique.terms & other.terms
        and not _alike(technique, other)
    ]


def _read(connection: sqlite3.Connection) -> Iterator[_NamedTechnique]:
    for key, name, category, definition, formula, *lists, paper in connection.execute(
        "SELECT id, name, category, definition, formula, aliases, prerequisites, replaces, "
        "stands_for, paper FROM techniques ORDER BY id"
    ):
        aliases, before, replaced, terms = (json.loads(text or "[]") for text in lists)
        names = frozenset(fold(text) for text in (key, name, *aliases))
        cited = json.loads(paper) if paper else None
        yield _NamedTechnique(
            key, name, category, definition, formula, names,
            "\n".join(item for item in names if len(item) > 2), (*before, *replaced),
            frozenset(terms), cited, fold(cited["title"]) if cited else "",
        )  # fmt: skip


def _kin(known: dict[str, _NamedTechnique]) -> dict[str, set[str]]:
    """For each technique all its prerequisites and dependents, since a definition may fit both the general
    technique and the special one."""
    above: dict[str, set[str]] = {}

    def ancestors(key: str) -> set[str]:
        if key not in above:
            above[key] = set()
            for parent in known[key].above:
                if parent in known:
                    above[key] |= {parent} | ancestors(parent)
        return above[key]

    kin = {key: set(ancestors(key)) for key in known}
    for key in known:
        for parent in ancestors(key):
            kin[parent].add(key)
    return kin


def _alike(one: _NamedTechnique, other: _NamedTechnique) -> bool:
    """Whether one's name is part of the other's, so that either might be meant."""
    return _within(one, other) or _within(other, one)


def _within(one: _NamedTechnique, other: _NamedTechnique) -> bool:
    return any(name in other.telling for name in one.telling.split())


def _told(technique: _NamedTechnique, *texts: str) -> bool:
    """Whether a text reveals its technique."""
    words = [fold(text) for text in texts]
    return any(len(name) > 1 and name in text for name in technique.names for text in words)


def _unnamed(others: list[_NamedTechnique], text: str) -> dict[str, str]:
    """Names and ids of the techniques that the text does not mention, since one that a definition mentions
    may seem to be the one defined."""
    words = fold(text)
    return {
        other.name: other.id for other in others if not any(name in words for name in other.names)
    }


def _definition(
    technique: _NamedTechnique, others: list[_NamedTechnique], tags: Tags
) -> Iterator[QuizItem]:
    wrong = _unnamed(others, technique.definition)
    _, latex = _readable(technique.formula)
    if _told(technique, technique.definition) or len(wrong) < _FEWEST_WRONG:
        return
    yield QuizItem(
        f"definition/{technique.id}", "definition",
        f"Which technique is this? {technique.definition}", technique.name, lambda: wrong,
        (technique.id,), None, f"definition/{technique.category}",
        (_evidence(technique, "definition", technique.definition),),
        lambda: tags.of_technique("definition", technique.id), f"What is {technique.name}?",
        technique.definition, latex,
    )  # fmt: skip


def _formula(
    technique: _NamedTechnique, others: list[_NamedTechnique], tags: Tags
) -> Iterator[QuizItem]:
    text, latex = _readable(technique.formula)
    if not latex or _told(technique, text, latex):
        return
    different = [other for other in others if other.formula != technique.formula]
    wrong = _unnamed(different, text)
    if len(wrong) < _FEWEST_WRONG:
        return
    yield QuizItem(
        f"formula/{technique.id}", "formula",
        f"Which technique does this formula belong to? {text}", technique.name, lambda: wrong,
        (technique.id,), None, f"formula/{technique.category}",
        (_evidence(technique, "formula", latex),),
        lambda: tags.of_technique("formula", technique.id), f"Key formula of {technique.name}?",
        text, latex,
    )  # fmt: skip


def _readable(latex: str | None) -> tuple[str, str | None]:
    """The formula as a line of text and in LaTeX; empty where it cannot be converted."""
    if not latex:
        return "", None
    try:
        return to_text(latex), latex
    except InputError:
        return "", None


def _paper(
    technique: _NamedTechnique, others: list[_NamedTechnique], tags: Tags
) -> Iterator[QuizItem]:
    if technique.paper is None or _told(technique, technique.paper["title"]):
        return
    answer = citation(technique.paper)
    wrong = {
        citation(other.paper): None
        for other in others
        if other.paper
        and other.title != technique.title
        and not any(name in other.title for name in technique.names)
    }
    if len(wrong) < _FEWEST_WRONG:
        return
    prompt = f"Which paper does the base cite for {technique.name}?"
    yield QuizItem(
        f"paper/{technique.id}", "paper", prompt, answer, lambda: wrong, (technique.id,), None,
        f"paper/{technique.category}", (_evidence(technique, "paper", technique.paper["title"]),),
        lambda: tags.of_technique("paper", technique.id), prompt, answer,
    )  # fmt: skip


def citation(paper: dict[str, Any]) -> str:
    """A paper in one line: authors, year, title."""
    authors = paper["authors"]
    who = authors[0] if len(authors) == 1 else f"{authors[0]} et al."
    return f"{who} ({paper['year']}): {paper['title']}"


def _evidence(technique: _NamedTechnique, field: str, value: str) -> Evidence:
    paper = technique.paper or {}
    place = (
        f"arXiv:{paper['arxiv']}" if paper.get("arxiv") else paper.get("doi") or paper.get("url")
    )
    return Evidence(technique.id, field, value, "reported", None, place)
