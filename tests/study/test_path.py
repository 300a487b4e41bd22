"""A path is a complete topological order."""

from __future__ import annotations

from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.export import FORMATS
from llmnotes.study.path import path, steps
from llmnotes.study.techniques import techniques
from tests.curated import curated

TECHNIQUES = curated().techniques


def closure(goal: str) -> set[str]:
    """All prerequisites of the goal, found breadth first, unlike in `steps`."""
    found, pending = {goal}, [goal]
    while pending:
        new = set(TECHNIQUES[pending.pop(0)].prerequisites) - found
        found |= new
        pending += sorted(new)
    return found


def test_every_path_has_all_it_needs_before_it_is_needed(connection: Any) -> None:
    known = techniques(connection)
    for goal in TECHNIQUES:
        order = steps(known, goal)

        assert order[-1] == goal
        assert len(order) == len(set(order)), goal
        assert set(order) == closure(goal)
        for position, key in enumerate(order):
            assert set(TECHNIQUES[key].prerequisites) <= set(order[:position]), goal


def test_every_step_says_what_it_is_needed_for(connection: Any) -> None:
    found = path(connection, "FlashAttention 2")

    assert found["technique"] == "flashattention-2"
    assert [step["id"] for step in found["steps"]][-2:] == ["flashattention", "flashattention-2"]
    for step in found["steps"][:-1]:
        assert step["needed_for"]
        assert step["definition"]


def test_an_ambiguous_or_unknown_technique_is_refused_with_names(connection: Any) -> None:
    with pytest.raises(InputError, match="triton-inference-server, triton-language"):
        path(connection, "triton")
    with pytest.raises(InputError, match="Nearest: "):
        path(connection, "flashatention")


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_answers(run: Any, format: str) -> None:
    result = run("path", "rope", "--format", format)

    assert result.code == 0
    assert "scaled-dot-product-attention" in result.out
