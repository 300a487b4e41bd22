"""The common style of all charts: colours, shapes, axes, and the order of labels.

Any two colours are far apart with each kind of colour vision and differ in lightness, so that they stay
apart in print without colours; those of neighbours in an order differ most. Shape or position always
repeats the information of colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from llmnotes.study.drawable import Chart, Datum
from llmnotes.study.plot_area import AxisScale, inline

PALETTE = (
    "#3A46A3", "#F74E07", "#820000", "#D3AE69", "#B85575", "#000000", "#8326EC", "#659EFC",
)  # fmt: skip
"""Blue, orange, dark red, sand, rose, black, violet, light blue."""
SHAPES = (
    "circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right",
    "triangle-left", "wedge", "arrow",
    "M0,-1L0.22,-0.31L0.95,-0.31L0.36,0.12L0.59,0.81L0,0.38L-0.59,0.81L-0.36,0.12L-0.95,-0.31L-0.22,-0.31Z",
    "M0,-1L0.95,-0.31L0.59,0.81L-0.59,0.81L-0.95,-0.31Z",
    "M0.5,-0.87L1,0L0.5,0.87L-0.5,0.87L-1,0L-0.5,-0.87Z",
)  # fmt: skip
"""The last ones are paths: a star, a pentagon and a hexagon."""
_LEGEND_ROWS = 24


def publisher_style(name: str, publishers: Sequence[str]) -> tuple[str, str]:
    """Colour and shape of a publisher: the same in every chart of a base, and distinct until all
    combinations are used."""
    at = publishers.index(name)
    colours, shapes = len(PALETTE), len(SHAPES)
    return PALETTE[at % colours], SHAPES[(at + at // colours) % shapes]


def marks(chart: Chart, rows: list[Datum], axes: dict[str, Any], tip: Any) -> Any:
    """Points in the colour and shape of their publisher, with a legend."""
    import altair as alt

    there = {row["organization"] for row in rows}
    groups = [name for name in chart.publishers if name in there]
    styles = [publisher_style(name, chart.publishers) for name in groups]
    colours, shapes = ([style[part] for style in styles] for part in (0, 1))
    legend = alt.Legend(
        title="Organization", symbolLimit=0, columns=1 + len(groups) // (_LEGEND_ROWS + 1)
    )
    return (
        alt.Chart(inline(rows))
        .mark_point(filled=True, size=45, opacity=0.9)
        .encode(
            color=alt.Color(
                "organization:N", legend=legend, scale=alt.Scale(domain=groups, range=colours)
            ),
            shape=alt.Shape(
                "organization:N", legend=legend, scale=alt.Scale(domain=groups, range=shapes)
            ),
            tooltip=tip,
            **axes,
        )
    )


def tooltips(*fields: tuple[str, str]) -> list[Any]:
    """The tooltip fields of a mark in an HTML chart: (field, title) each."""
    import altair as alt

    return [alt.Tooltip(field=name, title=title) for name, title in fields]


def year_axis() -> Any:
    """An axis of decimal years, labelled at the beginning of each."""
    import altair as alt

    return alt.Axis(title="Release date (year)", format="d", tickMinStep=1)


def count_axis(title: str, scale: AxisScale) -> Any:
    """An axis of counts on a logarithmic scale: 100M, 1B, 10B, with 2 and 5 between where it is short."""
    import altair as alt

    steps = (1, 2, 5) if scale.span < 2.5 else (1,)
    powers = [step * 10.0**power for power in range(5, 16) for step in steps]
    text = "replace(replace(format(datum.value, '.0s'), 'G', 'B'), 'P', 'Q')"
    return alt.Axis(title=title, values=powers, labelExpr=text)


def largest_first(rows: list[Datum], value: str) -> tuple[list[Datum], list[str]]:
    """Rows in label order: each family's largest, then the rest."""
    largest: dict[str, Datum] = {}
    for row in rows:
        if row["family"] not in largest or row[value] > largest[row["family"]][value]:
            largest[row["family"]] = row
    first = sorted(largest.values(), key=lambda row: -row[value])
    rest = [row for row in rows if row not in first]
    return [*first, *rest], [row["name"] for row in (*first, *rest)]


_ATTENTION_KINDS = ("MHA", "GQA", "MQA", "MLA", "linear", "none")


_MIXED = "mixed"


def attention_kinds(rows: list[Datum]) -> tuple[list[Datum], list[str], list[str]]:
    """Rows, attention kinds in a fixed order, and their colours, the same in every chart.

    Mixtures of kinds come last; where there are more than two, they are merged into one.
    """
    mixtures = sorted({row["attention"] for row in rows} - set(_ATTENTION_KINDS))
    if len(mixtures) > len(PALETTE) - len(_ATTENTION_KINDS):
        rows = [
            row if row["attention"] in _ATTENTION_KINDS else {**row, "attention": _MIXED}
            for row in rows
        ]
        mixtures = [_MIXED]
    colours = dict(zip((*_ATTENTION_KINDS, *mixtures), PALETTE, strict=False))
    there = {row["attention"] for row in rows}
    kinds = [kind for kind in colours if kind in there]
    return rows, kinds, [colours[kind] for kind in kinds]
