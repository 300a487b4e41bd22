"""Numbers beyond those of the base that may still be meant."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("BERT L=8 H=768", "512", "agrees"),
        ("BERT L=8 H=768", "4096", "wrong"),  # it has 512 embeddings of positions
        ("RWKV-4 430M", "4096", "unsupported"),  # trained on 1,024
        ("RWKV-4 430M", "65536", "unsupported"),
        ("RWKV-4 430M", "131072", "wrong"),
    ],
)
def test_a_context_beyond_that_of_training_is_left_open_within_reach(cell, model, text, verdict):
    assert cell(model, "Context", text).verdict == verdict
