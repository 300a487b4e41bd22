"""The pages besides models: families, publishers, sources, attributes and the course."""

from __future__ import annotations

from itertools import groupby

from llmnotes.knowledge.sources import short_reference
from llmnotes.schema import ATTRIBUTES, GROUPS
from llmnotes.site import places
from llmnotes.site.edition import Site
from llmnotes.site.entities import (
    EntityBlock,
    EntityItem,
    Piece,
    addresses,
    separated,
    source_blocks,
)
from llmnotes.site.entity_page import Entry, Pages, Section, entity_pages, listing_pages
from llmnotes.site.library import IN_GROUPS, Library
from llmnotes.site.technique_pages import pages_of_techniques
from llmnotes.site.timeline_page import timeline_pages
from llmnotes.study.techniques import TechniqueEntry, techniques
from llmnotes.study.topics import course


def surrounding_pages(library: Library, site: Site) -> Pages:
    """All pages except those of models, families and comparisons."""
    known = techniques(library.connection)
    yield from _families(library, site)
    yield from _organizations(library, site)
    yield from pages_of_techniques(library, site, known)
    yield from _sources(library, site)
    yield from _attributes(library, site, known)
    yield from _topics(library, site)
    yield from timeline_pages(library, site)


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
    yield from listing_pages(path, site, "Families and models", site.counts, sections)


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
        yield from entity_pages(
            path, site, row["name"], says, found, index=(index, "Organizations")
        )
        entries.append(Entry(row["name"], places.relative(path, index), f"{len(models)} models"))
    yield from listing_pages(
        index,
        site,
        "Organizations",
        "Who published the models.",
        [Section("all", "", "", entries)],
        "entry",
    )


def _model_item(library: Library, path: str, model: str) -> EntityItem:
    column = library.columns["model", model]
    released = library.cell(column, ATTRIBUTES["release_date"]).text
    link = places.relative(places.page("model", model), path)
    return EntityItem(released, [Piece(column.name, link)])


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
        yield from entity_pages(
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
    yield from listing_pages(index, site, "Sources", "What the values rest on.", sections)


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
    yield from listing_pages(
        path, site, "Attributes", "What can be said of a model, declared once.", sections
    )


def _topics(library: Library, site: Site) -> Pages:
    index = "topics/index.html"
    sections = course(library.connection)
    entries = []
    for section in sections:
        path = places.page("topic", f"{section['number']}-{places.plain(section['name'])}")
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
        yield from entity_pages(
            path, site, section["name"], says, [EntityBlock("text", says), EntityBlock("items", items=items)],
            detail=f"section {section['number']}", index=(index, "The course"),
        )  # fmt: skip
        entries.append(Entry(section["name"], places.relative(path, index), says))
    yield from listing_pages(
        index, site, "The course", "What there is to learn, section by section.",
        [Section("all", "", "", entries)],
    )  # fmt: skip
