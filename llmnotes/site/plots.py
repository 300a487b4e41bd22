"""The plots of the site: pictures, with their data as tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from llmnotes.display import figure_text
from llmnotes.quantities import exact
from llmnotes.site import places
from llmnotes.site.library import Library
from llmnotes.site.pictures import (
    MOST_LINKED,
    Axis,
    Point,
    lanes,
    lanes_thumbnail,
    log_axis,
    scatter,
    scatter_thumbnail,
    style,
    year_axis,
)
from llmnotes.site.table_page import TableRow
from llmnotes.study import charts
from llmnotes.study.drawable import Chart, Models

_MOST_NAMED = 14
"""The number of publishers with a colour and mark of their own; the rest share one."""


class Plot(NamedTuple):
    """A plot prepared for its page: the picture, its thumbnail, and its numbers."""

    id: str
    title: str
    svg: str
    thumbnail: str
    caption: str
    columns: list[str]
    rows: list[TableRow]

    def file(self, ending: str) -> str:
        """The path of the plot's page or picture."""
        return f"plots/{self.id}.{ending}"


def plots(library: Library) -> list[Plot]:
    """Parameters and context over time, training tokens against parameters."""
    models = [key for key, row in library.models.items() if row["variant"] == "base"]
    if not models:
        return []
    read = _models(library, models)
    drawn = [
        _plot(library, charts.params(read), _over_time("year"),
              ("Parameters", "params_total")),
        _plot(library, charts.context(read), _over_time("year"),
              ("Context in tokens", "context_length")),
        _plot(library, charts.tokens(read), _logarithmic("Parameters", "params_total"),
              ("Training tokens", "training_tokens")),
    ]  # fmt: skip
    return [plot for plot in (_lineage(library), *drawn) if plot is not None]


def _lineage(library: Library) -> Plot | None:
    """Families by time, with a lane for each line, joined where one follows or builds on another."""
    chart = charts.tree(_models(library, []))
    rows = [row for row in chart.rows if row["id"] in library.members]
    if not rows:
        return None
    axis = year_axis("First release", [row["year"] for row in rows])
    series = _series(library)
    names = {row["id"]: row["name"] for row in rows}
    joined = {end for edge in chart.edges for end in (edge["from"], edge["to"])} & names.keys()
    points = [
        (
            Point(
                row["year"], 0.0, row["name"], row["release_date"],
                series.get(row["organization"], "Others"),
                places.relative(places.page("family", row["id"]), "plots/lineage.html"),
            ),
            row["line"],
        )
        for row in rows
        if row["id"] in joined or not joined
    ]  # fmt: skip
    edges = [
        (names[edge["from"]], names[edge["to"]])
        for edge in chart.edges
        if edge["from"] in names and edge["to"] in names
    ]
    styles = style(list(set(series.values())))
    before: dict[str, list[str]] = {}
    for one, other in edges:
        before.setdefault(other, []).append(one)
    table = [
        TableRow(
            "family", row["id"],
            [row["name"], row["line"], row["release_date"], ", ".join(before.get(row["name"], []))],
        )
        for row in rows
    ]  # fmt: skip
    caption = (
        "A lane for each line; a family is joined with the one it follows or builds on. "
        "The table has those too that stand alone."
    )
    return Plot(
        "lineage", chart.title, lanes(chart.title, axis, points, edges, styles=styles),
        lanes_thumbnail(axis, points, edges, styles), caption,
        ["Family", "Line", "Released", "Comes after"], table,
    )  # fmt: skip


def _models(library: Library, names: list[str]) -> Models:
    return Models(library.connection, names)


Across = Callable[[list[dict[str, Any]]], tuple[str, Axis]]


def _over_time(key: str) -> Across:
    return lambda rows: (key, year_axis("Released", [row[key] for row in rows]))


def _logarithmic(name: str, key: str) -> Across:
    return lambda rows: (key, log_axis(name, [row[key] for row in rows], _short))


def _plot(library: Library, chart: Chart, across: Across, upwards: tuple[str, str]) -> Plot | None:
    if not chart.rows:
        return None
    x_key, x_axis = across(chart.rows)
    name, y_key = upwards
    y_axis = log_axis(name, [row[y_key] for row in chart.rows], _short)
    series = _series(library)
    points = [
        Point(
            row[x_key], row[y_key], row["name"], f"{_says(row, x_key)}, {exact(row[y_key])}",
            series.get(row["organization"], "Others"),
            places.relative(places.page("model", row["id"]), "plots/lineage.html"),
        )
        for row in chart.rows
    ]  # fmt: skip
    styles = style(list(set(series.values())))
    rows = [
        TableRow("model", row["id"], [row["name"], _says(row, x_key), exact(row[y_key])])
        for row in chart.rows
    ]
    left = len(chart.left_out)
    caption = f"{len(chart.rows)} models."
    if left:
        caption += f" {left} are left out: a value is unknown, withheld, rumoured or estimated."
    if len(points) > MOST_LINKED:
        caption += f" The last {MOST_LINKED} in order are links, the table has all."
    return Plot(
        chart.kind, chart.title, scatter(chart.title, x_axis, y_axis, points, styles=styles),
        scatter_thumbnail(x_axis, y_axis, points, styles), caption,
        ["Model", x_axis.name, name], rows,
    )  # fmt: skip


def _says(row: dict[str, Any], key: str) -> str:
    return str(row["release_date"]) if key == "year" else exact(row[key])


def _short(value: float) -> str:
    return figure_text(value, "")


def _series(library: Library) -> dict[str, str]:
    """Each publisher's series: its own name, or a shared one for those with few models."""
    counts: dict[str, int] = {}
    for key in library.models:
        name = publisher(library, key)
        counts[name] = counts.get(name, 0) + 1
    largest = sorted(counts, key=lambda name: (-counts[name], name))[:_MOST_NAMED]
    return {name: name if name in largest else "Others" for name in counts}


def publisher(library: Library, model: str) -> str:
    """The name of a model's first publisher."""
    claims = library.claims.of_model(model).get("organization", [])
    if not claims or not claims[0].value:
        return "unknown"
    first = str(claims[0].value[0])
    return library.publishers.get(first, first)
