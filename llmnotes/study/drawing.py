"""Renders charts as Vega-Lite specifications, through Altair."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llmnotes.errors import InputError
from llmnotes.study.chart_style import (
    SHAPES,
    attention_kinds,
    count_axis,
    largest_first,
    marks,
    tooltips,
    year_axis,
)
from llmnotes.study.drawable import Chart, Datum
from llmnotes.study.labels import Box
from llmnotes.study.plot_area import (
    FONT,
    HEIGHT,
    WIDTH,
    PlotArea,
    dense,
    inline,
    line_label,
    with_list,
)


def draw(chart: Chart) -> Any:
    """The Altair chart; raises `InputError` where Altair is not installed."""
    try:
        import altair  # noqa: F401
    except ImportError as error:
        raise InputError(PLOT_EXTRA) from error
    picture = _PICTURES[chart.kind](chart)
    return (
        picture.properties(
            title=chart.title, usermeta={"sources": chart.sources, "left_out": chart.left_out}
        )
        .configure_axis(labelFontSize=11, titleFontSize=12, gridColor="#e6e6e6")
        .configure_title(fontSize=14, anchor="start")
        .configure_legend(labelFontSize=11, titleFontSize=12)
        .configure_view(stroke="#888888")
    )


PLOT_EXTRA = (
    "drawing to a file needs Altair and vl-convert; get them with `pip install 'llmnotes[plot]'`, "
    "or leave -o away for a small picture in the terminal"
)


def _params(chart: Chart) -> Any:
    import altair as alt

    rows, names = largest_first(chart.rows, "params_total")
    area = PlotArea(rows, "year", "params_total", (None, 10))
    axes = area.axes(year_axis(), count_axis("Parameters (log scale)", area.vertical))
    tips = tooltips(("name", "Model"), ("params_total", "Parameters"), ("release_date", "Released"))
    points = marks(chart, rows, axes, tips)
    layers = alt.layer(*area.named(points, names, axes)).properties(width=WIDTH, height=HEIGHT)
    return with_list(layers, area.listed)


def _tokens(chart: Chart) -> Any:
    import altair as alt

    rows, names = largest_first(chart.rows, "params_total")
    area = PlotArea(rows, "params_total", "training_tokens", (10, 10))
    axes = area.axes(
        count_axis("Parameters (log scale)", area.horizontal),
        count_axis("Training tokens (log scale)", area.vertical),
    )
    tips = tooltips(
        ("name", "Model"), ("params_total", "Parameters"), ("training_tokens", "Training tokens"),
        ("tokens_per_parameter", "Tokens per parameter"),
    )  # fmt: skip
    points = marks(chart, rows, axes, tips)
    line = (
        alt.Chart(inline(chart.line))
        .mark_line(clip=True, color="#555555", strokeDash=[5, 3])
        .encode(**axes)
    )
    said = "compute-optimal (Hoffmann et al. 2022, Table 3)"
    avoided, taken, name = line_label(area, chart.line, said, axes)
    named = area.named(points, names, axes, taken, avoided)
    layers = alt.layer(line, *named, *name).properties(width=WIDTH, height=HEIGHT)
    return with_list(layers, area.listed)


def _context(chart: Chart) -> Any:
    import altair as alt

    rows = _one_for_each(chart.rows, "context_length")
    rows, names = largest_first(rows, "context_length")
    area = PlotArea(rows, "year", "context_length", (None, 2))
    powers = [2**power for power in range(8, 25)]
    axis = alt.Axis(title="Context length (tokens, log scale)", values=powers, format=",d")
    axes = area.axes(year_axis(), axis)
    tips = tooltips(
        ("name", "Model"), ("context_length", "Context length"), ("release_date", "Released")
    )
    points = marks(chart, rows, axes, tips)
    layers = alt.layer(*area.named(points, names, axes)).properties(width=WIDTH, height=HEIGHT)
    return with_list(layers, area.listed)


def _one_for_each(rows: list[Datum], value: str) -> list[Datum]:
    """One row, with the family's name, for sizes of a family with the same date and value."""
    found: dict[tuple[Any, ...], Datum] = {}
    for row in rows:
        key = (row["family"], row["year"], row[value])
        if key in found:
            found[key] = {**found[key], "name": row["family_name"]}
        else:
            found[key] = row
    return list(found.values())


def _kv_cache(chart: Chart) -> Any:
    import altair as alt

    rows, kinds, colours = attention_kinds(chart.rows)
    rows = [{**row, "KiB": row["kv_cache_bytes_per_token"] / 1024} for row in rows]
    y = alt.Y("name:N", sort=[row["name"] for row in rows], title=None)
    x = alt.X(
        "KiB:Q", title="KV cache per token (KiB, bf16, log scale)",
        scale=alt.Scale(type="log", nice=False, domain=[rows[-1]["KiB"] / 2, rows[0]["KiB"] * 3]),
        axis=alt.Axis(format=",~g", values=[s * 10**p for p in range(-3, 9) for s in (1, 3)]),
    )  # fmt: skip
    base = alt.Chart(inline(rows)).encode(y=y)
    scale = alt.Scale(domain=kinds, range=colours)
    colour = alt.Color("attention:N", title="Attention", scale=scale)
    tips = tooltips(
        ("name", "Model"),
        ("kv_cache_bytes_per_token", "Bytes"),
        ("kv_cache_growth_bytes_per_token", "Of which grow"),
        ("formula", "Formula"),
    )
    dots = base.mark_point(filled=True, size=60).encode(
        x=x, color=colour, tooltip=tips,
        shape=alt.Shape("attention:N", title="Attention",
                        scale=alt.Scale(domain=kinds, range=list(SHAPES[: len(kinds)]))),
    )  # fmt: skip
    names = base.mark_text(align="left", dx=7, fontSize=FONT, color="#333333").encode(
        x=x, text=alt.Text("KiB:Q", format=",.4~g")
    )
    return alt.layer(dots, names).properties(width=WIDTH, height=alt.Step(16))


