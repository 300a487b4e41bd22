"""Shorthand of cells of numbers."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.cells.shorthand import spelled_out
from llmnotes.schema import ATTRIBUTES


@pytest.mark.parametrize(
    ("attribute", "text", "spelled"),
    [
        ("d_model", "4096/32=128", "128"),
        ("n_layers", "12E/12D", "12 + 12"),
        ("learning_rate", "10-4", "1e-4"),
        ("context_length", "32 768 / 131 072", "32768 / 131072"),
        ("context_length", "32k (128k YaRN)", "32k  / 128k YaRN / "),
        ("context_length", "32k (recommended 8k)", "32k (recommended 8k)"),
        ("n_layers", "12 768", "12 768"),
    ],
)
def test_shorthand_is_that_of_the_attribute(attribute, text, spelled):
    assert spelled_out(ATTRIBUTES[attribute], text) == spelled


@pytest.mark.parametrize(
    ("attribute", "values"),
    [("n_experts", [256]), ("n_experts_active", [8]), ("n_shared_experts", [1])],
)
def test_counts_of_experts_are_told_apart_by_their_words(attribute, values):
    reading = read_cell("256 routed + 1 shared, 8 active", attribute)
    assert list(reading.values) == values
    assert read_cell("16", attribute).values == (16,)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("32 768 native / 131 072 (YaRN)", "agrees-normalised"),
        ("131 072", "agrees"),
        ("32k (128k YaRN)", "agrees-normalised"),
        ("48k native", "wrong"),
    ],
)
def test_a_native_length_may_stand_beside_the_extended_one(cell, text, verdict):
    assert cell("Qwen3-32B", "Context", text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "every", "active"),
    [
        ("8 of 128", [128], [8]),
        ("10+1 of 512 (flagship) or 8+1 of 256", [512, 256], [10, 8]),
        ("(1 shared + 8 routed)/257", [257], [8]),
        ("(2 shared+ 6 routed) / 66", [66], [6]),
    ],
)
def test_active_experts_may_be_told_out_of_all(text, every, active):
    assert list(read_cell(text, "n_experts").values) == every
    assert list(read_cell(text, "n_experts_active").values) == active


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


def test_a_factor_behind_a_value_is_none() -> None:
    assert read_cell("104B; ×25.5", "params_total").values == (104_000_000_000,)
    assert read_cell("×25.5", "params_total").values != ()


@pytest.mark.parametrize("text", ["512 x 1024k", "3.2 x 1024", "512"])
def test_a_scale_or_a_fraction_makes_no_product_of_sequences(text: str) -> None:
    assert 524_288 not in read_cell(text, "batch_size").values


def test_a_product_is_one_of_batches_alone() -> None:
    assert read_cell("512 x 1024", "d_model").values != (524_288,)
