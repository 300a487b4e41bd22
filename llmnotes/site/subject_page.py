"""The page of a model or family, with the links and files that belong to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from llmnotes.export import render as render_answer
from llmnotes.export.bibliography import bibtex
from llmnotes.knowledge.conflicts import Conflict, conflicts
from llmnotes.knowledge.show import Portrait
from llmnotes.schema import ATTRIBUTES, Attribute
from llmnotes.site import discovery, places
from llmnotes.site.cards import card
from llmnotes.site.edition import Site
from llmnotes.site.library import Library
from llmnotes.site.neighbours import Neighbour, NeighbourFinder
from llmnotes.site.portraits import Portraits
from llmnotes.site.render import render
from llmnotes.site.subjects import (
    claim_groups,
    claim_text,
    references,
    unknown_labels,
    value_groups,
)
from llmnotes.study.reading import notes_on
from llmnotes.views.subject import subject_answer

FILES = {"md": "markdown", "csv": "csv", "tex": "latex", "bib": "bibtex", "json": "json"}
"""The files beside a page by ending, with the format of each."""

_FACTS = ("organization", "release_date", "params_total", "context_length", "license")


class Fact(NamedTuple):
    """One of the few things said at the top of a page."""

    label: str
    text: str
    href: str | None = None


class NeighbourLink(NamedTuple):
    """A neighbour with its name, its page, and the page that compares the two."""

    kind: str
    id: str
    name: str
    relation: str
    page: str | None


class Member(NamedTuple):
    """A member of a family."""

    id: str
    name: str
    says: str


class Said(NamedTuple):
    """A claim in a table of contradictions."""

    text: str
    notes: list[int]
    locator: str


class Contradiction(NamedTuple):
    """Two claims that disagree, and the rule that puts one before the other."""

    kind: str
    of: str
    attribute: Attribute
    shown: Said
    other: Said
    why: str


def contradictions(found: Conflict, numbers: dict[str, int]) -> Iterator[Contradiction]:
    """One line for each claim that disagrees with the one shown."""

    def said(claim: Any) -> Said:
        number = numbers.get(claim.source or "")
        return Said(claim_text(claim), [number] if number else [], claim.locator or "")

    for other in found.others:
        yield Contradiction(
            found.kind, found.subject, ATTRIBUTES[found.attribute], said(found.resolved),
            said(other.claim), other.why,
        )  # fmt: skip


class SubjectPages:
    """Makes the pages of models and families."""

    def __init__(self, library: Library, site: Site, neighbours: NeighbourFinder) -> None:
        self._library = library
        self._site = site
        self._neighbours = neighbours
        self._portraits = Portraits(library)
        self._pairs = set(neighbours.pairs())
        self._conflicts: dict[tuple[str, str], list[Conflict]] = {}
        for item in conflicts(library.connection):
            self._conflicts.setdefault((item.kind, item.subject), []).append(item)

    def beside(self, kind: str, key: str, ending: str) -> str:
        """The text of a file beside a page, one of `FILES`."""
        found = self._portraits.of(kind, key)
        if ending == "json":
            return json.dumps(found.record, ensure_ascii=False, separators=(",", ":"))
        if ending == "bib":
            return bibtex(found.sources)
        return render_answer(subject_answer(found), FILES[ending])

    def page(self, kind: str, key: str) -> str:
        """The text of a page."""
        found = self._portraits.of(kind, key)
        path = places.page(kind, key)
        numbers = {source["id"]: number for number, source in enumerate(found.sources, start=1)}
        groups = value_groups(found)
        claims = claim_groups(found) if kind == "family" else []
        subject = found.values.subjects[0]
        family, summary, members = self._around(kind, key)
        description = self._description(kind, key, summary)
        lines = [
            line
            for item in self._conflicts.get((kind, key), [])
            for line in contradictions(item, numbers)
        ]
        return render(
            "subject.html", path, site=self._site, title=subject.name, description=description,
            subject=subject, summary=summary, family=family, members=members,
            facts=list(self._facts(kind, key, path)), groups=groups,
            files={ending: places.page(kind, key, ending) for ending in FILES},
            claims=claims, claim_count=len(found.claims), conflicts=lines,
            neighbours=list(self._links(kind, key)), references=references(found.sources),
            own_notes=notes_on(self._library.connection, kind, key), report=_report(found, self._site),
            unknown=unknown_labels(found),
            picture=places.page(kind, key, "png"),
            json_ld=discovery.dataset(
                subject.name, description,
                self._site.absolute(path) if self._site.url else None, found.sources,
            ),
        )  # fmt: skip

    def picture(self, kind: str, key: str) -> bytes | None:
        """The picture beside a page; None without Pillow."""
        column = self._library.columns[kind, key]
        facts = [
            (ATTRIBUTES[name].label, self._library.cell(column, ATTRIBUTES[name]).text)
            for name in (
                "organization",
                "release_date",
                "params_total",
                "context_length",
                "attention",
            )
        ]
        return card(column.name, f"{kind}, every value with its source", facts)

    def _around(
        self, kind: str, key: str
    ) -> tuple[dict[str, Any] | None, str | None, list[Member]]:
        library = self._library
        if kind == "model":
            family = library.families.get(library.models[key]["family"] or "")
            return family, None, []
        members = [
            Member(
                model, library.models[model]["name"],
                f"{library.models[model]['variant']}, {self._text(model, 'params_total')} parameters",
            )
            for model in library.members[key]
        ]  # fmt: skip
        return None, library.families[key]["summary"], members

    def _text(self, model: str, attribute: str) -> str:
        return self._library.cell(self._library.columns["model", model], ATTRIBUTES[attribute]).text

    def _description(self, kind: str, key: str, summary: str | None) -> str:
        if summary:
            return summary
        by = self._library.cell(self._library.columns[kind, key], ATTRIBUTES["organization"]).text
        name = self._library.name(kind, key)
        return (
            f"{name} by {by}: architecture, training and evaluation, every value with its source."
        )

    def _facts(self, kind: str, key: str, path: str) -> Iterator[Fact]:
        column = self._library.columns[kind, key]
        if kind == "model":
            yield Fact("Variant", self._library.models[key]["variant"])
        for name in _FACTS:
            cell = self._library.cell(column, ATTRIBUTES[name])
            named = (
                cell.values[0].value if name == "organization" and len(cell.values) == 1 else None
            )
            href = None
            if named and len(named) == 1 and named[0] in self._library.organizations:
                href = places.relative(places.page("organization", named[0]), path)
            yield Fact(ATTRIBUTES[name].label, cell.text, href)

    def _links(self, kind: str, key: str) -> Iterator[NeighbourLink]:
        found: list[Neighbour] = self._neighbours.descent(kind, key)
        if kind == "model":
            found += self._neighbours.rivals(key)
        for item in found:
            pair = self._neighbours.ordered((kind, key), (item.kind, item.id), item.relation)
            page = places.comparison(pair[0][1], pair[1][1]) if pair in self._pairs else None
            yield NeighbourLink(
                item.kind, item.id, self._library.name(item.kind, item.id), item.relation, page
            )


def _report(found: Portrait, site: Site) -> str:
    """The text of an issue about a value, for a person to finish."""
    subject = found.record["id"]
    return (
        f"Subject: {subject} (llmnotes {site.edition})\n"
        "Attribute: \n"
        "What the page says: \n"
        "What is right: \n"
        "Who says so (document, version, table or section): \n"
    )
