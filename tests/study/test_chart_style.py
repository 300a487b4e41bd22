"""Colours and shapes of publishers."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import dist

import pytest

from llmnotes.study.chart_style import PALETTE, SHAPES, publisher_style

Vector = tuple[float, float, float]

VISIONS: dict[str, tuple[Vector, Vector, Vector]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red cones": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green cones": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue cones": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What linear red, green and blue turn into (Machado, Oliveira, Fernandes 2009, severity 1)."""

_TO_XYZ: tuple[Vector, Vector, Vector] = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE = (0.95047, 1.0, 1.08883)


def _turned(matrix: tuple[Vector, Vector, Vector], vector: Vector) -> Vector:
    one, two, three = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return one, two, three


def _linear(colour: str) -> Vector:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def _lab(colour: str, vision: str) -> Vector:
    """CIE L*a*b* of a colour as somebody with that vision sees it."""
    seen = _turned(_TO_XYZ, _turned(VISIONS[vision], _linear(colour)))
    x, y, z = (
        part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116
        for part in (max(value, 0) / white for value, white in zip(seen, _WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_publishers_share_no_look_until_all_are_given() -> None:
    names = [f"lab {number}" for number in range(len(PALETTE) * len(SHAPES) + 1)]

    looks = [publisher_style(name, names) for name in names]

    assert len(set(looks[:-1])) == len(names) - 1
    assert looks[-1] == looks[0]
    assert len({colour for colour, _ in looks[:8]}) == 8


def test_the_measure_is_right() -> None:
    assert _lab("#FFFFFF", "normal") == pytest.approx((100, 0, 0), abs=0.05)
    assert _lab("#FF0000", "normal") == pytest.approx((53.24, 80.09, 67.20), abs=0.05)


@pytest.mark.parametrize("vision", VISIONS)
def test_no_two_colours_look_nearly_alike(vision: str) -> None:
    """A distance of about 2 can just be noticed; that of Okabe and Ito's nearest two falls to 7."""
    close = [
        (one, other)
        for one, other in combinations(PALETTE, 2)
        if dist(_lab(one, vision), _lab(other, vision)) < 28
    ]

    assert close == []


def test_in_grey_all_colours_differ_and_neighbours_most() -> None:
    lightness = [_lab(colour, "normal")[0] for colour in PALETTE]

    assert min(abs(one - other) for one, other in combinations(lightness, 2)) > 7
    assert min(abs(one - other) for one, other in pairwise([*lightness, lightness[0]])) > 20


def test_every_colour_stands_out_from_the_white_ground() -> None:
    for colour in PALETTE:
        luminance = _turned(_TO_XYZ, _linear(colour))[1]
        assert 1.05 / (luminance + 0.05) > 2, colour
