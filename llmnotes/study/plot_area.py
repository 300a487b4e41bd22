"""The plot area of a scatter plot: scales in known pixels, and labels of points and lines.

Vega-Lite does not place labels, so their positions are computed here in pixels and passed as data.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from llmnotes.study.drawable import Datum
from llmnotes.study.labels import Box, place

if TYPE_CHECKING:
    import altair

WIDTH, HEIGHT = 560, 360
"""Size of a plot area in pixels."""
FONT = 10
"""Font size of labels in pixels."""
_CHARACTER = 5.4
"""Mean width of a character of that size, in pixels."""


def inline(rows: Sequence[Datum]) -> altair.InlineData:
    """Rows as inline data of the chart."""
    import altair as alt

    return alt.InlineData(values=list(rows))


class AxisScale:
    """A linear or logarithmic axis with known pixels, so that labels can be placed."""

    def __init__(
        self, values: Sequence[float], pixels: float, base: float | None, beyond: float
    ) -> None:
        self.base, self._pixels = base, pixels
        low, high = (self._at(value) for value in (min(values), max(values)))
        self._low = low - max((high - low) * 0.06, 0.15)
        self._high = high + max((high - low) * beyond, 0.15)

    @property
    def span(self) -> float:
        """Length of the axis in its own units, or in powers of its base."""
        return self._high - self._low

    def _at(self, value: float) -> float:
        return math.log(value, self.base) if self.base else value

    def pixel(self, value: float) -> float:
        """Distance from the beginning of the axis."""
        return (self._at(value) - self._low) / (self._high - self._low) * self._pixels

    def value(self, pixel: float) -> float:
        """The value at a distance from the beginning of the axis."""
        at = self._low + pixel / self._pixels * (self._high - self._low)
        return float(self.base**at) if self.base else at

    def altair(self) -> Any:
        """The same scale for Altair."""
        import altair as alt

        domain = [self.value(0), self.value(self._pixels)]
        if self.base:
            return alt.Scale(type="log", base=self.base, domain=domain, nice=False)
        return alt.Scale(domain=domain, nice=False, zero=False)


class PlotArea:
    """The plot area of a scatter plot: two scales and their axes."""

    def __init__(
        self,
        rows: list[Datum],
        x: str,
        y: str,
        bases: tuple[float | None, float | None],
        height: float = HEIGHT,
    ) -> None:
        self.x, self.y, self.rows, self.height = x, y, rows, height
        self.listed: list[str] = []
        # The labels of the last points are to the right of them.
        self.horizontal = AxisScale([row[x] for row in rows], WIDTH, bases[0], 0.2)
        self.vertical = AxisScale([row[y] for row in rows], height, bases[1], 0.06)

    def pixels(self, row: Datum) -> tuple[float, float]:
        """A row's point in pixels, from the upper left."""
        return (
            self.horizontal.pixel(row[self.x]),
            self.height - self.vertical.pixel(row[self.y]),
        )

    def axes(self, x: Any, y: Any) -> dict[str, Any]:
        """Encodings of both axes."""
        import altair as alt

        return {
            "x": alt.X(f"{self.x}:Q", axis=x, scale=self.horizontal.altair()),
            "y": alt.Y(f"{self.y}:Q", axis=y, scale=self.vertical.altair()),
        }

    def named(
        self,
        marks: Any,
        names: Sequence[str],
        axes: dict[str, Any],
        taken: Sequence[Box] = (),
        avoided: Sequence[Box] = (),
    ) -> list[Any]:
        """The marks' layer with labels beside them, the first rows' first, numbers where there is no room;
        `listed` then gives the names of the numbers.

        Labels have a white background, which interrupts lines and the grid but is below the marks.
        """
        import altair as alt

        points = [self.pixels(row) for row in self.rows]
        found = place(points, names, (WIDTH, self.height), taken, avoided)
        whole = {label.index for label in found if label.text == names[label.index]}
        unnamed = [name for index, name in enumerate(names) if name and index not in whole]
        self.listed = [f"{number} {name}" for number, name in enumerate(unnamed, start=1)]
        below, above = [], []
        for align in ("left", "right", "center"):
            rows = [
                {
                    self.x: self.horizontal.value(label.x),
                    self.y: self.vertical.value(self.height - label.y),
                    "label": label.text,
                }
                for label in found
                if label.align == align
            ]
            if rows:
                texts = alt.Chart(inline(rows)).encode(text="label:N", **axes)
                below.append(
                    texts.mark_text(
                        align=align, fontSize=FONT,
                        stroke="white", strokeWidth=4, strokeJoin="round",
                    )
                )  # fmt: skip
                above.append(texts.mark_text(align=align, fontSize=FONT, color="#333333"))
        return [*below, marks, *above]


