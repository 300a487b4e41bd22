"""What a cell about weights says of their use is held against the licence."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("model", "header", "text", "true"),
    [
        ("Mistral 7B", "Accessibility", "Open weights (unrestricted)", True),
        ("Mistral 7B", "Accessibility", "Open weights (restricted use)", False),
        ("Mistral 7B", "Accessibility", "Open weights (non-commercial)", False),
        ("Llama 2 7B", "Accessibility", "Open weights (unrestricted)", False),
        ("Llama 2 7B", "Accessibility", "Open weights (restricted use)", True),
        ("Llama 2 7B", "Accessibility", "Open weights (non-commercial)", False),
        ("Command R", "Accessibility", "Open weights (non-commercial)", True),
        ("Command R", "Accessibility", "Open weights (restricted use)", True),
        ("Command R", "Accessibility", "Open weights (unrestricted)", False),
        ("StarCoder", "License", "OpenRAIL (open source with restrictions)", True),
        ("LLaMA 7B", "License", "OpenRAIL (open source with restrictions)", False),
        ("Mistral 7B", "License", "Open source with restrictions", False),
        ("Mistral 7B", "License", "Open source without remarks", True),
    ],
)
def test_use_told_beside_weights_is_held_against_the_licence(cell, model, header, text, true):
    found = cell(model, header, text)

    assert found.verdict in ({"agrees", "agrees-normalised"} if true else {"wrong"})


def test_the_licence_is_named_where_the_use_is_wrong(cell):
    found = cell("Llama 2 7B", "Accessibility", "Open weights (unrestricted)")

    assert (found.attribute, found.expected) == ("license", "Llama 2 Community License")
