"""Merged cells of an HTML table that span a row without cells."""

from __future__ import annotations

from llmnotes.factcheck.layout.grid import grid, text_of
from llmnotes.tables import read


def laid(page: str) -> list[list[str]]:
    table = next(iter(read(page, "page.html")))
    return [[text_of(row, i) for i in range(len(row))] for row in grid(table)]


def test_a_header_merged_over_an_empty_row_does_not_reach_into_the_rows_below():
    page = (
        "<table><thead><tr><th rowspan=2>Model</th><th rowspan=2>Layers</th></tr><tr></tr></thead>"
        "<tbody><tr><td>LLaMA 7B</td><td>32</td></tr><tr><td>LLaMA 13B</td><td>40</td></tr></tbody></table>"
    )

    assert laid(page) == [["Model", "Layers"], ["LLaMA 7B", "32"], ["LLaMA 13B", "40"]]


def test_a_cell_merged_over_a_row_with_cells_reaches_into_it():
    page = "<table><tr><td rowspan=2>Meta</td><td>LLaMA</td></tr><tr><td>Llama 2</td></tr><tr></tr></table>"

    assert laid(page) == [["Meta", "LLaMA"], ["Meta", "Llama 2"]]
