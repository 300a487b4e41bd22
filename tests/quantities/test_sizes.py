"""Sizes inside the names of models."""

import pytest

from llmnotes.quantities.sizes import find_sizes, without_sizes


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("LLaMA 7B", [("7B", 7e9)]),
        ("Pythia-1.4b-deduped", [("1.4b", 1.4e9)]),
        ("OPT 175 billion", [("175 billion", 175e9)]),
        ("悟道 1.75万亿", [("1.75万亿", 1.75e12)]),
        ("Mixtral 8x7B", [("8x7B", None)]),
        ("Yarn Llama 7B 32k", [("7B", 7e9)]),
        ("LLaMA 7B / 13B", [("7B", 7e9), ("13B", 13e9)]),
        ("GPT-3", []),
        ("Qwen2.5", []),
        ("7Bx", []),
        ("C4M", []),
    ],
)
def test_sizes_are_found_in_a_name(name, sizes):
    assert [(size.text, size.parameters) for size in find_sizes(name)] == sizes


def test_a_name_is_left_without_its_sizes():
    assert without_sizes("LLaMA 7B chat").split() == ["LLaMA", "chat"]
