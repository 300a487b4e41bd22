"""Cells: what people write into them, and what was meant."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.cells.units import Scale, scale_of
from llmnotes.quantities import compact
from llmnotes.schema import ATTRIBUTES


@pytest.mark.parametrize(
    ("attribute", "text", "values"),
    [
        ("params_total", "7B", [7e9]),
        ("params_total", "137 Billion", [137e9]),
        ("params_total", "1750 亿", [175e9]),
        ("params_total", "94,000,000", [94e6]),
        ("params_total", "175000000000.00", [175e9]),
        ("params_total", "7, 13, 34, 70B", [7e9, 13e9, 34e9, 70e9]),
        ("params_total", "8,62,540B", [8e9, 62e9, 540e9]),
        ("params_total", "124M, 774M, 1,5B", [124e6, 774e6, 1.5e9]),
        ("params_total", "7B; 13,5B", [7e9, 13.5e9]),
        ("n_layers", "12, 24,32", [12, 24, 32]),
        ("params_total", "7B/13B", [7e9, 13e9]),
        ("params_total", "110M, 340M", [110e6, 340e6]),
        ("params_total", "1B (1.23B)", [1.23e9]),
        ("params_total", "175B(GPT-3)", [175e9]),
        ("params_total", "57B-A14B", [57e9]),
        ("params_active", "57B-A14B", [14e9]),
        ("params_total", "~13B of 47B", [47e9]),
        ("params_active", "~13B of 47B", [13e9]),
        ("params_active", "17B (Activated) 109B (Total)", [17e9]),
        ("params_total", "17B (Activated) 109B (Total)", [109e9]),
        ("n_layers", "32,64,118", [32, 64, 118]),
        ("n_layers", "12 layers", [12]),
        ("d_model", "12,288", [12288]),
        ("context_length", "2^15", [32768]),
        ("context_length", "4 K tokens", [4096]),
        ("context_length", "768,1024, 1280, 1600", [768, 1024, 1280, 1600]),
        ("context_length", "84k (ALiBi)", [86016]),
        ("context_length", "512, 2048", [512, 2048]),
        ("learning_rate", "6 × 10−5", [6e-5]),
        ("learning_rate", "6x10-4", [6e-4]),
        ("learning_rate", "1.2×10⁻⁴", [1.2e-4]),
        ("learning_rate", "$3 \\times 10^{-4}$".replace("\\times", "×").replace("$", ""), [3e-4]),
        ("learning_rate", "3.0E-04", [3e-4]),
        ("learning_rate", "10⁻⁴", [1e-4]),
        ("batch_size", "512 seqs", [512]),
        ("vocab_size", "50,257", [50257]),
        ("vocab_size", "sentencepiece(wordpiece, 32000)", [32000]),
        ("training_tokens", "Chinese data (1.1TB, 250B tokens)", [250e9]),
        ("warmup", "2000 steps", [2000]),
        ("params_total", "0,5B", [0.5e9]),
        ("params_total", "47B (13B active)", [47e9]),
        ("params_active", "47B (13B active)", [13e9]),
        ("params_total", "8x7B (46.7B)", [46.7e9]),
        ("params_total", "405 000 000 000", [405e9]),
        ("learning_rate", "2.5 x 1e-4", [2.5e-4]),
        ("n_layers", "80L", [80]),
        ("training_tokens", "2.6 万亿 tokens", [2.6e12]),
    ],
)  # fmt: skip
def test_numbers_are_read(attribute: str, text: str, values: list[float]) -> None:
    read = [float(value) for value in read_cell(text, attribute).values]

    assert read == pytest.approx(values, rel=1e-12)


def test_a_number_covers_what_it_may_round() -> None:
    seven, finer = read_cell("7B", "params_total"), read_cell("6.9B", "params_total")

    assert seven.items[0].covers(6_738_415_616)
    assert not finer.items[0].covers(6_738_415_616)
    assert read_cell("70亿", "params_total").items[0].covers(6_738_415_616)


def test_a_count_written_out_is_exact() -> None:
    item = read_cell("4096", "d_model").items[0]

    assert (item.low, item.high) == (Decimal(4096), Decimal(4096))


@pytest.mark.parametrize("exact", [131_072, 128_000])
def test_k_of_a_length_may_be_binary_or_decimal(exact: int) -> None:
    assert read_cell("128k", "context_length").items[0].covers(exact)
    assert read_cell("128k", "context_length").value == 131_072


@given(st.integers(10**6, 10**13))
def test_what_we_write_short_covers_what_we_wrote(number: int) -> None:
    assert read_cell(compact(number), "params_total").items[0].covers(number)


@given(st.integers(1, 999_999), st.sampled_from(["n_layers", "d_model", "d_ff", "vocab_size"]))
def test_a_count_is_read_as_written(number: int, attribute: str) -> None:
    assert read_cell(f"{number:,}", attribute).value == number


@pytest.mark.parametrize(
    ("attribute", "text", "shape", "values"),
    [
        ("params_total", "7-65B", "range", (7 * 10**9, 65 * 10**9)),
        ("params_total", "220M-11B", "range", (22 * 10**7, 11 * 10**9)),
        ("params_total", "70亿~650亿", "range", (7 * 10**9, 65 * 10**9)),
        ("training_tokens", "1.0–1.4T", "range", (10**12, 14 * 10**11)),
        ("n_layers", "12+12", "sum", (12, 12)),
        ("batch_size", "1M → 4M", "ramp", (10**6, 4 * 10**6)),
        ("batch_size", "512 -> 1024 -> 2048", "ramp", (512, 1024, 2048)),
        ("batch_size", "3.2 万→320 万", "ramp", (32_000, 3_200_000)),
        ("context_length", "4k/32k", "several", (4096, 32768)),
    ],
)
def test_several_values_belong_together_in_a_way(
    attribute: str, text: str, shape: str, values: tuple[int, ...]
) -> None:
    reading = read_cell(text, attribute)

    assert (reading.shape, reading.values) == (shape, values)


def test_doubt_bounds_and_approximation_are_told_apart() -> None:
    assert read_cell("1.76T?", "params_total").uncertain
    assert read_cell("MQA (unconfirmed)", "attention").uncertain
    assert read_cell("~40T", "training_tokens").items[0].approximate
    assert read_cell("15T+", "training_tokens").items[0].bound == ">="
    assert read_cell("Up to 9T tokens", "training_tokens").items[0].bound == "<="
    assert read_cell("< 175", "params_total", scale_of("B")).items[0].bound == "<"


def test_words_beside_a_value_qualify_it() -> None:
    sizes = read_cell("110M (Base), 340M (Large)", "params_total")

    assert [item.qualifier for item in sizes.items] == ["Base", "Large"]
    assert read_cell("GQA (70B only)", "attention").items[0].qualifier == "70B only"


def test_units_of_a_batch_are_kept() -> None:
    assert read_cell("4M tokens", "batch_size").items[0].unit == "tokens"
    assert read_cell("32 万", "batch_size", Scale(unit="tokens")).items[0].unit == "tokens"


def test_a_misprinted_number_is_read_and_said_to_be_one() -> None:
    item = read_cell("1.5.E-04", "learning_rate").items[0]

    assert (item.value, item.spelled) == (1.5e-4, "1.5.E-04")


def test_a_headers_scale_holds_for_bare_numbers_alone() -> None:
    billions = scale_of("B")

    assert read_cell("0.06 - 11", "params_total", billions).values == (60_000_000, 11 * 10**9)
    assert read_cell("350M", "params_total", billions).value == 350_000_000
    assert read_cell("175000000000", "params_total", billions).value == 175 * 10**9


def test_names_are_parted_but_not_inside_brackets() -> None:
    assert read_cell("OpenAI,\nMicrosoft", "organization").values == ("OpenAI", "Microsoft")
    assert read_cell("BookCorpus, EnWiki", "training_data").values == ("BookCorpus", "EnWiki")
    mix = "Mix (Common Crawl, Books1 and Wikipedia.)"
    assert read_cell(mix, "training_data").values == ("Common Crawl", "Books1", "Wikipedia")
    assert read_cell("WebText(40GB)", "training_data").items[0].qualifier == "40GB"


@example("3000^9B", "training_tokens")
@given(
    st.text("0123456789.,-–~x× BMkT亿()%/+→abc^\n", max_size=40), st.sampled_from(list(ATTRIBUTES))
)
def test_any_text_can_be_read_as_any_attribute(text: str, attribute: str) -> None:
    reading = read_cell(text, attribute)

    assert (reading.shape in {"absent", "unreadable"}) == (not reading.items)


def test_published_tables_are_read_to_their_gold_values(reference: Path) -> None:
    """At least 95 % of the mapped cells, as `benchmarks/reading.py` counts them."""
    script = Path(__file__).parents[3] / "benchmarks" / "reading.py"
    done = subprocess.run(
        [sys.executable, str(script), str(reference / "tables"), "--misses"],
        capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(script.parents[1])},
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr


def test_an_amount_beside_a_dataset_is_no_other():
    found = read_cell("C4 (Colossal Clean Crawled Corpus), 750GB", "training_data")
    assert [item.value for item in found.items] == ["C4"]


def test_a_name_in_brackets_on_the_next_line_is_that_of_the_one_before():
    reading = read_cell("P3\n(Public Pool of Prompts)", "training_data")
    assert reading.values == ("P3",)
    assert reading.items[0].qualifier == "Public Pool of Prompts"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("mistralai/Mixtral-8x7B-v0.1", ("mistralai/Mixtral-8x7B-v0.1",)),
        ("Mistral/Mixtral", ("Mistral", "Mixtral")),  # two names: neither has a number
        ("LLaMA-7B/Llama-2-13B", ("LLaMA-7B", "Llama-2-13B")),  # a size ends the first
        ("LLaMA-7B/13B/30B", ("LLaMA-7B", "LLaMA-13B", "LLaMA-30B")),
        ("LLaMA/13B", ("LLaMA", "13B")),  # no size to take the place of
        ("LLaMA-7B, Qwen-7B", ("LLaMA-7B", "Qwen-7B")),
    ],
)
def test_a_page_of_a_hub_is_one_model_and_sizes_are_of_the_first_named(text, names):
    assert read_cell(text, "based_on").values == names


@pytest.mark.parametrize(
    ("text", "attribute", "values"),
    [
        ("MLA (Multi-head Latent Attn)", "attention", ["MLA"]),
        ("GQA (Grouped Query Attention)", "attention", ["GQA"]),
        ("GQA (Multi-head before)", "attention", ["GQA", "MHA"]),  # which is no expansion
        ("RMSNorm (LayerNorm before)", "normalization", ["RMSNorm", "LayerNorm"]),
    ],
)
def test_the_words_of_an_abbreviation_are_no_value_beside_it(text, attribute, values):
    assert list(read_cell(text, attribute).values) == values
