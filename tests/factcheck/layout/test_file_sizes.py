"""Sizes in bytes are not of parameters."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.layout.file_sizes import unless_of_files
from llmnotes.factcheck.layout.headers import read_header


@pytest.mark.parametrize(
    "texts", [["23 GB", "-"], ["9.6GB"], ["350 MB", "~1.1 TiB", ""], ["4.7 GB (Q4)"]]
)
def test_a_column_of_bytes_is_not_one_of_parameters(texts):
    assert unless_of_files(read_header("Size"), texts) is None
    assert unless_of_files(read_header("Layers"), texts) == read_header("Layers")


@pytest.mark.parametrize(
    "texts", [["23 GB", "7B"], ["7B"], ["", "-"], ["GB"], ["7 GB of RAM for 7B"]]
)
def test_a_column_with_one_other_value_keeps_its_header(texts):
    assert unless_of_files(read_header("Size"), texts) == read_header("Size")


def test_rows_and_columns_of_bytes_are_left_out(check):
    rows = check("| Model | Size | Layers |\n|---|---|---|\n| LLaMA 7B | 13 GB | 32 |\n")
    columns = check(
        "| | LLaMA 7B | PaLM 8B |\n|---|---|---|\n| Layers | 32 | 32 |\n| Size | 13 GB | 16 GB |\n"
    )

    assert [one.judgement.attribute for one in rows.judged_cells] == ["n_layers"]
    assert {one.judgement.attribute for one in columns.judged_cells} == {"n_layers"}
