"""The pages of the plots: an overview, and one for each with its numbers as a table."""

from __future__ import annotations

from functools import partial

from llmnotes.site.edition import Site
from llmnotes.site.entity_page import Pages
from llmnotes.site.library import Library
from llmnotes.site.parts import MOST, Part, parts, size_of
from llmnotes.site.plots import Plot, plots
from llmnotes.site.render import render
from llmnotes.site.table_page import TableRow, row_size, table_part

_WITH_PICTURE = MOST + 15_000
"""Size in bytes of a picture and the first of its numbers, on a page without other scripts."""


def plot_pages(library: Library, site: Site) -> Pages:
    """The overview, the page of each plot and its pictures."""
    drawn = plots(library)
    yield "plots/index.html", lambda: render(
        "plots.html", "plots/index.html", site=site, title="Plots", picture=None, plots=drawn,
        description="Models over time and against each other; every point leads to its model.",
    )  # fmt: skip
    for plot in drawn:
        yield plot.file("svg"), partial(str, plot.svg)
        yield f"plots/{plot.id}~small.svg", partial(str, plot.thumbnail)
        yield from _plot(site, plot)


def _plot(site: Site, plot: Plot) -> Pages:
    path = plot.file("html")
    room = max(0, _WITH_PICTURE - size_of(plot.svg))
    for part in parts(
        path,
        [("", plot.rows)],
        row_size,
        lambda _, row: row.cells[0],
        most=_WITH_PICTURE,
        first=room,
    ):
        if part.path == path:
            yield path, partial(_page, site, plot, part)
        else:
            yield part.path, partial(table_part, site, plot.title, plot.columns, part)


def _page(site: Site, plot: Plot, part: Part[str, TableRow]) -> str:
    return render(
        "plot.html", part.path, site=site, title=plot.title, description=plot.caption, picture=None,
        plot=plot, rows=[row for _, rows in part.groups for row in rows], parts=part.links,
    )  # fmt: skip
