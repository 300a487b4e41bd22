"""Bars and sparklines in characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from llmnotes.views.sparkline import bar, bars, sparkline


def test_a_sparkline_rises_with_its_values_and_leaves_gaps() -> None:
    assert sparkline([1, 2, 3, 4, 5, 6, 7, 8]) == "▁▂▃▄▅▆▇█"
    assert sparkline([1, None, 100], log=True) == "▁ █"
    assert sparkline([5, 5]) == "██"
    assert sparkline([None]) == " "


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 60))
def test_a_longer_bar_is_a_larger_share(one: float, other: float, width: int) -> None:
    short, long = sorted((one, other))

    assert len(bar(short, width)) <= len(bar(long, width)) <= width


@given(
    st.lists(
        st.tuples(st.text(max_size=40), st.floats(0.001, 1e15), st.text("0123456789.kMB", max_size=8)),
        min_size=1, max_size=8,
    ),
    st.integers(50, 120),
    st.booleans(),
)  # fmt: skip
def test_bars_fit_the_width(rows: list[tuple[str, float, str]], width: int, log: bool) -> None:
    lines = bars(rows, width=width, log=log)

    assert len(lines) == len(rows)
    assert max(map(len, lines)) <= width
