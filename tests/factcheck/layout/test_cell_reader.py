"""A cell as its header's attribute, and as those that people put into the same cell."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.cells.units import scale_of
from llmnotes.factcheck.layout.cell_reader import CellReader, read_all
from llmnotes.factcheck.layout.headers import Header, read_header

TOKENIZER = Header("Tokenizer", attributes=("tokenizer", "tokenizer_library", "vocab_size"))
ATTENTION = Header(
    "Attention", attributes=("attention", "attention_mask", "attention_span", "sparsity")
)
PARAMS = Header("Params", attributes=("params_total", "params_active"), scale=scale_of("B"))


def read(text, header):
    return [(one.attribute, one.values) for one in read_all(text, header)]


@pytest.mark.parametrize(
    ("text", "header", "found"),
    [
        ("BPE", TOKENIZER, [("tokenizer", ("BPE",))]),
        ("BPE, 32k", TOKENIZER, [("tokenizer", ("BPE",)), ("vocab_size", (32_000,))]),
        ("SentencePiece", TOKENIZER, [("tokenizer_library", ("SentencePiece",))]),
        ("nonsense", TOKENIZER, [("tokenizer", ())]),
        ("—", TOKENIZER, [("tokenizer", ())]),
        ("7", PARAMS, [("params_total", (7 * 10**9,))]),  # no word says that it is another one
        ("47 (13 active)", PARAMS, [("params_total", (47 * 10**9,))]),
        ("47B of which A3B", PARAMS, [("params_total", (47 * 10**9,)), ("params_active", (3 * 10**9,))]),
        ("57B-A14B", PARAMS, [("params_total", (57 * 10**9,)), ("params_active", (14 * 10**9,))]),
        ("causal", ATTENTION, [("attention_mask", ("causal",))]),
        ("full", ATTENTION, [("attention_span", ("full",))]),  # loosely, as nothing else is
        ("anything", Header("?"), []),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_its_attribute_and_as_those_that_are_surely_in_it(text, header, found):
    assert read(text, header) == found


def test_a_cell_below_a_term_is_read_as_that_alone():
    header = Header("GQA", attributes=("attention", "attention_span"), term="GQA")
    assert read("✓", header) == [("attention", ("GQA",))]
    assert read("yes, sliding window", header) == [("attention", ("GQA",))]


def test_a_reader_keeps_to_the_header():
    reader = CellReader()
    assert reader.read("7", "params_total", scale_of("M")).values == (7 * 10**6,)
    assert reader.read("32", "n_layers").values == (32,)
    assert [one.attribute for one in reader.readings("BPE, 32k", TOKENIZER)] == [
        "tokenizer", "vocab_size",
    ]  # fmt: skip
    gqa = Header("GQA", attributes=("attention",), term="GQA")
    assert [reader.flag(text, gqa) for text in ("yes", "✗", "32")] == [True, False, None]
    assert reader.flag("yes", TOKENIZER) is None


@pytest.mark.parametrize(
    ("header", "text", "values"),
    [
        ("Context / Generation Length", "128K / 8K", (131072,)),
        ("Context Length", "128K / 8K", (131072, 8192)),
        ("MoE", "yes", ("moe",)),
        ("moe", "FALSE", ("dense",)),
        ("MoE", "8 experts", (8,)),
    ],
)
def test_two_lengths_and_ticks_are_read_as_the_header_says(header, text, values):
    assert read_all(text, read_header(header))[0].values == values


def test_a_family_may_be_dense_and_sparse():
    reading = read_all("both", read_header("Dense / MoE"))[0]
    assert reading.values == ("dense", "moe")
    assert read_all("both", read_header("Architecture"))[0].values == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("api | ckpt", ("open-weights",)),
        ("api", ("api-only",)),
        ("closed, ckpt", ("api-only", "open-weights")),
    ],
)
def test_an_api_beside_weights_takes_none_away(text, value):
    assert read(text, read_header("Access"))[0] == ("availability", value)


def test_a_tick_below_weights_tells_that_they_can_be_had():
    weights, size = read_header("Weights"), read_header("Params")
    assert [one[0] for one in read("✔", weights)] == ["availability"]
    assert [one[0] for one in read("7B", weights)] == ["params_total"]
    assert read("✔", size) == [("params_total", ())]


def test_ticks_and_crosses_say_yes_and_no() -> None:
    gqa = read_header("GQA")

    assert read_all("✓", gqa)[0].value == "GQA"
    assert read_all("X", gqa)[0].value is False
    assert read_cell("×", "bias").value == "none"
    assert read_cell("True", "tied_embeddings").value is True


def test_a_cell_is_read_for_its_header_and_for_what_people_add() -> None:
    read = {item.attribute: item.values for item in read_all(
        "BPE (variant, SentencePiece, 32k)", read_header("Tokenizer"))}  # fmt: skip

    assert read == {
        "tokenizer": ("BPE",), "tokenizer_library": ("SentencePiece",), "vocab_size": (32_000,),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "text", "told"),
    [
        ("Dataset size", "570 GB", {"training_data"}),
        ("Dataset size", "300B", {"training_tokens"}),
        ("Optimizer", "Adam, batch=3.2M tokens", {"optimizer"}),
        ("Optimizer", "Adam, 375M tokens of warmup", {"optimizer", "warmup"}),
    ],
)
def test_amounts_stand_for_what_their_units_and_words_say(header, text, told):
    found = read_all(text, read_header(header))

    assert {one.attribute for one in found if one.items} == told


def test_the_optimizer_of_tuning_is_left_out_beside_that_of_training():
    [found] = read_all("Adam in pre-training, Adafactor in fine-tuning", read_header("Optimizer"))

    assert [item.value for item in found.items] == ["Adam"]
    assert found.text == "Adam in pre-training, Adafactor in fine-tuning"
