"""The page of a model or family, with its links and files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from llmnotes.export import render as render_answer
from llmnotes.export.bibliography import bibtex
from llmnotes.knowledge.conflicts import Conflict
from llmnotes.knowledge.show import Portrait
from llmnotes.schema import ATTRIBUTES, Attribute
from llmnotes.site import discovery, places
from llmnotes.site.cards import card
from llmnotes.site.edition import Site
from llmnotes.site.entity_page import Pages
from llmnotes.site.library import Library
from llmnotes.site.neighbours import Neighbour, NeighbourFinder
from llmnotes.site.parts import Part, parts, size_of
from llmnotes.site.portraits import Portraits, family_claims
from llmnotes.site.render import render
from llmnotes.site.subjects import (
    SaidOf,
    claim_groups,
    claim_text,
    claims_said,
    references,
    unknown_labels,
    value_groups,
)
from llmnotes.study.reading import notes_on
from llmnotes.views.subject import subject_answer

FILES = {"md": "markdown", "csv": "csv", "tex": "latex", "bib": "bibtex", "json": "json"}
"""The files beside a page by suffix, with the format of each."""

_FACTS = ("organization", "release_date", "params_total", "context_length", "license")


class FactShown(NamedTuple):
    """One of the key facts at the top of a page."""

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


class ClaimShown(NamedTuple):
    """A claim in a table of contradictions."""

    text: str
    notes: list[int]
    locator: str


class Contradiction(NamedTuple):
    """Two contradicting claims, and the rule that ranks them."""

    kind: str
    of: str
    attribute: Attribute
    shown: ClaimShown
    other: ClaimShown
    why: str


def contradictions(found: Conflict, numbers: dict[str, int]) -> Iterator[Contradiction]:
    """One line for each claim that contradicts the resolved one."""

    def said(claim: Any) -> ClaimShown:
        number = numbers.get(claim.source or "")
        return ClaimShown(claim_text(claim), [number] if number else [], claim.locator or "")

    for other in found.others:
        yield Contradiction(
            found.kind, found.subject, ATTRIBUTES[found.attribute], said(found.resolved),
            said(other.claim), other.why,
        )  # fmt: skip


def _said(value: Any) -> Any:
    """A record without empty keys, which are a quarter of its size."""
    if isinstance(value, dict):
        return {key: _said(item) for key, item in value.items() if item is not None}
    return [_said(item) for item in value] if isinstance(value, list) else value


def _numbers(sources: list[dict[str, Any]]) -> dict[str, int]:
    return {source["id"]: number for number, source in enumerate(sources, start=1)}


def _claims_of(claims: list[Part[str, SaidOf]]) -> dict[str, str]:
    """The page on which the claims on each attribute begin."""
    found: dict[str, str] = {}
    for part in claims:
        for _, items in part.groups:
            for item in items:
                found.setdefault(item.claim.attribute, part.path)
    return found


def _claim_size(item: SaidOf) -> int:
    """The approximate size in bytes: a row, and a share of its source."""
    claim = item.claim
    texts = [str(claim.value), claim.locator, claim.note, claim.reason, *claim.printed, *item.of]
    return 300 + size_of(*texts)


class SubjectPages:
    """Renders the pages of models and families."""

    def __init__(self, library: Library, site: Site, neighbours: NeighbourFinder) -> None:
        self._library = library
        self._site = site
        self._neighbours = neighbours
        self._portraits = Portraits(library)
        self._pairs = set(neighbours.pairs())
        self._conflicts: dict[tuple[str, str], list[Conflict]] = {}
        for item in library.conflicts:
            self._conflicts.setdefault((item.kind, item.subject), []).append(item)

    def beside(self, kind: str, key: str, ending: str) -> str:
        """The content of a file beside a page, one of `FILES`."""
        found = self._portraits.of(kind, key)
        if ending == "json":
            return json.dumps(_said(found.record), ensure_ascii=False, separators=(",", ":"))
        if ending == "bib":
            return bibtex(found.sources)
        return render_answer(subject_answer(found), FILES[ending])

    def page(self, kind: str, key: str) -> str:
        """The content of a page."""
        found = self._portraits.of(kind, key)
        path = places.page(kind, key)
        disagree = self._conflicts.get((kind, key), [])
        claims = self._claim_parts(key) if kind == "family" else []
        cited = self._cited(found, disagree) if claims else found.sources
        numbers = _numbers(cited)
        subject = found.values.subjects[0]
        family, summary, members = self._around(kind, key)
        description = self._description(kind, key, summary)
        return render(
            "subject.html", path, site=self._site, title=subject.name, description=description,
            subject=subject, summary=summary, family=family, members=members,
            facts=list(self._facts(kind, key, path)), groups=value_groups(found, numbers),
            files={ending: places.page(kind, key, ending) for ending in FILES},
            claims=claims[0].path if claims else None, claims_of=_claims_of(claims),
            claim_count=len(found.claims),
            conflicts=[line for item in disagree for line in contradictions(item, numbers)],
            neighbours=list(self._links(kind, key)), references=references(cited),
            own_notes=notes_on(self._library.connection, kind, key), report=_report(found, self._site),
            unknown=unknown_labels(found),
            picture=places.page(kind, key, "png"),
            json_ld=discovery.dataset(
                subject.name, description,
                self._site.absolute(path) if self._site.url else None, found.sources,
            ),
        )  # fmt: skip

    def _cited(self, found: Portrait, disagree: list[Conflict]) -> list[dict[str, Any]]:
        """The sources that a family's page refers to, without those of its claims page."""
        used = [key for row in found.values.rows for key in row.cells[0].sources]
        for item in disagree:
            claims = [item.resolved, *(other.claim for other in item.others)]
            used += [claim.source for claim in claims if claim.source]
        return self._library.cited(used)

    def claims(self, family: str) -> Pages:
        """The pages of every claim on a family and its members."""
        for part in self._claim_parts(family):
            yield part.path, partial(self._claims_page, family, part)

    def _claim_parts(self, family: str) -> list[Part[str, SaidOf]]:
        said = claims_said(family_claims(self._library, family))
        path = places.claims(family)
        return parts(
            path, said, _claim_size, lambda _, item: ATTRIBUTES[item.claim.attribute].label
        )

    def _claims_page(self, family: str, part: Part[str, SaidOf]) -> str:
        claims = [item.claim for _, items in part.groups for item in items]
        cited = self._library.cited(claim.source for claim in claims if claim.source)
        name = self._library.name("family", family)
        return render(
            "claims.html", part.path, site=self._site, title=f"Every claim on {name}{part.suffix}",
            description="Each with its source and place; of each attribute the one shown stands first.",
            picture=None, family=family, name=name, parts=part.links,
            groups=claim_groups(part.groups, _numbers(cited)), references=references(cited),
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

    def _facts(self, kind: str, key: str, path: str) -> Iterator[FactShown]:
        column = self._library.columns[kind, key]
        if kind == "model":
            yield FactShown("Variant", self._library.models[key]["variant"])
        for name in _FACTS:
            cell = self._library.cell(column, ATTRIBUTES[name])
            named = (
                cell.values[0].value if name == "organization" and len(cell.values) == 1 else None
            )
            href = None
            if named and len(named) == 1 and named[0] in self._library.organizations:
                href = places.relative(places.page("organization", named[0]), path)
            yield FactShown(ATTRIBUTES[name].label, cell.text, href)

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
    """The text of a prefilled issue about a value."""
    subject = found.record["id"]
    return (
        f"Subject: {subject} (llmnotes {site.edition})\n"
        "Attribute: \n"
        "What the page says: \n"
        "What is right: \n"
        "Who says so (document, version, table or section): \n"
    )
