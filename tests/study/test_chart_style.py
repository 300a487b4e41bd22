"""Colours and shapes of publishers."""

from __future__ import annotations

from llmnotes.study.chart_style import PALETTE, SHAPES, publisher_style


def test_publishers_share_no_look_until_all_are_given() -> None:
    names = [f"lab {number}" for number in range(len(PALETTE) * len(SHAPES) + 1)]

    looks = [publisher_style(name, names) for name in names]

    assert len(set(looks[:-1])) == len(names) - 1
    assert looks[-1] == looks[0]
    assert len({colour for colour, _ in looks[:8]}) == 8
