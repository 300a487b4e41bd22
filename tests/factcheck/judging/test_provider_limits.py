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
        ("Max output", "120,000", "unsupported"),
        ("Max output", "121,072", "wrong"),  # no length that anybody would offer
        ("Max output", "128K", "agrees"),
        ("Max output", "4K", "unsupported"),
        ("Max output", "2K", "wrong"),  # nobody offers so little
    ],
)
def test_a_shorter_context_beside_an_offer_is_left_open(check, header, text, verdict):
    found = check(
        f"| Model | Context | {header} |\n|---|---|---|\n| Llama 3.1 8B | {text} | 61 |\n"
    )
    assert found.judged_cells[0].judgement.verdict == verdict


@pytest.mark.parametrize(("right", "verdict"), [(4, "wrong"), (3, "unsupported")])
def test_one_length_of_five_that_is_another_is_an_error_beside_an_offer_too(check, right, verdict):
    others = ["Gemma 2 2B", "Gemma 2 9B", "Gemma 2 27B", "Phi-2"][:right]
    lengths = {"Phi-2": "2K"}
    rows = "".join(f"| {name} | {lengths.get(name, '8K')} | 1 |\n" for name in others)
    table = f"| Model | Context | Max output |\n|---|---|---|\n{rows}| Llama 3.1 8B | 64K | 1 |\n"
    assert check(table).judged_cells[-1].judgement.verdict == verdict
