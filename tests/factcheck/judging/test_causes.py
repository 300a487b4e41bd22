"""Why a cell is false: slips of a digit, dates near the right one."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging import causes
from llmnotes.factcheck.judging.causes import one_edit
from llmnotes.quantities.scales import SCALES


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("2022", "2023", True),
        ("2022", "2033", False),  # two digits changed
        ("124", "142", True),  # neighbours swapped
        ("124", "421", False),  # swapped, and not neighbours
        ("1234", "1432", False),
        ("32", "320", True),  # one added
        ("32", "3200", False),  # two added
        ("320", "32", True),
        ("32", "132", True),  # at the front
        ("12", "132", True),  # within
        ("12", "213", False),
        ("117", "340", False),
        ("5", "6", False),  # a single digit says nothing
        ("12", "12", False),
    ],
)
def test_one_digit_changed_lost_added_or_swapped_with_its_neighbour_is_a_slip(first, second, near):
    assert one_edit(first, second) is near
    assert one_edit(second, first) is near


@pytest.mark.parametrize(
    ("date", "cause"),
    [
        ("2024-04", "wrong-date"),  # 24 months after PaLM
        ("2024-05", "unexplained"),  # 25
        ("2020-04", "wrong-date"),
        ("2020-12", "wrong-date"),
        ("2020-03", "unexplained"),
        ("2032-04", "digit-slip"),
        ("2024", "wrong-date"),
        ("2025", "digit-slip"),
    ],
)
def test_a_date_within_two_years_is_another_date_and_not_mistyped(cell, date, cause):
    assert cell("PaLM 540B", "Release date", date).cause == cause


@pytest.mark.parametrize(
    ("header", "text", "cause"),
    [
        ("Heads", "8192", "other-attribute"),  # 100 and more tells by its size alone
        ("Layers", "28672", "other-attribute"),
        ("Layers", "64", "other-attribute"),  # 64 heads: smaller, and nothing else explains it
        ("Heads", "8", "other-attribute"),
    ],
)
def test_a_large_number_of_another_attribute_explains_a_cell(cell, header, text, cause):
    assert cell("Llama 2 70B", header, text).cause in {cause, "other-generation"}


@pytest.mark.parametrize(
    ("text", "cause"),
    [("1.4B", "unit-slip"), ("1400B", None), ("14T", "digit-slip"), ("140B", "digit-slip")],
)
def test_a_factor_of_units_is_told_from_one_of_ten(cell, text, cause):
    assert cell("LLaMA 65B", "Training tokens", text).cause == cause


@pytest.mark.parametrize(
    ("header", "text", "factor"),
    [
        ("Training tokens", "2B", "1,000"),
        ("Training tokens", "2M", "1,000,000"),
        ("Training tokens", "2k", "1,000,000,000"),
        ("Training tokens", "2e24", "1,000,000,000,000"),
        ("Training tokens", "2亿", "10,000"),
        ("Training tokens", "2万", "100,000,000"),
        ("Context", "4", "1,024"),
        ("Context", "4.000", None),
        ("Context", "4294967296", "1,048,576"),
        ("Params", "7亿", "10"),  # 亿 is taken for ten times as much, other scales are not
        ("Params", "0.7B", None),
    ],
)
def test_every_factor_between_two_units_is_named(cell, header, text, factor):
    found = cell("Llama-2-7B", header, text)
    said = f"{text} is off by a factor of {factor};"
    assert found.reason.startswith(said) == (factor is not None), found.reason
    assert (found.cause == "unit-slip") == (factor is not None)


@pytest.mark.parametrize(
    ("header", "text", "reason"),
    [
        ("Layers", "64", "64 is the n_heads of llama-65b; the base has 80"),
        ("Layers", "9,991,234,567", "no n_layers is so large; several numbers run together"),
        ("Heads", "46", "46 is one digit away"),
        ("Heads", "640", "640 has a zero or a point too many or too few"),
        ("Heads", "6400", "6400 has a zero or a point too many or too few"),
        ("Layers", "32", "true of LLaMA 7B"),
        ("Release date", "2032-02", "2032-02 is one digit away; the base has 2023-02"),
        ("Release date", "2023-04", "2023-04 is near, and another date; the base has 2023-02"),
    ],
)
def test_the_reason_names_what_the_value_is(cell, header, text, reason):
    assert cell("LLaMA 65B", header, text).reason.startswith(reason)


def test_numbers_run_together_are_parted(cell):
    found = cell("LLaMA", "d_model", "4,096,512,066,568,192")
    assert found.cause == "fused-number"
    assert found.reason.startswith("several numbers run together: 4,096, 5,120, 6,656, 8,192")


@pytest.mark.parametrize("text", ["9991234567", "64000"])
def test_a_number_without_commas_has_not_run_together_by_its_size(cell, text):
    assert cell("LLaMA 65B", "Layers", text).cause != "fused-number"


@pytest.mark.parametrize("text", ["2016", "1225"])
def test_a_date_is_never_numbers_run_together(cell, text):
    """16 and 20 are heads of the sizes of GPT-2, 12 and 25 too."""
    assert cell("GPT-2", "Release date", text).cause != "fused-number"


def test_a_number_whose_scale_was_assumed_is_another_attributes_without_it(cell):
    """A bare `1600` below a count of parameters is read as millions first."""
    found = cell("GPT-2 XL", "Params", "1600")
    assert (found.cause, found.true_as) == ("other-attribute", "d_model")


def test_a_number_that_is_no_whole_one_without_its_assumed_scale_keeps_it(cell):
    found = cell("GPT-2 XL", "Params", "1600.5")
    assert found.is_false
    assert found.true_as != "d_model"


def test_a_value_of_zero_is_compared_without_dividing_by_it(cell):
    assert cell("ALBERT-base-v2", "Dropout", "0.1").is_false


@pytest.mark.parametrize("far", [0, 3])
def test_the_value_of_another_row_is_told_with_its_model(check, far):
    between = "".join(
        f"| LLaMA {size} | {n} |\n" for size, n in (("7B", 32), ("13B", 40), ("65B", 80))
    )
    rows = f"| BERT-Base | 96 |\n{between if far else ''}| GPT-3 175B | 96 |\n"
    found = check(f"| Model | Layers |\n|---|---|\n{rows}").judged_cells[0].judgement
    assert (found.verdict, found.cause) == ("misplaced", "other-column")
    assert (found.reason, found.true_of) == ("true of GPT-3 175B; the base has 12", ("gpt-3-175b",))


def test_every_scale_that_is_taken_for_the_next_one_is_a_scale():
    assert set(SCALES) >= causes.TENFOLD
