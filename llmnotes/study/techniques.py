"""The techniques of the store, by id."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import Any, NamedTuple


class TechniqueEntry(NamedTuple):
    """A technique; `stands_for` pairs attributes with the vocabulary terms it explains."""

    id: str
    name: str
    category: str
    aliases: list[str]
    definition: str
    explanation: str
    formula: str | None
    prerequisites: list[str]
    replaces: list[str]
    stands_for: list[tuple[str, str]]
    paper: dict[str, Any] | None
    no_paper: str | None

    @property
    def date(self) -> str | None:
        """When it was published: the month of the arXiv id, else the paper's year."""
        if self.paper is None:
            return None
        month = re.search(r"(?:^|/)(\d\d)(0[1-9]|1[0-2])", self.paper.get("arxiv") or "")
        if month is None:
            return str(self.paper["year"])
        century = 19 if int(month[1]) > 90 else 20  # arXiv began in 1991
        return f"{century}{month[1]}-{month[2]}"


def techniques(connection: sqlite3.Connection) -> dict[str, TechniqueEntry]:
    """Every technique by id, in the order of the categories' files."""
    rows = connection.execute(f"SELECT {', '.join(TechniqueEntry._fields)} FROM techniques")
    return {row[0]: _technique(row) for row in rows}


def _technique(row: tuple[Any, ...]) -> TechniqueEntry:
    key, name, category, aliases, definition, explanation, formula, *rest = row
    prerequisites, replaces, stands_for, paper, no_paper = rest
    pairs = [pair.split(" = ", 1) for pair in json.loads(stands_for)]
    return TechniqueEntry(
        key, name, category, json.loads(aliases), definition, explanation or "", formula,
        json.loads(prerequisites), json.loads(replaces), [(a, term) for a, term in pairs],
        json.loads(paper) if paper else None, no_paper,
    )  # fmt: skip


def paper_reference(paper: dict[str, Any]) -> str:
    """A one-line reference to a paper: authors, year, title, address."""
    authors = paper["authors"]
    who = " and ".join(authors) if len(authors) <= 2 else f"{authors[0]} et al."
    return f"{who} ({paper['year']}). {paper['title']}. {paper_url(paper) or ''}".strip()


def paper_url(paper: dict[str, Any]) -> str | None:
    """The address of a paper."""
    if paper.get("arxiv"):
        return f"https://arxiv.org/abs/{paper['arxiv']}"
    if paper.get("doi"):
        return f"https://doi.org/{paper['doi']}"
    return paper.get("url")
