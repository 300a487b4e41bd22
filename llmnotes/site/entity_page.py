"""The two layouts of the pages around the models: a listing, and one thing of a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from llmnotes.site import discovery
from llmnotes.site.edition import Site
from llmnotes.site.entities import EntityBlock
from llmnotes.site.render import render
from llmnotes.site.subjects import references

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


def listing_page(
    path: str, site: Site, title: str, says: str, sections: list[Section]
) -> tuple[str, Callable[[], str]]:
    """A page of entries under headings: its path, and what draws it."""
    return path, lambda: render(
        "listing.html",
        path,
        site=site,
        title=title,
        description=says,
        picture=None,
        sections=sections,
    )


def entity_page(
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
    """A page of one thing: its path, and what draws it; `index` is the listing it stands in."""
    cited = sources or []
    return path, lambda: render(
        "entity.html", path, site=site, title=title, description=says, detail=detail, blocks=found,
        index=index[0], index_name=index[1], references=references(cited), picture=None,
        json_ld=discovery.dataset(title, says, site.absolute(path) if site.url else None, cited),
    )  # fmt: skip
