"""The placings of the best sum of a short row's cells in the columns of its table."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.factcheck.layout.alignment import NOWHERE, best_columns, best_sums


def placed(scores: list[list[int]]) -> tuple[int, list[set[int]]]:
    """The best sum of a table of scores, a row for each cell, and the columns each cell may take."""
    cells, columns = len(scores), len(scores[0])

    def fit(cell: int, column: int) -> int:
        assert cell <= column <= cell + columns - cells, (
            "a place that leaves no room for the others"
        )
        return scores[cell][column]

    sums = best_sums(fit, cells, columns)
    return sums[0][0], best_columns(fit, sums, cells, columns)


@pytest.mark.parametrize(
    ("scores", "best", "columns"),
    [
        ([[4, -4], [9, 4]], 8, [{0}, {1}]),
        ([[4, -4, 9], [9, -4, 4]], 8, [{0}, {2}]),
        ([[-4, 4, 9], [9, -4, 4]], 8, [{1}, {2}]),
        ([[4, 4, 9], [9, 4, 4]], 8, [{0, 1}, {1, 2}]),
        ([[0, 0, 0]], 0, [{0, 1, 2}]),
        ([[-1, 0, -1]], 0, [{1}]),
        ([[4, 0, 0, 9], [9, 4, 0, 4], [9, 9, 0, 4]], 12, [{0}, {1}, {3}]),
    ],
)
def test_cells_take_the_columns_of_the_best_sum(scores, best, columns):
    assert placed(scores) == (best, columns)


def test_a_cell_that_may_stand_nowhere_else_stays():
    best, columns = placed([[0, NOWHERE, NOWHERE], [NOWHERE, 1, 4]])
    assert (best, columns) == (4, [{0}, {2}])


def test_nothing_that_others_gain_moves_a_cell_that_may_stand_nowhere_else():
    before = [[4 if column == cell + 1 else 0 for column in range(42)] for cell in range(40)]
    label = [NOWHERE] * 40 + [0, NOWHERE]
    best, columns = placed([*before, label])
    assert (best, columns) == (0, [{cell} for cell in range(41)])


@given(st.integers(1, 4), st.integers(0, 3), st.data())
def test_the_best_sum_is_that_of_all_placings_tried(cells, missing, data):
    columns = cells + missing
    row = st.lists(st.integers(-4, 4), min_size=columns, max_size=columns)
    scores = data.draw(st.lists(row, min_size=cells, max_size=cells))
    placings = list(combinations(range(columns), cells))
    sums = [sum(scores[cell][column] for cell, column in enumerate(one)) for one in placings]
    best = [one for one, total in zip(placings, sums, strict=True) if total == max(sums)]
    assert placed(scores) == (max(sums), [{one[cell] for one in best} for cell in range(cells)])