def _attention(chart: Chart) -> Any:
    import altair as alt

    rows, kinds, colours = attention_kinds(chart.rows)
    rows = [{**row, "order": kinds.index(row["attention"])} for row in rows]
    years = range(min(row["year"] for row in rows), max(row["year"] for row in rows) + 1)
    x = alt.X("year:O", title="Release date (year)", scale=alt.Scale(domain=list(years)),
              axis=alt.Axis(labelAngle=0))  # fmt: skip
    stacked: dict[int, int] = {}
    for row in sorted(rows, key=lambda item: item["order"]):
        row["middle"] = stacked.get(row["year"], 0) + row["count"] / 2
        stacked[row["year"]] = stacked.get(row["year"], 0) + row["count"]
    tall, wide = HEIGHT / max(stacked.values()), WIDTH / len(years) * 0.85
    for row in rows:
        fits = row["count"] * tall > 1.3 * FONT and len(row["attention"]) * 0.65 * FONT < wide
        row["said"] = row["attention"] if fits else ""
    what = "Families" if chart.counted == "families" else "Base models"
    base = alt.Chart(inline(rows))
    bars = base.mark_bar(stroke="white", strokeWidth=1).encode(
        x=x, y=alt.Y("count:Q", title=what, axis=alt.Axis(tickMinStep=1, format="d")),
        color=alt.Color("attention:N", title="Attention",
                        scale=alt.Scale(domain=kinds, range=colours)),
        order="order:O", tooltip=tooltips(("attention", "Attention"), ("count", what)),
    )  # fmt: skip
    names = base.mark_text(color="white", fontSize=FONT, fontWeight="bold").encode(
        x=x, y=alt.Y("middle:Q"), text="said:N"
    )
    return alt.layer(bars, names).properties(width=WIDTH, height=HEIGHT)


def _tree(chart: Chart) -> Any:
    import altair as alt

    lanes: dict[str, float] = {}
    for node in chart.rows:
        lanes.setdefault(node["line"], float(len(lanes)))
    at = {
        node["id"]: {**node, "lane": lanes[node["line"]], "family": node["id"]}
        for node in chart.rows
    }
    rows = list(at.values())
    height = max(120.0, 42.0 * len(lanes))
    area = PlotArea(rows, "year", "lane", (None, None), height)
    axes = area.axes(year_axis(), None)
    edges = [
        {
            "year": at[edge["from"]]["year"], "lane": at[edge["from"]]["lane"],
            "to_year": at[edge["to"]]["year"], "to_lane": at[edge["to"]]["lane"],
            "why": edge["why"],
        }
        for edge in chart.edges
    ]  # fmt: skip
    tips = tooltips(("name", "Family"), ("release_date", "Released"), ("line", "Line"))
    points = marks(chart, rows, axes, tips)
    names = [row["name"] for row in rows]
    named = area.named(points, names, axes, avoided=_covered(area, edges))
    layers = [_joined(edges, axes), *named] if edges else named
    picture = alt.layer(*layers).properties(width=WIDTH, height=height)
    return with_list(picture, area.listed)


_JOINS = {"same line": [1, 0], "based on": [4, 3]}
"""The dashes of a line by what it says, in pixels drawn and left out."""


def _joined(edges: list[Datum], axes: dict[str, Any]) -> Any:
    """A line for each edge, dashed by what joins its ends."""
    import altair as alt

    there = {edge["why"] for edge in edges}
    joins = {why: dash for why, dash in _JOINS.items() if why in there}
    return (
        alt.Chart(inline(edges))
        .mark_rule(color="#777777")
        .encode(
            x2="to_year:Q", y2="to_lane:Q",
            strokeDash=alt.StrokeDash("why:N", title="Joined by", scale=alt.Scale(
                domain=list(joins), range=list(joins.values()))),
            **axes,
        )
    )  # fmt: skip


def _covered(area: PlotArea, edges: list[Datum]) -> list[Box]:
    """Boxes along the lines of the edges, which no name should cover."""
    return [
        (x - 2, y - 2, x + 2, y + 2)
        for edge in edges
        for x, y in dense(
            [
                area.pixels({"year": edge["year"], "lane": edge["lane"]}),
                area.pixels({"year": edge["to_year"], "lane": edge["to_lane"]}),
            ]
        )
    ]


_PICTURES: dict[str, Callable[[Chart], Any]] = {
    "params": _params,
    "tokens": _tokens,
    "context": _context,
    "kv-cache": _kv_cache,
    "attention": _attention,
    "tree": _tree,
}
