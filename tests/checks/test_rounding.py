"""Rounding of printed figures, and contradictions between claims."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.checks.disagreement import difference
from llmnotes.checks.rounding import alike, is_rounded, rounds_to

B = 10**9


@pytest.mark.parametrize(
    ("exact", "printed"),
    [
        (6_738_415_616, 7 * B),
        (68_976_648_192, 70 * B),
        (8_632_012_800, 8 * B),  # PaLM 8B is cut off, not rounded
        (540_356_474_880, 540_350_000_000),  # Table 1 of PaLM cuts off too
        (2_506_172_416, 2 * B),
        (20_554_567_680, 20 * B),
        (32_528_943_616, 33 * B),
        (174_591_683_584, 175 * B),
        (335_141_888, 340_000_000),
    ],
)
def test_what_publishers_print_is_a_rounding(exact: int, printed: int) -> None:
    assert rounds_to(exact, printed)


@pytest.mark.parametrize(
    ("exact", "printed"),
    [
        (124_439_808, 117_000_000),
        (6_738_415_616, 9 * B),
        (6_738_415_616, 6_800_000_000),
        (68_976_648_192, 67 * B),
        (737_668_096, 770_000_000),
        (1_236_000_000, 3 * B),
        (70 * B, 7 * B),
    ],
)
def test_another_figure_is_none(exact: int, printed: int) -> None:
    assert not rounds_to(exact, printed)


@given(st.integers(10**6, 10**13), st.integers(2, 6))
def test_a_number_rounded_to_some_digits_rounds_from_it(exact: int, digits: int) -> None:
    assert rounds_to(exact, int(float(f"{exact:.{digits - 1}e}")))


@given(st.integers(1, 10**13), st.integers(1, 10**13))
def test_likeness_is_mutual_and_never_far(first: int, second: int) -> None:
    assert alike(first, second) == alike(second, first)
    if alike(first, second):
        assert max(first, second) <= 1.36 * min(first, second)


def test_an_exact_count_is_told_from_a_printed_figure() -> None:
    assert is_rounded(46_700_000_000)
    assert not is_rounded(46_702_792_704)
    assert not is_rounded(30_522)


AGREE: list[tuple[str, Any, Any]] = [
    ("params_reported", 7 * B, 6_740_000_000),
    ("vocab_size", 50_000, 50_257),
    ("release_date", "2023-07", "2023-07-18"),
    ("context_length", 32_768, [8_192, 32_768]),
    ("objective", ["MLM"], ["MLM", "NSP"]),
    ("license", "Apache-2.0", "apache 2.0"),
    ("hardware", ["A100"], ["TPU v4"]),
    ("activation", "SwiGLU", "SiLU"),
    ("batch_size", {"stages": [512], "unit": "sequences"}, {"stages": [4000], "unit": "tokens"}),
    ("warmup", {"value": 2000, "unit": "steps"}, {"value": 0.01, "unit": "fraction"}),
    ("training_data", [{"name": "C4", "size": 750}], [{"name": "Wikipedia"}]),
    ("evaluation", [{"benchmark": "MMLU", "score": 60.1}], [{"benchmark": "PIQA", "score": 1.0}]),
]

EXCLUDE: list[tuple[str, Any, Any]] = [
    ("params_reported", 13 * B, 7 * B),
    ("n_layers", 32, 40),
    ("release_date", "2023-07-18", "2023-08"),
    ("context_length", 8_192, 32_768),
    ("objective", ["MLM", "SOP"], ["MLM", "NSP"]),
    ("license", "MIT", "Apache-2.0"),
    ("attention", "MHA", "GQA"),
    ("activation", "SwiGLU", "GELU"),
    ("attention_span", "full", {"runs": [[1, "full"], [1, "sliding"]]}),
    ("tied_embeddings", True, False),
    ("batch_size", {"stages": [512], "unit": "sequences"}, {"stages": [1024], "unit": "sequences"}),
    ("training_data", [{"name": "C4", "weight": 0.15}], [{"name": "c4", "weight": 0.5}]),
    ("evaluation", [{"benchmark": "MMLU", "score": 60.1}], [{"benchmark": "MMLU", "score": 45.0}]),
]


@pytest.mark.parametrize(("name", "first", "second"), AGREE)
def test_values_that_say_more_or_less_of_the_same_agree(name: str, first: Any, second: Any) -> None:
    assert difference(name, first, second) is None
    assert difference(name, second, first) is None
    assert difference(name, first, first) is None


@pytest.mark.parametrize(("name", "first", "second"), EXCLUDE)
def test_values_that_exclude_each_other_differ(name: str, first: Any, second: Any) -> None:
    assert difference(name, first, second) is not None
    assert difference(name, second, first) is not None