def with_list(picture: Any, listed: Sequence[str]) -> Any:
    """The chart with the names of its numbers below it."""
    import altair as alt

    if not listed:
        return picture
    said = " · ".join(item.replace(" ", "\u00a0") for item in listed)
    lines = [
        {"line": number, "text": text}
        for number, text in enumerate(textwrap.wrap(said, int(WIDTH / _CHARACTER)))
    ]
    below = (
        alt.Chart(inline(lines), view=alt.ViewBackground(stroke=None))
        .mark_text(align="left", baseline="top", fontSize=FONT, color="#333333")
        .encode(x=alt.value(0), y=alt.Y("line:O", axis=None), text="text:N")
        .properties(width=WIDTH, height=alt.Step(FONT + 4))
    )
    return alt.vconcat(picture, below, spacing=8)


def _beside(line: list[tuple[float, float]], width: float, height: float) -> list[Box]:
    """Boxes of a text of this width below and above each point of a line, where they fit in the area."""
    return [
        box
        for x, y in line
        for box in (
            (x + 10, y - 2, x + 10 + width, y + 12),
            (x - 10 - width, y - 12, x - 10, y + 2),
        )
        if box[0] > 0 and box[1] > 0 and box[2] < WIDTH and box[3] < height - 2
    ]


def line_label(
    area: PlotArea, line: list[Datum], said: str, axes: dict[str, Any]
) -> tuple[list[Box], list[Box], list[Any]]:
    """The line's label where it hides the fewest points.

    Returns the boxes of the line, the box of its label, and the label's layers.
    """
    import altair as alt

    inside = [
        (x, y)
        for x, y in dense([area.pixels(row) for row in line])
        if 0 <= x <= WIDTH and 0 <= y <= area.height
    ]
    filled: list[Box] = [(x - 3, y - 3, x + 3, y + 3) for x, y in inside]
    boxes = _beside(inside, 6.0 * len(said), area.height)
    if not boxes:
        return filled, [], []
    points = [area.pixels(row) for row in area.rows]
    box = min(boxes, key=lambda one: _hidden(one, points))
    text = alt.Chart(
        inline(
            [
                {
                    area.x: area.horizontal.value(box[0]),
                    area.y: area.vertical.value(area.height - (box[1] + box[3]) / 2),
                    "label": said,
                }
            ]
        )
    ).encode(text="label:N", **axes)
    how: dict[str, Any] = {"align": "left", "fontSize": FONT, "fontStyle": "italic"}
    return (
        filled,
        [box],
        [
            text.mark_text(**how, stroke="white", strokeWidth=4, strokeJoin="round"),
            text.mark_text(**how, color="#555555"),
        ],
    )


def _hidden(box: Box, points: Sequence[tuple[float, float]]) -> int:
    """How many points a box covers or touches."""
    return sum(box[0] - 4 < x < box[2] + 4 and box[1] - 4 < y < box[3] + 4 for x, y in points)


def dense(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points along a polyline, a few pixels apart."""
    found = []
    for (ax, ay), (bx, by) in pairwise(points):
        steps = max(1, int(math.hypot(bx - ax, by - ay) / 4))
        found += [
            (ax + (bx - ax) * step / steps, ay + (by - ay) * step / steps) for step in range(steps)
        ]
    return found
