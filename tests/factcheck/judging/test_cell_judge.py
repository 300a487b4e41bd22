"""A cell in its row."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Technology Innovation<br>Institute (UAE)", "agrees"),
        ("Technology Innovation<br>Institute", "agrees"),
        ("Somebody<br>Else", "unreadable"),
        ("Meta<br>AI", "wrong"),
    ],
)
def test_a_name_may_be_broken_over_two_lines(cell, text, verdict):
    assert cell("Falcon 7B", "Organization", text).verdict == verdict
