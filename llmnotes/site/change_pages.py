"""The changes between editions of the base: a page, and entries for the feed."""

from __future__ import annotations

from typing import Any

from llmnotes.knowledge.changes import changes
from llmnotes.schema import ATTRIBUTES
from llmnotes.site import places
from llmnotes.site.edition import Site
from llmnotes.site.entity_page import Entry, Pages, Section, listing_pages, shortened
from llmnotes.site.library import Library
from llmnotes.views.changes import said_text

_KINDS = ("corrected", "withdrawn", "added")
"""Kinds of change, the most important for readers of an older edition first."""

_PATH = "changes/index.html"


def change_pages(library: Library, site: Site) -> Pages:
    """All changes, the latest edition first."""
    found = _all(library)
    sections = []
    for edition in found["editions"]:
        items = [
            Entry(f"{item['change']}: {_title(item)}", _link(library, item), _says(item))
            for item in _ordered(found, edition["name"])
        ]
        text = f"{edition['families']} families, {edition['models']} models, {edition['values']:,} values."
        heading = f"{edition['name']} ({edition['released']})"
        sections.append(Section(f"e{edition['name']}", heading, text, items))
    says = "Values added, corrected and withdrawn from edition to edition of the base."
    yield from listing_pages(_PATH, site, "Changes", says, sections)


def edition_entries(library: Library, site: Site, most: int) -> list[dict[str, str]]:
    """The changes as entries of the feed, at most `most`."""
    found = _all(library)
    entries: list[dict[str, str]] = []
    for edition in found["editions"]:
        for number, item in enumerate(_ordered(found, edition["name"])[: most - len(entries)]):
            page = _page(library, item)
            entries.append(
                {
                    "id": f"urn:llmnotes:edition:{edition['name']}:{number}",
                    "title": f"{_title(item)} {item['change']}",
                    "updated": f"{edition['released']}T00:00:00Z",
                    "link": site.absolute(page or _PATH),
                    "content": _says(item),
                }
            )
    return entries


def _all(library: Library) -> dict[str, Any]:
    names = [row[0] for row in library.connection.execute("SELECT name FROM editions")]
    first = min(names, key=lambda name: [int(part) for part in name.split(".")], default=None)
    return changes(library.connection, since=first if len(names) > 1 else None)


def _ordered(found: dict[str, Any], edition: str) -> list[dict[str, Any]]:
    items = [item for item in found["changes"] if item["edition"] == edition]
    return sorted(items, key=lambda item: _KINDS.index(item["change"]))


def _title(item: dict[str, Any]) -> str:
    name = item["attribute"]
    if name is None:
        return str(item["family"])
    label = ATTRIBUTES[name].label if name in ATTRIBUTES else name
    of = item["models"][0] if len(item["models"]) == 1 else item["family"]
    return f"{of}: {label}"


def _says(item: dict[str, Any]) -> str:
    if item["attribute"] is None:
        return f"{item['values']:,} values of {len(item['models'])} models"
    sides = [
        shortened(said_text(item["attribute"], item[side]) or "–", _MOST_LETTERS)
        for side in ("before", "after")
    ]
    reason = f"{item['reason']}: " if item["reason"] else ""
    return reason + " → ".join(sides)


_MOST_LETTERS = 160
"""Characters of a value in a list; its page has all."""


def _page(library: Library, item: dict[str, Any]) -> str | None:
    """The page of the model or family of a change; None where it no longer exists."""
    subjects = [("model", item["models"][0])] if len(item["models"]) == 1 else []
    for kind, key in [*subjects, ("family", item["family"])]:
        if (kind, key) in library.columns:
            return places.page(kind, key)
    return None


def _link(library: Library, item: dict[str, Any]) -> str | None:
    page = _page(library, item)
    return places.relative(page, _PATH) if page else None
