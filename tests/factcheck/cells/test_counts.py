"""Shorthand of an attribute that tables write: `12E/12D`, `512 x 1024`, `16B (2.4B)`."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.cells.sizes import BRACKETED


@pytest.mark.parametrize("text", ["12E/12D", "12E + 12D", "12E, 12D", "12 E / 12 D", "12E&12D"])
def test_layers_of_encoder_and_decoder_are_a_sum(text: str) -> None:
    reading = read_cell(text, "n_layers")

    assert (reading.shape, reading.values) == ("sum", (12, 12))


@pytest.mark.parametrize("text", ["12E/12Dx", "x12E/12D", "12E"])
def test_letters_of_other_words_are_no_sides(text: str) -> None:
    assert read_cell(text, "n_layers").shape != "sum"


def test_sides_are_those_of_layers_alone() -> None:
    assert read_cell("12E/12D", "n_heads").shape != "sum"


@pytest.mark.parametrize("text", ["512 x 1024", "512 × 1024 tokens", "512*1024", "512 · 1024"])
def test_sequences_times_their_length_are_a_batch_in_tokens(text: str) -> None:
    reading = read_cell(text, "batch_size")

    assert (reading.value, reading.items[0].unit) == (524_288, "tokens")


@pytest.mark.parametrize("text", ["512 x 1024k", "3.2 x 1024", "512"])
def test_a_scale_or_a_fraction_makes_no_product_of_sequences(text: str) -> None:
    assert 524_288 not in read_cell(text, "batch_size").values


def test_a_product_is_one_of_batches_alone() -> None:
    assert read_cell("512 x 1024", "d_model").values != (524_288,)


@pytest.mark.parametrize(
    ("text", "active"), [("16B(2.4B)", 2.4e9), ("16B (2.4B)", 2.4e9), ("100B (69B)", 69e9)]
)
def test_a_much_smaller_size_in_brackets_may_be_the_active_one(text: str, active: float) -> None:
    reading = read_cell(text, "params_active", strict=True)

    assert [float(value) for value in reading.values] == pytest.approx([active])
    assert reading.items[0].qualifier == BRACKETED


@pytest.mark.parametrize(
    "text", ["100B (71B)", "16B (2.4)", "16 (2.4B)", "1B (1.23B)", "16B", "7B (13B)"]
)
def test_a_size_in_brackets_that_is_near_or_has_no_scale_is_not(text: str) -> None:
    assert read_cell(text, "params_active", strict=True).items == ()


def test_the_total_stands_outside_the_brackets() -> None:
    assert read_cell("16B (2.4B)", "params_total").values == (16 * 10**9,)


def test_a_cell_of_very_many_numbers_is_no_value() -> None:
    few, many = (", ".join(map(str, range(100, 100 + count))) for count in (60, 61))

    assert len(read_cell(few, "d_model").items) == 60
    assert read_cell(many, "d_model").shape == "unreadable"
