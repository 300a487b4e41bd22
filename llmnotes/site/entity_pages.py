"""The pages around the models: publishers, techniques, sources, attributes, course, timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from llmnotes.knowledge.sources import short_reference
from llmnotes.schema import ATTRIBUTES, GROUPS
from llmnotes.site import discovery, places
from llmnotes.site.edition import Site
from llmnotes.site.entities import (
    EntityBlock,
    EntityItem,
    Piece,
    addresses,
    blocks,
    separated,
    source_blocks,
)  # fmt: skip
from llmnotes.site.library import IN_GROUPS, Library
from llmnotes.site.render import render
from llmnotes.site.subjects import references
from llmnotes.study.explain import technique_pages
from llmnotes.study.techniques import TechniqueEntry, techniques
from llmnotes.study.timeline import TimelineChoice, timeline
from llmnotes.study.topics import course
from llmnotes.views.explain import explained_page

Pages = Iterator[tuple[str, Callable[[], str]]]


class Entry(NamedTuple):
    """One line of a listing."""

    name: str
    href: str | None
    says: str
    id: str | None = None


class Section(NamedTuple):
    """Entries under a heading."""

    id: str
    heading: str
    text: str
    items: list[Entry]


def entity_pages(library: Library, site: Site) -> Pages:
    """All pages but those of models, families and comparisons."""
    known = techniques(library.connection)
    yield from _families(library, site)
    yield from _organizations(library, site)
    yield from _techniques(library, site, known)
    yield from _sources(library, site)
    yield from _attributes(library, site, known)
    yield from _topics(library, site)
    yield _timeline(library, site)


def _listing(
    path: str, site: Site, title: str, says: str, sections: list[Section]
) -> tuple[str, Callable[[], str]]:
    return path, lambda: render(
        "listing.html",
        path,
        site=site,
        title=title,
        description=says,
        picture=None,
        sections=sections,
    )


def _entity(
    path: str,
    site: Site,
    title: str,
    says: str,
    found: list[EntityBlock],
    *,
    detail: str = "",
    index: tuple[str, str],
    sources: list[dict[str, Any]] | None = None,
) -> tuple[str, Callable[[], str]]:
    cited = sources or []
    return path, lambda: render(
        "entity.html", path, site=site, title=title, description=says, detail=detail, blocks=found,
        index=index[0], index_name=index[1], references=references(cited), picture=None,
        json_ld=discovery.dataset(title, says, site.absolute(path) if site.url else None, cited),
    )  # fmt: skip


def _families(library: Library, site: Site) -> Pages:
    path = "families/index.html"
    sections = [
        Section(
            places.slug(family), library.families[family]["name"], library.families[family]["summary"] or "",
            [
                Entry("The family", places.relative(places.page("family", family), path), ""),
                *(
                    Entry(
                        library.models[model]["name"],
                        places.relative(places.page("model", model), path),
                        library.models[model]["variant"],
                    )
                    for model in models
                ),
            ],
        )
        for family, models in library.members.items()
    ]  # fmt: skip
    alone = [key for key, row in library.models.items() if row["family"] not in library.members]
    if alone:
        items = [
            Entry(library.models[key]["name"], places.relative(places.page("model", key), path), "")
            for key in alone
        ]
        sections.append(Section("alone", "Without a family", "", items))
    yield _listing(path, site, "Families and models", site.counts, sections)


def _organizations(library: Library, site: Site) -> Pages:
    published: dict[str, list[str]] = {}
    for model in library.models:
        claims = library.claims.of_model(model).get("organization", [])
        for key in (claims[0].value or []) if claims else []:
            published.setdefault(key, []).append(model)
    index = "organizations/index.html"
    entries = []
    for key, row in library.organizations.items():
        path = places.page("organization", key)
        models = published.get(key, [])
        facts = [
            EntityItem("Country", [Piece(row["country"] or "unknown")]),
            EntityItem("Page", list(addresses(row["url"] or "unknown"))),
            EntityItem("Id", [Piece(key)]),
        ]
        listed = [_model_item(library, path, model) for model in models]
        found = [EntityBlock("items", items=facts)]
        found += [EntityBlock("items", heading="Models", items=listed)] if listed else []
        says = f"{row['name']}: {len(models)} models in the base."
        yield _entity(path, site, row["name"], says, found, index=(index, "Organizations"))
        entries.append(Entry(row["name"], places.relative(path, index), f"{len(models)} models"))
    yield _listing(
        index, site, "Organizations", "Who published the models.", [Section("all", "", "", entries)]
    )


def _model_item(library: Library, path: str, model: str) -> EntityItem:
    column = library.columns["model", model]
    released = library.cell(column, ATTRIBUTES["release_date"]).text
    link = places.relative(places.page("model", model), path)
    return EntityItem(released, [Piece(column.name, link)])


def _techniques(library: Library, site: Site, known: dict[str, TechniqueEntry]) -> Pages:
    index = "techniques/index.html"
    for item in technique_pages(library.connection, known, library.claims):
        path = places.page("technique", item["id"])
        page = explained_page(item)
        found = blocks(page, _technique_link(known, path))
        used = _users(library, path, item)
        found = [*(_without_users(block) for block in found), *([used] if used else [])]
        yield _entity(
            path, site, page.title, item["definition"], found, detail=page.detail,
            index=(index, "Techniques"), sources=item.get("sources", []),
        )  # fmt: skip
    sections = [
        Section(
            category, category.replace("-", " ").capitalize(), "",
            [
                Entry(item.name, places.relative(places.page("technique", item.id), index), item.definition)
                for item in items
            ],
        )
        for category, items in groupby(known.values(), key=lambda item: item.category)
    ]  # fmt: skip
    yield _listing(index, site, "Techniques", "Things to know, with their papers.", sections)


def _technique_link(known: dict[str, TechniqueEntry], path: str) -> Callable[[str], str | None]:
    by_name = {item.name: item.id for item in known.values()} | {key: key for key in known}

    def link(name: str) -> str | None:
        key = by_name.get(name)
        return places.relative(places.page("technique", key), path) if key else None

    return link


def _without_users(block: EntityBlock) -> EntityBlock:
    """The block without its lines of users, which stand below as links."""
    if block.kind != "items" or not any(item.label == "Used by" for item in block.items):
        return block
    kept, users = [], False
    for item in block.items:
        users = item.label == "Used by" or (users and not item.label)
        if not users:
            kept.append(item)
    return block._replace(items=kept)


def _users(library: Library, path: str, item: dict[str, Any]) -> EntityBlock | None:
    numbers = {source["id"]: n for n, source in enumerate(item["sources"], start=1)}
    groups: dict[str, list[dict[str, Any]]] = {}
    for use in item["used_by"]:
        groups.setdefault(use["family"] or use["model"], []).append(use)
    items = []
    for family, uses in groups.items():
        name = library.families[family]["name"] if family in library.families else family
        models = dict.fromkeys(use["model"] for use in uses)
        pieces = separated(
            Piece(library.models[key]["name"], places.relative(places.page("model", key), path))
            for key in models
            if key in library.models
        )
        cited = tuple(sorted({numbers[use["source"]] for use in uses if use["source"] in numbers}))
        items.append(EntityItem(name, pieces, cited))
    return EntityBlock("items", heading="Used by", items=items) if items else None


def _sources(library: Library, site: Site) -> Pages:
    uses: dict[str, dict[tuple[str, str], list[str]]] = {}
    rows = library.connection.execute(
        "SELECT DISTINCT source, subject_kind, subject, attribute FROM claims WHERE source IS NOT NULL"
    )
    for source, kind, subject, attribute in rows:
        uses.setdefault(source, {}).setdefault((kind, subject), []).append(
            ATTRIBUTES[attribute].label if attribute in ATTRIBUTES else attribute
        )
    index = "sources/index.html"
    for key, source in library.sources.items():
        path = places.page("source", key)

        def link(kind: str, subject: str, path: str = path) -> str | None:
            if (kind, subject) not in library.columns:
                return None
            return places.relative(places.page(kind, subject), path)

        found = source_blocks(source, uses.get(key, {}), link)
        yield _entity(
            path, site, source["title"], short_reference(source), found, detail=key,
            index=(index, "Sources"),
        )  # fmt: skip
    sections = [
        Section(
            kind, kind.capitalize(), "",
            [
                Entry(
                    item["title"], places.relative(places.page("source", item["id"]), index),
                    short_reference(item),
                )
                for item in items
            ],
        )
        for kind, items in groupby(
            sorted(library.sources.values(), key=lambda item: (item["kind"], item["id"])),
            key=lambda item: item["kind"],
        )
    ]  # fmt: skip
    yield _listing(index, site, "Sources", "What the values rest on.", sections)


def _attributes(library: Library, site: Site, known: dict[str, TechniqueEntry]) -> Pages:
    path = "attributes/index.html"
    explained: dict[str, list[str]] = {}
    for technique in known.values():
        for attribute, _ in technique.stands_for:
            explained.setdefault(attribute, []).append(technique.id)
    sections = []
    for group, items in groupby(IN_GROUPS, key=lambda item: item.group):
        entries = []
        for item in items:
            unit = f" In {item.unit}." if item.unit else ""
            option = f" Option --{item.option_name.replace('_', '-')}."
            first = next(iter(explained.get(item.id, [])), None)
            href = places.relative(places.page("technique", first), path) if first else None
            entries.append(
                Entry(f"{item.label} ({item.id})", href, f"{item.meaning}{unit}{option}", item.id)
            )
        sections.append(Section(f"group-{group}", GROUPS[group], "", entries))
    yield _listing(
        path, site, "Attributes", "What can be said of a model, declared once.", sections
    )


def _topics(library: Library, site: Site) -> Pages:
    index = "topics/index.html"
    sections = course(library.connection)
    entries = []
    for section in sections:
        path = places.page("topic", f"{section['number']}-{places.slug(section['name'])}")
        items = [
            EntityItem(
                item["name"],
                [
                    *separated(
                        Piece(
                            target["name"],
                            places.relative(places.page(target["kind"], target["id"]), path),
                        )
                        for target in item["targets"]
                    ),
                    *([Piece(f". {item['note']}")] if item["note"] else []),
                ],
            )
            for item in section["items"]
        ]
        says = f"{len(section['items'])} things to learn, in order."
        yield _entity(
            path, site, section["name"], says, [EntityBlock("text", says), EntityBlock("items", items=items)],
            detail=f"section {section['number']}", index=(index, "The course"),
        )  # fmt: skip
        entries.append(Entry(section["name"], places.relative(path, index), says))
    yield _listing(
        index, site, "The course", "What there is to learn, section by section.",
        [Section("all", "", "", entries)],
    )  # fmt: skip


class Event(NamedTuple):
    """One line of the timeline."""

    kind: str
    id: str
    name: str
    date: str
    says: str


class Year(NamedTuple):
    """The events of a year."""

    name: str
    events: list[Event]


def _timeline(library: Library, site: Site) -> tuple[str, Callable[[], str]]:
    found = timeline(library.connection, TimelineChoice())
    events = [_event(item) for item in found["events"] if _has_page(library, item)]
    undated = [_event(item) for item in found["undated"] if _has_page(library, item)]
    years = [Year(name, list(items)) for name, items in groupby(events, key=lambda e: e.date[:4])]
    path = "timeline/index.html"
    return path, lambda: render(
        "timeline.html", path, site=site, title="Timeline", picture=None, years=years, undated=undated,
        description="Models by release and techniques by publication, in order of time.",
    )  # fmt: skip


def _has_page(library: Library, item: dict[str, Any]) -> bool:
    return item["kind"] == "technique" or ("model", item["id"]) in library.columns


def _event(item: dict[str, Any]) -> Event:
    says = item.get("category") or item.get("family_name") or ""
    return Event(item["kind"], item["id"], item["name"], item["date"] or "", says)
