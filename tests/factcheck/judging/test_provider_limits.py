"""A provider may offer a shorter context than the model can take."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("header", "text", "verdict"),
    [
        ("Max output", "64K", "unsupported"),
        ("Price per 1M tokens", "64K", "unsupported"),
        ("Layers", "64K", "wrong"),
        ("Max output", "512K", "wrong"),  # more than it can
        ("Max output", "128K", "agrees"),
    ],
)
def test_a_shorter_context_beside_an_offer_is_left_open(check, header, text, verdict):
    found = check(f"| Model | Context | {header} |\n|---|---|---|\n| DeepSeek-R1 | {text} | 61 |\n")
    assert found.judged_cells[0].judgement.verdict == verdict
