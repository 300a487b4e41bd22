"""The two page layouts besides models: a listing, and a single entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from llmnotes.site import discovery
from llmnotes.site.edition import Site
from llmnotes.site.entities import EntityBlock, EntityItem
from llmnotes.site.parts import Part, parts, size_of
from llmnotes.site.render import render
from llmnotes.site.subjects import Reference, references

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


def listing_pages(
    path: str, site: Site, title: str, says: str, sections: list[Section], name: str = "section"
) -> Pages:
    """Pages of entries under headings: the path of each, and the function that renders it.

    Parts are named by their `section` headings or by their `entry` names.
    """

    def called(section: Section, entry: Entry) -> str:
        return section.heading if name == "section" else shortened(entry.name)

    groups = [(section, section.items) for section in sections]
    heads = {
        id(section.items[0]): 60 + size_of(section.id, section.heading, section.text)
        for section in sections
        if section.items
    }

    def size(entry: Entry) -> int:
        return entry_size(entry) + heads.get(id(entry), 0)

    for part in parts(path, groups, size, called):
        yield part.path, partial(listing, site, title, says, part)


def entry_size(entry: Entry) -> int:
    """The approximate size in bytes of an entry on its page."""
    return 60 + size_of(entry.name, entry.href, entry.says, entry.id)


def listing(site: Site, title: str, says: str, part: Part[Section, Entry]) -> str:
    """The page of a part of a listing."""
    return render(
        "listing.html", part.path, site=site, title=title + part.suffix, description=says, picture=None,
        sections=[section._replace(items=items) for section, items in part.groups], parts=part.links,
    )  # fmt: skip


def shortened(text: str, most: int = 28) -> str:
    """The beginning of a text, cut at a word boundary."""
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + "…"


def entity_pages(
    path: str,
    site: Site,
    title: str,
    says: str,
    found: list[EntityBlock],
    *,
    detail: str = "",
    index: tuple[str, str],
    sources: list[dict[str, Any]] | None = None,
) -> Pages:
    """The page of one entry, in parts where it is long; `index` is the listing it belongs to."""
    cited = sources or []
    ld = discovery.dataset(title, says, site.absolute(path) if site.url else None, cited)
    groups: list[tuple[EntityBlock, list[EntityItem | None]]] = [
        (block, [*block.items] or [None]) for block in found
    ]
    for part in parts(path, groups, _item_size, lambda block, _: block.heading or title):
        yield part.path, partial(
            _entity, part, references(cited), site=site, title=title + part.suffix, description=says,
            detail=detail, index=index[0], index_name=index[1], picture=None, json_ld=ld,
        )  # fmt: skip


def _item_size(item: EntityItem | None) -> int:
    if item is None:
        return 500
    pieces = sum(30 + size_of(piece.text, piece.href) for piece in item.parts)
    return 60 + size_of(item.label, item.href) + pieces + 100 * len(item.notes)


def _entity(
    part: Part[EntityBlock, EntityItem | None], cited: list[Reference], **context: Any
) -> str:
    blocks = [
        block._replace(items=[item for item in items if item]) for block, items in part.groups
    ]
    if part.links:
        used = {note for block in blocks for item in block.items for note in item.notes}
        cited = [item for item in cited if item.number in used]
    return render(
        "entity.html", part.path, blocks=blocks, references=cited, parts=part.links, **context
    )
