"""Places labels of points without overlaps.

A greedy placement: Vega-Lite has none of its own, and one pass over a few dozen points suffices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

_HEIGHT, _CHARACTER, _GAP, _RADIUS = 11.0, 6.0, 6.0, 4.0
"""In pixels: line height, mean character width at 10 px, distance to the point, its radius."""


@dataclass(frozen=True, slots=True)
class Label:
    """The position of a text: its anchor in pixels and which end of the text is there."""

    index: int
    text: str
    x: float
    y: float
    align: Literal["left", "right", "center"]


Box = tuple[float, float, float, float]


def place(
    points: Sequence[tuple[float, float]],
    names: Sequence[str],
    size: tuple[float, float],
    taken: Sequence[Box] = (),
    avoided: Sequence[Box] = (),
) -> list[Label]:
    """Labels for all points: their names where there is room, the first points first, else numbers.

    `points` are in pixels from the upper left of a field of `size`; `taken` are boxes to keep free,
    `avoided` boxes to keep free where possible. A point with an empty name gets no label, nor does one
    without room even for a number; numbers count the points without a name from 1.
    """
    boxes = [(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for x, y in points]
    boxes += taken

    def placed(index: int, text: str) -> Label | None:
        candidates = _candidates(index, *points[index], text)
        free = [
            (label, box)
            for label, box in candidates
            if _inside(box, size) and not any(_overlap(box, other) for other in boxes)
        ]
        best = [
            one for one in free if not any(_overlap(one[1], other) for other in avoided)
        ] or free
        if not best:
            return None
        boxes.append(best[0][1])
        return best[0][0]

    named = {index: placed(index, name) for index, name in enumerate(names) if name}
    unnamed = [index for index, label in named.items() if label is None]
    numbered = [placed(index, str(number)) for number, index in enumerate(unnamed, start=1)]
    return [label for label in [*named.values(), *numbered] if label is not None]


def _candidates(index: int, x: float, y: float, text: str) -> list[tuple[Label, Box]]:
    """Right, left, above, below, and the corners, each with the bounding box of the text."""
    width = _CHARACTER * len(text)
    half, up = width / 2, _HEIGHT / 2
    right, left = x + _GAP, x - _GAP
    found: list[tuple[Label, Box]] = []
    for shift in (0.0, -9.0, 9.0):
        at = y + shift
        found.append(
            (Label(index, text, right, at, "left"), (right, at - up, right + width, at + up))
        )
        found.append(
            (Label(index, text, left, at, "right"), (left - width, at - up, left, at + up))
        )
    for at in (y - 11.0, y + 11.0):
        found.append((Label(index, text, x, at, "center"), (x - half, at - up, x + half, at + up)))
    return found


def _inside(box: Box, size: tuple[float, float]) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
