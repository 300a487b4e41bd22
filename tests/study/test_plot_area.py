"""The plot area and what finds no room in it."""

from __future__ import annotations

import pytest

from llmnotes.study.plot_area import PlotArea


def test_what_has_no_room_for_a_name_gets_a_number_and_is_listed() -> None:
    pytest.importorskip("altair")
    rows = [
        {"x": 1.0 + at / 1000, "y": 1.0, "name": f"Model {at} of a long name"} for at in range(40)
    ]
    area = PlotArea([*rows, {"x": 2.0, "y": 2.0, "name": "Far"}], "x", "y", (None, None))

    area.named(None, [row["name"] for row in area.rows], {})

    assert "Far" not in " ".join(area.listed)
    assert len(area.listed) > 20
    assert area.listed[0].startswith("1 Model ")
    assert len(set(area.listed)) == len(area.listed)
