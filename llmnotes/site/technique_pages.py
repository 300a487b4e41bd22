"""The pages of the techniques, each with the models that use it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from llmnotes.site import places
from llmnotes.site.edition import Site
from llmnotes.site.entities import EntityBlock, EntityItem, Piece, blocks, separated
from llmnotes.site.entity_page import Entry, Pages, Section, entity_pages, listing_pages
from llmnotes.site.library import Library
from llmnotes.study.explain import technique_pages
from llmnotes.study.techniques import TechniqueEntry
from llmnotes.views.explain import explained_page


def pages_of_techniques(library: Library, site: Site, known: dict[str, TechniqueEntry]) -> Pages:
    """A page for each technique, and their listing."""
    index = "techniques/index.html"
    for item in technique_pages(library.connection, known, library.claims):
        path = places.page("technique", item["id"])
        page = explained_page(item)
        found = blocks(page, _technique_link(known, path))
        used = _users(library, path, item)
        found = [*(_without_users(block) for block in found), *([used] if used else [])]
        yield from entity_pages(
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
    yield from listing_pages(
        index, site, "Techniques", "Things to know, with their papers.", sections
    )


def _technique_link(known: dict[str, TechniqueEntry], path: str) -> Callable[[str], str | None]:
    by_name = {item.name: item.id for item in known.values()} | {key: key for key in known}

    def link(name: str) -> str | None:
        key = by_name.get(name)
        return places.relative(places.page("technique", key), path) if key else None

    return link


def _without_users(block: EntityBlock) -> EntityBlock:
    """The block without its lines of users, which are listed below as links."""
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
