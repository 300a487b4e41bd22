"""Tables of sizes alone are recognized though one of their cells is wrong, and tell it."""

from __future__ import annotations

import pytest

DEEPSEEK = """| Params | #layers | dmodel | #heads | #kv_heads | SeqLength | LR | Tokens |
|---|---|---|---|---|---|---|---|
| 7B | {layers} | 4096 | 32 | 32 | 4096 | 4.2e-4 | 2.0T |
| 67B | 95 | {width} | 64 | 8 | 4096 | 3.2e-4 | 2.0T |
"""
LLAMA_2 = """## Llama 2

| Params | Context Length | Tokens | LR |
|---|---|---|---|
| 7B | 4k | 2.0T | 3.0e-4 |
| {size} | 4k | 2.0T | 3.0e-4 |
| 70B | 4k | 2.0T | 1.5e-4 |
"""


def wrong(found):
    return [cell.cell.text for cell in found.judged_cells if cell.judgement.is_false]


@pytest.mark.parametrize(
    ("layers", "width", "told"),
    [("30", "8192", []), ("80", "8192", ["80"]), ("80", "8129", ["80", "8129"]), ("30", "8129", ["8129"])],
)  # fmt: skip
def test_two_rows_of_sizes_without_a_name_tell_their_wrong_cells(check, layers, width, told):
    assert wrong(check(DEEPSEEK.format(layers=layers, width=width))) == told


def test_half_of_the_values_of_a_family_make_a_table_none_of_its_own(check):
    text = DEEPSEEK.format(layers="80", width="8129").replace("4096", "2048").replace("64", "16")
    assert not any(cell.subject for cell in check(text).judged_cells)


@pytest.mark.parametrize(
    ("size", "told"),
    [("13B", []), ("18B", ["18B"]), ("130B", ["130B"]), ("13M", ["13M"]), ("29B", []), ("70B", ["70B"])],
)  # fmt: skip
def test_a_size_that_is_a_slip_away_or_stands_twice_is_wrong(check, size, told):
    """None of the family has 29B, which is no slip of any: it may be another model's."""
    assert wrong(check(LLAMA_2.format(size=size))) == told


def test_of_a_size_with_two_versions_a_slip_is_told_of_the_first(check):
    rows = "| Params | Layers | d_model | Heads |\n|---|---|---|---|\n"
    rows += "| 79M | 6 | 512 | 8 |\n| 160M | 12 | 768 | 12 |\n| 410M | 24 | 1024 | 16 |\n"
    assert wrong(check("## Pythia\n\n" + rows)) == ["79M"]


def test_what_is_wrong_of_each_generation_is_told_where_both_are_near(check):
    rows = """| #param | #layers | #head | #kv-head | #d_emb | #h_dim |
|---|---|---|---|---|---|
| 135M | 30 | 29 | 3 | 576 | 1536 |
| 362M | 32 | 15 | 5 | 960 | 2560 |
| 1.71B | 24 | 32 | 32 | 2048 | 8192 |
"""
    assert wrong(check(rows)) == ["29"]


GOPHER = """| Model | Layers | nHeads | dmodel |
|---|---|---|---|
| 44M | 8 | 16 | 512 |
| 117M | {layers} | 12 | 768 |
| {size} | 32 | 32 | 4,096 |
| {name} | 80 | 128 | 16,384 |
"""


@pytest.mark.parametrize(
    ("name", "size", "layers", "told"),
    [("Gopher 280B", "7.1B", "12", []), ("Gopher 280B", "7.1B", "16", ["16"]),
     ("Gopher 280B", "8.1B", "16", []), ("Our model of 280B", "7.1B", "16", [])],
)  # fmt: skip
def test_sizes_beside_one_name_are_of_its_family_where_it_has_them_all(
    check, name, size, layers, told
):
    assert wrong(check(GOPHER.format(name=name, size=size, layers=layers))) == told


def test_sizes_beside_names_of_two_families_are_of_neither(check):
    table = GOPHER.format(name="Gopher 280B", size="7.1B", layers="16")

    assert wrong(check(table + "| Chinchilla 70B | 80 | 64 | 8,192 |\n")) == []
