"""Builds the whole site, page by page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from llmnotes.schema import ATTRIBUTES, GROUPS
from llmnotes.site import discovery, index, places
from llmnotes.site.cards import card
from llmnotes.site.change_pages import change_pages, edition_entries
from llmnotes.site.comparisons import comparison_page
from llmnotes.site.conflict_pages import conflict_pages
from llmnotes.site.edition import MOST_ENTRIES, VALUES, Site, Values, entries, site_of, values_of
from llmnotes.site.entity_pages import surrounding_pages
from llmnotes.site.library import Library
from llmnotes.site.neighbours import NeighbourFinder
from llmnotes.site.plot_pages import plot_pages
from llmnotes.site.render import asset, render
from llmnotes.site.shares import Done, SharedWork, share, stores
from llmnotes.site.subject_page import FILES, SubjectPages
from llmnotes.site.subjects import references
from llmnotes.site.tool_pages import tool_pages
from llmnotes.site.write import Folder, WrittenFiles
from llmnotes.store.connect import connect

ASSETS = (
    "site.css",
    "site.js",
    "compare.js",
    "conditions.js",
    "filter.js",
    "search.js",
    "plot.js",
    "icon.svg",
)

_ABOUT = [
    ("Compared", "side by side, a comparison is a link"),
    ("Cited", "every value with its source and its place"),
    ("Checked", "parameters recounted, sources held against each other"),
    ("Open", "works offline and without JavaScript"),
]
"""Text on the picture of pages without a picture of their own."""

Content = str | bytes
Files = Iterator[tuple[str, Callable[[], Content | None]]]
"""Functions that make the content of each file, by path from the root; None where it cannot be made."""


def write_site(
    connection: sqlite3.Connection,
    out: Path,
    *,
    url: str | None = None,
    issues: str | None = None,
    processes: int = 1,
    progress: Callable[[int, int | None], None] = lambda done, total: None,
) -> WrittenFiles:
    """Write the site into `out`: only changed files, removing those that no longer exist.

    With more `processes` the work is divided; each reads the base itself. The calling program must then be
    importable (`if __name__ == "__main__"`). `progress` is called with the number of files done in this
    process's share, and their total. Raises `InputError` where `out` holds something other than a site, or
    cannot be written.
    """
    folder = Folder(out)
    library = Library(connection)
    site = site_of(library, url, issues)
    work = SharedWork(*stores(connection), out, folder.before, url, issues, processes)
    for done in share(
        work, _write_share, lambda number: _put(folder, library, site, number, processes, progress)
    ):
        folder.add(*done)
    for name, text in _changes(out, library, site):
        folder.put(name, text)
    return folder.finish()


def _write_share(work: SharedWork, number: int) -> Done:
    """The task of a further process."""
    connection = connect(work.user, work.curated)
    library = Library(connection)
    folder = Folder(work.out, work.before)
    _put(folder, library, site_of(library, work.url, work.issues), number, work.shares, _unseen)
    connection.close()
    return folder.done()


def _unseen(done: int, total: int | None) -> None:
    """Progress callback of a further process, which shows nothing."""


def _put(
    folder: Folder,
    library: Library,
    site: Site,
    number: int,
    shares: int,
    progress: Callable[[int, int | None], None],
) -> None:
    """Write the files of one share; a page and the files derived from the same data are in one share."""
    own = [
        (name, make)
        for name, make in files(library, site)
        if crc32(name.rpartition(".")[0].encode()) % shares == number
    ]
    for position, (name, make) in enumerate(own):
        progress(position, len(own))
        content = make()
        if content is not None:
            folder.put(name, content)


def files(library: Library, site: Site) -> Files:
    """Every file of the site except those that depend on the last run."""
    for name in ASSETS:
        yield f"assets/{name}", partial(asset, name)
    yield "assets/card.png", partial(card, "Language models", f"{site.counts}", _ABOUT)
    yield "assets/data.js", lambda: index.script(library)
    addresses = []
    for name, make in pages(library, site):
        if name.endswith(".html"):
            addresses.append(name)
        yield name, make
    if site.url:
        yield "sitemap.xml", lambda: discovery.sitemap(site.absolute(name) for name in addresses)
    yield "llms.txt", lambda: guide(library, site)


def pages(library: Library, site: Site) -> Files:
    """All pages, with the files beside them."""
    neighbours = NeighbourFinder(library)
    pairs = list(neighbours.pairs())
    yield from _subjects(library, site, neighbours)
    for first, second in pairs:
        path = places.comparison(first[1], second[1])
        yield path, partial(_comparison, library, site, path, first, second)
        yield places.picture(path), partial(_comparison_card, library, first, second)
    yield from surrounding_pages(library, site)
    yield from tool_pages(library, site, pairs)
    yield from plot_pages(library, site)
    yield from conflict_pages(library, site)
    yield from change_pages(library, site)


def _subjects(library: Library, site: Site, neighbours: NeighbourFinder) -> Files:
    maker = SubjectPages(library, site, neighbours)
    for kind, key in library.columns:
        yield places.page(kind, key), partial(maker.page, kind, key)
        if kind == "family":
            yield from maker.claims(key)
        for ending in FILES:
            yield places.page(kind, key, ending), partial(maker.beside, kind, key, ending)
        yield places.page(kind, key, "png"), partial(maker.picture, kind, key)


def _comparison(
    library: Library, site: Site, path: str, first: tuple[str, str], second: tuple[str, str]
) -> str:
    found = comparison_page(library, [library.columns[first], library.columns[second]])
    names = [library.name(*first), library.name(*second)]
    return render(
        "comparison.html", path, site=site, title=" and ".join(names), picture=places.picture(path),
        description=f"What differs between {names[0]} and {names[1]}, with the source of each value.",
        found=found, references=references(found.sources),
    )  # fmt: skip


def _comparison_card(
    library: Library, first: tuple[str, str], second: tuple[str, str]
) -> bytes | None:
    columns = [library.columns[first], library.columns[second]]
    facts = [
        (item.label, " · ".join(library.cell(column, item).text for column in columns))
        for item in map(ATTRIBUTES.__getitem__, _HEADLINES)
    ]
    title = f"{library.name(*first)} and {library.name(*second)}"
    return card(title, "what differs, every value with its source", facts)


_HEADLINES = ("release_date", "params_total", "context_length", "training_tokens", "attention")
"""Attributes shown on the picture of a comparison."""


def standing_feed(library: Library, site: Site) -> str:
    """The feed of changes between editions, where there is no last run to compare with."""
    told = edition_entries(library, site, MOST_ENTRIES)
    return discovery.feed(told, site.url, told[0]["updated"] if told else _LONG_AGO)


_LONG_AGO = "1970-01-01T00:00:00Z"


def _changes(out: Path, library: Library, site: Site) -> Iterator[tuple[str, str]]:
    """The values of this run, and the feed: changes since the last run, and between editions.

    After a run with another edition, the changes between the two are left to that edition's entries.
    """
    last = _last_run(out)
    after = values_of(library)
    same = last.edition == site.edition
    found = entries(last.entries, last.values if same else None, after, site)
    told = [*found, *edition_entries(library, site, MOST_ENTRIES)][:MOST_ENTRIES]
    updated = max((entry["updated"] for entry in told), default=_LONG_AGO)
    kept = {"edition": site.edition, "values": after, "entries": found}
    yield VALUES, json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    yield "changes.xml", discovery.feed(told, site.url, updated)


class LastRun(NamedTuple):
    """The stored results of the last run; empty where there was none."""

    edition: str | None
    values: Values | None
    entries: list[dict[str, str]]


def _last_run(out: Path) -> LastRun:
    try:
        kept = json.loads((out / VALUES).read_text(encoding="utf-8"))
        return LastRun(str(kept["edition"]), dict(kept["values"]), list(kept["entries"]))
    except (OSError, ValueError, KeyError, TypeError):
        return LastRun(None, None, [])


def guide(library: Library, site: Site) -> str:
    """`llms.txt`: a description of the site and its data, for programs that read text."""
    lines = [
        "# llmnotes", "", f"> {site.counts}; every value with its source and its status.", "",
        "Each model and family has a page as HTML, Markdown (`.md`) and JSON (`.json`; a key that is not "
        "there has no value).", "",
        "## Families", "",
    ]  # fmt: skip
    for family in library.members:
        path = places.page("family", family, "md")
        summary = library.families[family]["summary"] or ""
        lines.append(f"- [{library.families[family]['name']}]({site.absolute(path)}): {summary}")
    groups = groupby(
        sorted(ATTRIBUTES.values(), key=lambda a: list(GROUPS).index(a.group)), lambda a: a.group
    )
    lines += ["", "## Attributes", ""]
    for group, items in groups:
        lines.append(f"- {GROUPS[group]}: {', '.join(item.id for item in items)}")
    return "\n".join([*lines, ""])
