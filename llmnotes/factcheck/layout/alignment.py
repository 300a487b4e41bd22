"""Alignment of a short row's cells with the columns of its table, by dynamic programming."""

from __future__ import annotations

from collections.abc import Callable

NOWHERE = -(10**6)
"""The score of a cell that cannot be in a column."""

Fit = Callable[[int, int], int]
"""The score of a cell, by its position, in a column."""


def best_sums(fit: Fit, cells: int, columns: int) -> list[list[int]]:
    """`table[i][j]`: the best score of the cells from `i` on in the columns from `j` on."""
    table = [[NOWHERE] * (columns + 1) for _ in range(cells + 1)]
    table[cells] = [0] * (columns + 1)
    for i in range(cells - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            if columns - j < cells - i or j - i > columns - cells or j < i:
                continue
            table[i][j] = max(table[i][j + 1], fit(i, j) + table[i + 1][j + 1])
    return table


def best_columns(fit: Fit, sums: list[list[int]], cells: int, columns: int) -> list[set[int]]:
    """The columns of each cell in any of the best alignments."""
    found: list[set[int]] = [set() for _ in range(cells)]
    pending, seen = [(0, 0)], set()
    while pending:
        i, j = pending.pop()
        if i == cells or j == columns or (i, j) in seen:
            continue
        seen.add((i, j))
        if sums[i][j] == fit(i, j) + sums[i + 1][j + 1]:
            found[i].add(j)
            pending.append((i + 1, j + 1))
        if sums[i][j] == sums[i][j + 1]:
            pending.append((i, j + 1))
    return found
