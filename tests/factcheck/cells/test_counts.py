"""Shorthand of an attribute that tables write: `12E/12D`, `512 x 1024`, `16B (2.4B)`."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.cells.counts import is_bare, read_counts
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.cells.units import Scale, scale_of
from llmnotes.schema import ATTRIBUTES


def test_a_cell_of_very_many_numbers_is_no_value() -> None:
    few, many = (", ".join(map(str, range(100, 100 + count))) for count in (60, 61))

    assert len(read_cell(few, "d_model").items) == 60
    assert read_cell(many, "d_model").shape == "unreadable"


def told(
    text: str, attribute: str, scale: Scale | None = None, **more: bool
) -> tuple[str, list[float]]:
    reading = read_counts(ATTRIBUTES[attribute], text, scale, **more)
    return reading.shape, [float(value) for value in reading.values]


@pytest.mark.parametrize(
    ("text", "shape", "values"),
    [
        ("32", "one", [32]),
        ("32–40", "range", [32, 40]),
        ("32 to 40", "range", [32, 40]),
        ("32 ~ 40", "range", [32, 40]),
        ("32..40", "range", [32, 40]),
        ("32到40", "range", [32, 40]),
        ("32–40–80", "several", [32, 40, 80]),
        ("32 → 40", "ramp", [32, 40]),
        ("32 ---> 40", "ramp", [32, 40]),
        ("32 => 40, 80", "ramp", [32, 40, 80]),
        ("32 + 40", "sum", [32, 40]),
        ("32 (enc) + 40 (dec)", "sum", [32, 40]),
        ("32 enc + 40 dec", "sum", [32, 40]),
        ("32 + 40, 80", "several", [32, 40, 80]),
        ("32 / 40", "several", [32, 40]),
        ("32 and 40", "several", [32, 40]),
        ("32 or 40", "several", [32, 40]),
        ("32、40", "several", [32, 40]),
        ("4096/32=128", "one", [128]),
        ("32 x 128 = 4096", "one", [4096]),
        ("32 (40)", "one", [32]),
        ("(40)", "one", [40]),
        ("layers of any depth (40)", "unreadable", []),
        ("any depth (40)", "one", [40]),
        ("3:1", "unreadable", []),
        ("50%", "unreadable", []),
        ("none at all", "unreadable", []),
        ("[32]", "one", [32]),
    ],
)
def test_numbers_belong_together_by_what_stands_between_them(
    text: str, shape: str, values: list[float]
) -> None:
    assert told(text, "n_layers") == (shape, values)


@pytest.mark.parametrize(
    "text",
    ["7B至65B", "70亿至650亿", "70亿 到 650亿", "7B到65B", "7B..65B", "7B…65B", "7B through 65B"],
)
def test_a_range_needs_no_blanks_around_its_link(text: str) -> None:
    assert told(text, "params_total") == ("range", [7e9, 65e9])


def test_a_batch_that_goes_from_one_number_to_another_is_a_ramp() -> None:
    assert told("3.2万到320万", "batch_size") == ("ramp", [32_000, 3_200_000])
    assert told("1M–4M", "batch_size")[0] == "range"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("7, 13, 70B", [7e9, 13e9, 70e9]),
        ("7-70B", [7e9, 70e9]),
        ("7M, 13B", [7e6, 13e9]),
        ("70, 13B", [70e9, 13e9]),  # parameters are always large
        ("1000, 13B", [1e12, 13e9]),
        ("7B, 13", [7e9, 13e9]),
    ],
)
def test_the_scale_of_a_later_number_holds_for_those_before_it(
    text: str, values: list[float]
) -> None:
    assert told(text, "params_total")[1] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("4, 32k", [4096, 32768]),
        ("64, 32k", [64, 32768]),  # a falling number keeps to itself
        ("999, 999k", [999 * 1024, 999 * 1024]),
        ("1000, 1001k", [1000, 1001 * 1024]),
        ("4 out of 32k", [4, 32768]),
        ("4 or 2^15", [4, 32768]),
    ],
)
def test_smaller_numbers_share_the_scale_of_a_later_one(text: str, values: list[float]) -> None:
    assert told(text, "context_length")[1] == values


@pytest.mark.parametrize(
    ("attribute", "text", "scale", "value"),
    [
        ("params_total", "7", "B", 7e9),
        ("params_total", "7", "M", 7e6),
        ("params_total", "7B", "M", 7e9),
        ("params_total", "10000", "B", 1e13),
        ("params_total", "10001", "B", 10001),  # no model is so large
        ("training_tokens", "99999", "B", 99999e9),
        ("training_tokens", "100000", "B", 100000),
        ("context_length", "4", "k", 4096),
    ],
)
def test_the_scale_of_a_header_holds_for_numbers_that_are_not_written_out(
    attribute: str, text: str, scale: str, value: float
) -> None:
    assert told(text, attribute, scale_of(scale)) == ("one", [value])


@pytest.mark.parametrize(
    ("attribute", "text", "value", "scale"),
    [
        ("params_total", "8.63", 8.63e9, "B?"),
        ("params_total", "4999", 4999e9, "B?"),
        ("params_total", "5000", 5000, ""),
        ("training_tokens", "1.4", 1.4e12, "T?"),
        ("training_tokens", "49", 49e12, "T?"),
        ("training_tokens", "50", 50e9, "B?"),
        ("training_tokens", "19999", 19999e9, "B?"),
        ("training_tokens", "20000", 20000, ""),
        ("n_layers", "32", 32, ""),
    ],
)
def test_a_scale_is_supplied_where_all_numbers_have_one(
    attribute: str, text: str, value: float, scale: str
) -> None:
    (item,) = read_counts(ATTRIBUTES[attribute], text).items

    assert (float(item.value), item.scale) == (pytest.approx(value), scale)


@pytest.mark.parametrize("attribute", ["params_total", "training_tokens"])
def test_no_scale_is_supplied_where_the_header_has_one_or_another_attribute(attribute: str) -> None:
    about = ATTRIBUTES[attribute]

    assert read_counts(about, "40", Scale(unit="tokens")).values == (40,)
    assert read_counts(about, "40", strict=True).items == ()


@pytest.mark.parametrize(
    ("text", "attribute", "values"),
    [
        ("BPE, 32k", "vocab_size", [32_000]),
        ("999 tokens of 1000", "vocab_size", [999, 1000]),
        ("999", "vocab_size", []),
        ("1000", "vocab_size", [1000]),
        ("47B, 3", "params_total", []),
        ("50%", "params_total", []),
        ("32", "n_layers", []),
        ("512 steps", "vocab_size", []),
    ],
)
def test_below_another_header_only_what_is_surely_meant_is_taken(
    text: str, attribute: str, values: list[float]
) -> None:
    assert told(text, attribute, strict=True)[1] == values


@pytest.mark.parametrize(
    ("text", "bound", "approximate", "qualifier"),
    [
        ("~32", "", True, ""),
        ("about 32", "", True, ""),
        ("< 32", "<", False, ""),
        ("≥ 32", ">=", False, ""),
        ("32+", ">=", False, ""),
        ("32以上", ">=", False, "以上"),
        ("32 or more", ">=", False, "or more"),
        ("32 (base)", "", False, "base"),
        ("base: 32", "", False, "base"),
        ("of 32", "", False, ""),
    ],
)
def test_words_and_signs_beside_a_number_are_kept(
    text: str, bound: str, approximate: bool, qualifier: str
) -> None:
    (item,) = read_counts(ATTRIBUTES["n_layers"], text).items

    assert (item.bound, item.approximate, item.qualifier) == (bound, approximate, qualifier)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("32 pieces", "pieces"),
        ("32", ""),
        ("about 32, or 40", ""),
        ("32 (whatever stands here)", ""),
        ("32 → 40 of them", "them"),
        ("x 32 y", "x y"),
    ],
)
def test_words_that_belong_to_no_number_are_left(text: str, rest: str) -> None:
    assert read_counts(ATTRIBUTES["n_layers"], text).rest == rest


@pytest.mark.parametrize(
    ("text", "bare"),
    [("32", True), ("0", False), ("032", False), ("3.2", False), ("３２", False), ("9" * 15, True),
     ("9" * 16, False)],
)  # fmt: skip
def test_a_plain_integer_is_bare(text: str, bare: bool) -> None:
    assert is_bare(text) is bare


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("512 sequences, 1024", ["sequences", "sequences"]),
        ("512, 1024 sequences", ["sequences", "sequences"]),
        ("512 sequences, 4M tokens", ["sequences", "tokens"]),
        ("512", [""]),
    ],
)
def test_a_unit_holds_for_the_neighbours_of_a_number(text: str, units: list[str]) -> None:
    assert [item.unit for item in read_counts(ATTRIBUTES["batch_size"], text).items] == units


def test_the_unit_of_a_header_holds_where_a_cell_has_none() -> None:
    tokens = Scale(unit="tokens")
    about = ATTRIBUTES["batch_size"]

    assert [item.unit for item in read_counts(about, "512, 1024", tokens).items] == ["tokens"] * 2
    assert read_counts(about, "512 sequences", tokens).items[0].unit == "sequences"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1B (1.23B)", 1.23e9),
        ("1B (1.6B)", 1e9),  # which does not round to it
        ("1.23B (1B)", 1.23e9),
        ("1B (1.23)", 1e9),
        ("1B (1.0B)", 1e9),
    ],
)
def test_a_number_in_brackets_may_be_the_same_more_precisely(text: str, value: float) -> None:
    assert told(text, "params_total") == ("one", [value])


@pytest.mark.parametrize(("text", "value"), [("10-4", 1e-4), ("10 - 5", 1e-5), ("3 × 10-4", 3e-4)])
def test_the_raised_figure_of_a_rate_may_be_lost(text: str, value: float) -> None:
    assert told(text, "learning_rate")[1] == pytest.approx([value])


def test_sizes_before_a_colon_are_labels_of_what_stands_behind_it() -> None:
    reading = read_cell("100m, 200m: 3,072\nv2-100m: 4,096", "context_length")
    assert reading.values == (3072, 4096)
    assert reading.items[0].qualifier == "100m 200m"
    assert read_cell("7B: 4K, 13B: 8K", "context_length").values == (4096, 8192)
    assert read_cell("7B, 13B", "params_total").values == (7_000_000_000, 13_000_000_000)
    assert read_cell("1m, 200k", "context_length").values == (1_048_576, 204_800)
