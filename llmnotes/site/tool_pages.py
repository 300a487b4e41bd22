"""The front page, and the pages of the scripts: compare, filter, search, check."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from llmnotes.knowledge.folding import ComparedSubject
from llmnotes.schema import ATTRIBUTES
from llmnotes.site import discovery, places
from llmnotes.site.edition import Site
from llmnotes.site.entity_page import Entry, Pages, Section, entry_size, listing
from llmnotes.site.library import Library
from llmnotes.site.model_table import all_models
from llmnotes.site.parts import Part, parts, size_of
from llmnotes.site.render import render
from llmnotes.site.table_page import TableRow, row_size, table_part

Pair = tuple[tuple[str, str], tuple[str, str]]
"""Kind and id of two subjects whose comparison has a page."""

_BESIDE_SCRIPTS = 30_000
"""Size in bytes of a list on a page whose scripts have the same size."""


class PairLink(NamedTuple):
    """A link to a page that compares two subjects."""

    page: str
    name: str


class FamilyRow(NamedTuple):
    """A row of the front page."""

    id: str
    name: str
    by: str
    released: str
    sizes: str
    pairs: list[PairLink]


def tool_pages(library: Library, site: Site, pairs: list[Pair]) -> Pages:
    """The front page and the tools, with the further parts of their lists."""
    yield "index.html", partial(_home, library, site, pairs)
    yield from _compare(library, site, pairs)
    yield from _filter(library, site)
    yield "search/index.html", partial(
        _tool, site, "search.html", "search/index.html", "Search",
        "Models, families, techniques and sources.",
    )  # fmt: skip
    yield "check/index.html", partial(
        _tool, site, "check.html", "check/index.html", "Check a table", "Hold a table against the base.",
        served=False, found=None, failure=None, pasted="",
    )  # fmt: skip


def _tool(site: Site, template: str, path: str, title: str, says: str, **context: Any) -> str:
    return render(template, path, site=site, title=title, description=says, picture=None, **context)


def _compare(library: Library, site: Site, pairs: list[Pair]) -> Pages:
    path = "compare/index.html"
    says = "Models and families side by side."
    links = [_link(library, pair) for pair in pairs]
    ready = Section("ready", "", "", [_entry(link, path) for link in links])
    for part in parts(path, [(ready, ready.items)], entry_size, _first_of, first=_BESIDE_SCRIPTS):
        if part.path == path:
            shown = [item for _, items in part.groups for item in items]
            context = {"pairs": shown, "parts": part.links}
            yield path, partial(_tool, site, "compare.html", path, "Compare", says, **context)
        else:
            yield part.path, partial(listing, site, "Ready comparisons", says, part)


def _entry(link: PairLink, path: str) -> Entry:
    return Entry(link.name, places.relative(link.page, path), "")


def _first_of(_: Section, entry: Entry) -> str:
    return entry.name.partition(" and ")[0]


def _link(library: Library, pair: Pair) -> PairLink:
    first, second = pair
    names = f"{library.name(*first)} and {library.name(*second)}"
    return PairLink(places.comparison(first[1], second[1]), names)


def _filter(library: Library, site: Site) -> Pages:
    path = "filter/index.html"
    columns, rows = all_models(library)
    for part in parts(
        path, [("", rows)], row_size, lambda _, row: row.cells[0], first=_BESIDE_SCRIPTS
    ):
        if part.path == path:
            yield path, partial(
                _tool, site, "filter.html", path, "Filter", "Models that satisfy conditions.",
                columns=columns, rows=_rows(part), parts=part.links,
            )  # fmt: skip
        else:
            yield part.path, partial(table_part, site, "All models", columns, part)


def _rows(part: Part[str, TableRow]) -> list[TableRow]:
    return [row for _, rows in part.groups for row in rows]


def _home(library: Library, site: Site, pairs: list[Pair]) -> str:
    rows = list(_family_rows(library, pairs))
    shown = _rows_within(rows)
    return render(
        "home.html", "index.html", site=site, title="Language models, compared and cited",
        description=f"{site.counts}, every value with its source.", picture=None,
        families=shown, more=len(rows) - len(shown),
        json_ld=discovery.dataset("llmnotes", site.counts, site.url, []),
    )  # fmt: skip


def _rows_within(rows: list[FamilyRow]) -> list[FamilyRow]:
    """The newest families, up to the size limit of a page."""
    first = parts("index.html", [("", rows)], _family_size, lambda _, row: row.id)[0]
    return [row for _, items in first.groups for row in items]


def _family_size(row: FamilyRow) -> int:
    links = sum(30 + size_of(*pair) for pair in row.pairs)
    return 150 + links + size_of(row.id, row.name, row.by, row.released, row.sizes)


def _family_rows(library: Library, pairs: list[Pair]) -> Iterator[FamilyRow]:
    rows = []
    for family in library.members:
        column = library.columns["family", family]
        before = [
            PairLink(places.comparison(first[1], second[1]), library.name(*first))
            for first, second in pairs
            if second == ("family", family)
        ]
        by = library.cell(column, ATTRIBUTES["organization"]).text
        sizes = _sizes(column)
        rows.append(FamilyRow(family, column.name, by, _dates(library, column), sizes, before))
    dated = [row for row in rows if row.released != _UNKNOWN]
    yield from sorted(dated, key=lambda row: (row.released, row.id), reverse=True)
    yield from (row for row in rows if row.released == _UNKNOWN)


_UNKNOWN = "unknown"


def _dates(library: Library, column: ComparedSubject) -> str:
    """The first and the last release of a family's models."""
    cell = library.cell(column, ATTRIBUTES["release_date"])
    dates = sorted({str(value.value) for value in cell.values if value.value})
    return " – ".join(dict.fromkeys((dates[0], dates[-1]))) if dates else _UNKNOWN


def _sizes(column: ComparedSubject) -> str:
    """The sizes of a family, without those that are equal."""
    sizes = list(dict.fromkeys(column.sizes))
    return column._replace(sizes=sizes).listed() if len(sizes) > 1 else "".join(sizes)
