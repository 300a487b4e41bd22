"""Days and months next to the base's, which an announcement or an upload may have."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [  # Gemma 2 was released on 2024-06-27, and LLaMA on 2023-02-24
        ("Gemma 2 27B", "2024-06-27", "agrees"),
        ("Gemma 2 27B", "2024-06-24", "unsupported"),
        ("Gemma 2 27B", "2024-07-03", "unsupported"),
        ("Gemma 2 27B", "2024-07-10", "wrong"),
        ("Gemma 2 27B", "2024-07", "unsupported"),
        ("Gemma 2 27B", "2024-05", "wrong"),
        ("LLaMA 7B", "2023-03", "unsupported"),
        ("LLaMA 7B", "2023-04", "wrong"),
        ("LLaMA 7B", "2023-01", "wrong"),
    ],
)
def test_a_date_within_a_week_is_left_open(cell, model, text, verdict):
    assert cell(model, "Release date", text).verdict == verdict
