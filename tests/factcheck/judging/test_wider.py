"""What a family's name may mean besides its own members."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("180B", "agrees-normalised"), ("7B, 40B, 180B", "agrees-normalised"), ("190B", "wrong"),
     ("7B, 40B, 190B", "partly-wrong")],
)  # fmt: skip
def test_a_size_that_is_a_family_of_its_own_is_one_of_the_others(cell, text, verdict):
    assert cell("Falcon", "Params", text).verdict == verdict


def test_an_unreleased_size_does_not_make_a_family_closed(cell):
    """Llama 2 34B was never published."""
    assert cell("Llama 2", "Availability", "open").verdict == "agrees-normalised"
    assert cell("PaLM", "Availability", "open").verdict == "wrong"


@pytest.mark.parametrize("name", ["PanGu-α (2000 亿)", "PanGu-α (2000亿)", "PanGu-α 2000 億"])
def test_a_size_in_hundreds_of_millions_is_no_year(check, name):
    found = check(f"| 模型 | 层数 |\n|---|---|\n| {name} | 64 |\n")

    assert {one.subject.id for one in found.judged_cells} == {"pangu-alpha-200b"}


@pytest.mark.parametrize(("size", "verdict"), [("180B", "wrong"), ("40B", "agrees")])
def test_a_row_of_such_a_size_is_held_to_its_facts(check, size, verdict):
    found = check(
        f"| Model | Params | License |\n|---|---|---|\n| Falcon | {size} | Apache 2.0 |\n"
    )

    assert found.judged_cells[-1].judgement.verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"), [("140B", "wrong"), ("235B", "partly-wrong"), ("72B", "agrees")]
)
def test_a_size_that_no_generation_has_is_left_open_by_none(cell, text, verdict):
    assert cell("Qwen", "Parameters", text).verdict == verdict
