"""Plots as SVG: points that link to their models, with titles and labels."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from llmnotes.escapes import html

WIDTH, HEIGHT = 960, 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 110, 16, 44

MOST_LINKED = 400
"""Maximum number of points with links of their own, which take some 100 bytes each."""

SHAPES = ("circle", "square", "diamond", "triangle", "cross")
COLOURS = (
    "#0b6e99", "#b3541e", "#3f7d20", "#8a3ffc", "#c2185b", "#00796b", "#7a5c00", "#5d4037",
    "#3949ab", "#546e7a",
)  # fmt: skip
"""Series also differ by shape; the colours contrast with white and with black."""


class Point(NamedTuple):
    """A point to draw: its coordinates, name, series and link."""

    x: float
    y: float
    label: str
    says: str
    series: str
    href: str


class Axis(NamedTuple):
    """The scale of an axis, with its ticks."""

    name: str
    low: float
    high: float
    log: bool
    ticks: Sequence[float]
    text: Callable[[float], str]

    def place(self, value: float) -> float:
        """0 at the lower end, 1 at the upper."""
        if self.log:
            low, high, value = math.log(self.low), math.log(self.high), math.log(value)
        else:
            low, high = self.low, self.high
        return (value - low) / (high - low) if high > low else 0.5


def log_axis(name: str, values: Iterable[float], text: Callable[[float], str]) -> Axis:
    """A logarithmic axis over positive values, marked at powers of ten."""
    numbers = [value for value in values if value > 0] or [1.0]
    first, last = math.floor(math.log10(min(numbers))), math.ceil(math.log10(max(numbers)))
    last = max(last, first + 1)
    step = max(1, (last - first) // 8)
    ticks = [10.0**power for power in range(first, last + 1, step)]
    return Axis(name, 10.0**first, 10.0**last, True, ticks, text)


def year_axis(name: str, values: Iterable[float]) -> Axis:
    """An axis of years, marked at each."""
    numbers = list(values) or [2020.0]
    first, last = math.floor(min(numbers)), math.ceil(max(numbers) + 0.01)
    return Axis(
        name, first, last, False, list(range(first, last + 1)), lambda value: f"{value:.0f}"
    )


def style(series: Sequence[str]) -> dict[str, tuple[str, str]]:
    """A colour and a shape for each series, deterministic for the same set of series."""
    return {
        name: (COLOURS[number % len(COLOURS)], SHAPES[(number // len(COLOURS) + number) % 5])
        for number, name in enumerate(sorted(series))
    }


def scatter(
    title: str,
    across: Axis,
    upwards: Axis,
    points: Sequence[Point],
    *,
    styles: dict[str, tuple[str, str]],
) -> str:
    """A scatter plot; every point is a link with a title, and labelled where there is room.

    Points after the first `MOST_LINKED` are drawn without links.
    """
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT + 40}" role="group" '
        f'aria-label="{html(title)}">'
    ]
    lines += _frame(across, upwards)
    drawn, points = points[:-MOST_LINKED], points[-MOST_LINKED:]
    lines += _dots([(_at(across, upwards, item), styles[item.series][0]) for item in drawn], 6)
    places = [_at(across, upwards, point) for point in points]
    taken = [(x - 7, y, 14.0) for x, y in places]  # no label may cover a point
    for point, (x, y) in sorted(zip(points, places, strict=True), key=lambda item: item[1]):
        colour, shape = styles[point.series]
        label = _label(point.label, x, y, taken)
        lines.append(
            f'<a href="{html(point.href)}"><title>{html(point.label)}: {html(point.says)}</title>'
            f"{_mark(shape, x, y, colour)}{label}</a>"
        )
    lines += _legend(sorted({point.series for point in points}), styles, HEIGHT + 12.0)
    lines.append("</svg>")
    return "\n".join(lines)


def scatter_thumbnail(
    across: Axis, upwards: Axis, points: Sequence[Point], styles: dict[str, tuple[str, str]]
) -> str:
    """A scatter plot without text, as a thumbnail."""
    places = [(_at(across, upwards, point), styles[point.series][0]) for point in points]
    return _thumbnail(HEIGHT, _dots(places, 12))


def lanes_thumbnail(
    across: Axis,
    points: Sequence[tuple[Point, str]],
    edges: Sequence[tuple[str, str]],
    styles: dict[str, tuple[str, str]],
) -> str:
    """Lanes with points and edges without text, as a thumbnail."""
    places = _lane_places(across, points)
    moves = "".join("M{:.0f} {:.0f}L{:.0f} {:.0f}".format(*places[a], *places[b]) for a, b in edges)
    dots = [(places[point.label], styles[point.series][0]) for point, _ in points]
    lines = [f'<path d="{moves}" fill="none" stroke="#888" stroke-width="3"/>', *_dots(dots, 16)]
    return _thumbnail(_lanes_height(points), lines)


def _thumbnail(height: float, lines: Iterable[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}">'
    return "\n".join([head, *lines, "</svg>"])


def _dots(points: Sequence[tuple[tuple[float, float], str]], size: int) -> Iterable[str]:
    """Points as one path for each colour: some ten bytes a point."""
    by_colour: dict[str, list[str]] = {}
    for (x, y), colour in points:
        by_colour.setdefault(colour, []).append(f"M{x:.0f} {y:.0f}h0")
    for colour, moves in by_colour.items():
        yield (
            f'<path d="{"".join(moves)}" fill="none" stroke="{colour}" stroke-width="{size}" '
            'stroke-linecap="round"/>'
        )


def lanes(
    title: str,
    across: Axis,
    points: Sequence[tuple[Point, str]],
    edges: Sequence[tuple[str, str]],
    *,
    styles: dict[str, tuple[str, str]],
) -> str:
    """Points in lanes along an axis, joined by edges between their labels."""
    height = _lanes_height(points)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height + 80}" role="group" '
        f'aria-label="{html(title)}">'
    ]
    right = WIDTH - _RIGHT
    for value in across.ticks:
        x = round(_LEFT + across.place(value) * (right - _LEFT), 1)
        lines.append(
            f'<line class="grid" x1="{x}" y1="{_TOP}" x2="{x}" y2="{height}" stroke="#ccc"/>'
        )
        lines.append(
            f'<text x="{x}" y="{height + 16}" text-anchor="middle">{html(across.text(value))}</text>'
        )
    places = _lane_places(across, points)
    for one, other in edges:
        (x1, y1), (x2, y2) = places[one], places[other]
        lines.append(f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#888"/>')
    taken = [(x - 7, y, 14.0) for x, y in places.values()]
    for point, _ in points:
        x, y = places[point.label]
        colour, shape = styles[point.series]
        lines.append(
            f'<a href="{html(point.href)}"><title>{html(point.label)}: {html(point.says)}</title>'
            f"{_mark(shape, x, y, colour)}{_label(point.label, x, y, taken, (-7, 17))}</a>"
        )
    lines += _legend(sorted({point.series for point, _ in points}), styles, height + 36.0)
    lines.append("</svg>")
    return "\n".join(lines)


_LANE = 34
"""Height of a lane in pixels."""


def _lanes_height(points: Sequence[tuple[Point, str]]) -> int:
    return _TOP + _LANE * len({lane for _, lane in points})


def _lane_places(
    across: Axis, points: Sequence[tuple[Point, str]]
) -> dict[str, tuple[float, float]]:
    names = list(dict.fromkeys(lane for _, lane in points))
    width = WIDTH - _LEFT - _RIGHT
    return {
        point.label: (
            round(_LEFT + across.place(point.x) * width, 1),
            _TOP + _LANE * names.index(lane) + _LANE / 2,
        )
        for point, lane in points
    }


def _at(across: Axis, upwards: Axis, point: Point) -> tuple[float, float]:
    x = _LEFT + across.place(point.x) * (WIDTH - _LEFT - _RIGHT)
    y = HEIGHT - _BOTTOM - upwards.place(point.y) * (HEIGHT - _TOP - _BOTTOM)
    return round(x, 1), round(y, 1)


def _frame(across: Axis, upwards: Axis) -> Iterable[str]:
    right, bottom = WIDTH - _RIGHT, HEIGHT - _BOTTOM
    for value in upwards.ticks:
        y = round(bottom - upwards.place(value) * (bottom - _TOP), 1)
        yield f'<line class="grid" x1="{_LEFT}" y1="{y}" x2="{right}" y2="{y}" stroke="#ccc"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{html(upwards.text(value))}</text>'
    for value in across.ticks:
        x = round(_LEFT + across.place(value) * (right - _LEFT), 1)
        yield f'<line class="grid" x1="{x}" y1="{_TOP}" x2="{x}" y2="{bottom}" stroke="#ccc"/>'
        yield f'<text x="{x}" y="{bottom + 16}" text-anchor="middle">{html(across.text(value))}</text>'
    yield f'<text x="{(_LEFT + right) / 2}" y="{bottom + 34}" text-anchor="middle">{html(across.name)}</text>'
    turned = f'transform="translate(14 {bottom / 2}) rotate(-90)" text-anchor="middle"'
    yield f"<text {turned}>{html(upwards.name)}</text>"


def _mark(shape: str, x: float, y: float, colour: str) -> str:
    r = 5
    if shape == "square":
        return f'<rect x="{x - r + 1}" y="{y - r + 1}" width="8" height="8" fill="{colour}"/>'
    paths = {
        "diamond": f"M{x} {y - 6}l6 6l-6 6l-6 -6z",
        "triangle": f"M{x} {y - 6}l6 10h-12z",
        "cross": f"M{x - 5} {y - 2}h3v-3h4v3h3v4h-3v3h-4v-3h-3z",
    }
    if shape in paths:
        return f'<path d="{paths[shape]}" fill="{colour}"/>'
    return f'<circle cx="{x}" cy="{y}" r="{r}" fill="{colour}"/>'


def _label(
    label: str,
    x: float,
    y: float,
    taken: list[tuple[float, float, float]],
    heights: Sequence[int] = (4, -8, 16),
) -> str:
    """The label beside a point, where it covers no other; the title repeats it in any case."""
    width = 6.2 * len(label) + 4
    for dy in heights:
        place = (x + 8, y + dy, width)
        if x + 8 + width < WIDTH and not any(_overlap(place, other) for other in taken):
            taken.append(place)
            return f'<text x="{x + 8}" y="{y + dy}">{html(label)}</text>'
    return ""


def _overlap(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    return (
        one[0] < other[0] + other[2] and other[0] < one[0] + one[2] and abs(one[1] - other[1]) < 12
    )


def _legend(series: Sequence[str], styles: dict[str, tuple[str, str]], y: float) -> Iterable[str]:
    x = float(_LEFT)
    for name in series:
        colour, shape = styles[name]
        width = 22 + 6.5 * len(name)
        if x + width > WIDTH:
            x, y = float(_LEFT), y + 16
        yield f'{_mark(shape, x, y, colour)}<text x="{x + 9}" y="{y + 4}">{html(name)}</text>'
        x += width
